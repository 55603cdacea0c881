"""What officers answered, `KONFIRMASI.csv` and `PUTUSAN.csv` in the period's folder, and what a run asked them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from pipelines.confirmation import CONFIRMATIONS, Form, Question
from resources.denial import denial
from resources.drop import DropError

QUESTIONS = "pertanyaan.parquet"  # in the period's work folder
_ASKED = ("aturan", "pengirim", "sidik", "keterangan")


def read_confirmations(folder: Path, form: Form = CONFIRMATIONS) -> pd.DataFrame:
    """The answers of a period, all text; none where there is no file. DropError: the file is not what it was."""
    path, where = folder / form.file, f"{folder.name}/{form.file}"
    if not path.exists():
        return pd.DataFrame(columns=list(form.columns), dtype="str")
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            head, *rows = list(csv.reader(text, strict=True)) or [[]]
    except (csv.Error, UnicodeDecodeError, OSError) as error:
        raise DropError(
            f"{where}: tidak terbaca ({type(error).__name__}); hapus berkas itu, lalu ulangi {form.command}."
        ) from None
    if tuple(head) != form.columns:
        raise DropError(f"{where}, baris 1: kolomnya harus {','.join(form.columns)}; tulis dengan {form.command}.")
    for line, row in enumerate(rows, 2):
        wrong = (
            f"ada {len(row)} sel, seharusnya {len(form.columns)}"
            if len(row) != len(form.columns)
            else form.wrong(dict(zip(form.columns, row, strict=True)))
        )
        if wrong:
            raise DropError(f"{where}, baris {line}: {wrong}; hapus baris itu, lalu ulangi {form.command}.")
    return pd.DataFrame(rows, columns=list(form.columns), dtype="str")


def add_confirmation(folder: Path, row: Mapping[str, str], form: Form = CONFIRMATIONS) -> Path:
    """Append a row; the file is replaced whole."""
    return add_answers(folder, [row], form)


def add_answers(folder: Path, rows: Sequence[Mapping[str, str]], form: Form) -> Path:
    """Append rows; the file is replaced whole."""
    former = read_confirmations(folder, form)
    path = folder / form.file
    draft = folder / f".{form.file}.tulis"
    try:
        with draft.open("w", encoding="utf-8", newline="") as text:
            new = [[row[name] for name in form.columns] for row in rows]
            csv.writer(text).writerows([form.columns, *former.to_numpy().tolist(), *new])
        return draft.replace(path)
    except OSError as error:
        raise DropError(f"{path} tidak dapat ditulis ({denial(error)}); periksa folder kirimannya.") from None


def keep_questions(work: Path, asked: Sequence[Question], folder: Path) -> None:
    """Write down what the gate asks, if only that it asks nothing, for who is to answer, and the period's folder that
    the run read; nothing is left of a former run."""
    rows = pd.DataFrame([asdict(question) for question in asked], columns=list(_ASKED))
    rows.assign(folder=str(folder)).to_parquet(work / QUESTIONS, index=False)


def asked_questions(work: Path) -> dict[Question, Path]:
    """What the last run of a period asked, and the folder that an answer belongs in."""
    path = work / QUESTIONS
    if not path.exists():
        return {}
    rows = pd.read_parquet(path)[[*_ASKED, "folder"]].to_numpy()
    return {Question(*map(str, asked)): Path(folder) for *asked, folder in rows}


def answered(asked: Mapping[Question, Path]) -> list[Question]:
    """Those of them to which an answer lies in their folder since."""
    given = {folder: _answers(folder) for folder in set(asked.values())}
    return [question for question, folder in asked.items() if (*asdict(question).values(),)[:3] in given[folder]]


def _answers(folder: Path) -> set[tuple[str, ...]]:
    rows = read_confirmations(folder)[list(_ASKED[:3])]
    return {tuple(map(str, row)) for row in rows.to_numpy()}
