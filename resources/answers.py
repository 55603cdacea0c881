"""The operator's answers: `<drop>/pemetaan/<source>.csv`, or `<drop>/pemetaan/<source>/<sender>.csv` for one sender.

Two columns, `kolom,arti`: a header word as it stands in the file, and the field that it means (or `abaikan`).
"""

import csv
from pathlib import Path

from pipelines.declaration import Source, fold_header
from pipelines.reading.answers import BLANK_NO_KK, CHOICES, COLUMNS, FOLDER, IGNORE, Answers
from pipelines.reading.header import quote
from resources.drop import DropError

_CHOICES = {fold_header(choice): choice for choice in CHOICES}


def read_answers(root: Path, source: Source) -> Answers:
    """The answers given for one source; a file that says what there is not is wrong for its sender."""
    own = root / FOLDER / source.name
    places = {
        fold_header(path.relative_to(own).with_suffix("").as_posix()): path for path in sorted(own.rglob("*.csv"))
    }
    if (general := own.with_suffix(".csv")).is_file():
        places[""] = general
    senders, wrong = dict[str, dict[str, str]](), dict[str, str]()
    for sender, path in places.items():
        try:
            senders[sender] = _words(path, root, source)
        except DropError as error:
            wrong[sender] = str(error)
    return Answers(senders, wrong)


def _words(path: Path, root: Path, source: Source) -> dict[str, str]:
    where, meanings = path.relative_to(root).as_posix(), {f.name: f.name for f in source.fields} | {IGNORE: ""}
    try:
        lines = path.read_text("utf-8-sig").splitlines()
        rows = list(csv.reader(lines, delimiter=";" if ";" in "".join(lines[:1]) else ","))
    except (OSError, UnicodeDecodeError, csv.Error):  # the last: a cell longer than any real one
        raise DropError(f"{where}: tidak terbaca; simpan sebagai CSV UTF-8.") from None
    if not rows or tuple(cell.strip().casefold() for cell in rows[0][:2]) != COLUMNS:
        raise DropError(f"{where}, baris 1: kepalanya harus {','.join(COLUMNS)}.")
    words: dict[str, str] = {}
    for line, cells in enumerate(rows[1:], 2):
        word, meaning = (cell.strip() for cell in [*cells, "", ""][:2])
        if not word and not meaning:
            continue
        if choice := _CHOICES.get(fold_header(word)):
            if meaning not in CHOICES[choice]:
                raise DropError(f"{where}, baris {line}: arti {choice} harus {' atau '.join(CHOICES[choice])}.")
            if choice == BLANK_NO_KK and source.satuan != "orang":
                raise DropError(
                    f"{where}, baris {line}: {source.title} memuat satu baris tiap keluarga; No KK di atasnya milik "
                    "keluarga lain. Hapus baris jawaban itu, dan minta pengirim menulis No KK di setiap baris."
                )
            words[fold_header(word)] = "" if meaning == IGNORE else meaning
            continue
        if not fold_header(word) or meaning not in meanings:
            raise DropError(
                f"{where}, baris {line}: {_wrong_line(word, meaning)}; arti harus salah satu dari "
                f"{', '.join(meanings)}. Betulkan baris itu, lalu ulangi."
            )
        if any(fold_header(word) == fold_header(name) != fold_header(meaning) for name in meanings):
            raise DropError(f"{where}, baris {line}: {word} nama baku kolom lain; ganti judul kolom di berkasnya.")
        words[fold_header(word)] = meanings[meaning]
    return words


def _wrong_line(word: str, meaning: str) -> str:
    if not fold_header(word):
        return "judul kolomnya kosong"
    return f"arti {quote(meaning)} tidak dikenal" if meaning else "artinya kosong"
