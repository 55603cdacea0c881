"""The refused rows of one source as each of their senders knows them: where the row stands, why it was refused, and its
cells under the words of the sender's own header."""

from pathlib import Path

import pandas as pd

from pipelines.reading.table import OWN_COLUMNS
from resources.refusals import Refusals
from resources.work_rows import ROW, work_rows

# What is said of a row before its cells; `pesan` is the reason as a sentence.
_SAID = {"berkas": "Berkas", "lembar": "Lembar", "baris": "Baris", "pesan": "Alasan", "kolom": "Kolom"}
_SHEET = ["berkas", "lembar"]


def sent_back(refusals: Refusals, sumber: str, work: Path) -> tuple[dict[str, pd.DataFrame], bool]:
    """Sender -> one row a reason, all text, columns without any left out; and whether every row has its cells: the read
    rows may be gone, or be those of another file that came since.

    Columns: those of `_SAID`, then the sender's, in the order of its files. Two may have the same heading.
    """
    rows = refusals.rows[refusals.rows.sumber == sumber].sort_values(ROW)
    cells, words = _cells(refusals, rows, sumber, work), _words(sumber, work)
    whole = len(cells) == len(rows[ROW].drop_duplicates())
    return {str(sender): _table(of, cells, words) for sender, of in rows.groupby("pengirim")}, whole


def _table(rows: pd.DataFrame, cells: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    own = words.merge(rows[_SHEET].drop_duplicates())
    heads = own.sort_values("nomor").groupby("arti", sort=False).kolom.agg(lambda of: " / ".join(dict.fromkeys(of)))
    said = rows.merge(own, "left", left_on=[*_SHEET, "kolom"], right_on=[*_SHEET, "arti"], suffixes=("", "_kepala"))
    said["kolom"] = said.kolom_kepala.fillna(said.kolom)
    fields = [*(name for name in heads.index if name in cells), *(name for name in cells if name not in heads.index)]
    found = rows[ROW].merge(cells, "left", ROW)[[name for name in fields if name not in ROW]]
    table = pd.concat([said[list(_SAID)].fillna("").astype(str).reset_index(drop=True), found], axis="columns")
    table.columns = pd.Index([*_SAID.values(), *(heads.get(name, name) for name in found)])
    return table.loc[:, (table.notna() & (table != "")).any().to_numpy()]


def _cells(refusals: Refusals, rows: pd.DataFrame, sumber: str, work: Path) -> pd.DataFrame:
    """The cells of these rows by field, of the files that are still those that were refused."""
    found = work_rows(work, "mentah", sumber, rows, refusals.files)
    if found is None:
        return pd.DataFrame(columns=ROW).astype({"baris": "int64"})
    return found.drop(columns=[name for name in OWN_COLUMNS if name not in ROW and name in found])


def _words(sumber: str, work: Path) -> pd.DataFrame:
    """The header words of each sheet and the one field that each means: berkas, lembar, nomor, kolom, arti."""
    path = work / f"kolom_{sumber}.parquet"
    if not path.exists():
        return pd.DataFrame(columns=[*_SHEET, "nomor", "kolom", "arti"], dtype=str)
    words = pd.read_parquet(path).sort_values("nomor").drop(columns="baris")
    return words[words.arti != ""].drop_duplicates([*_SHEET, "arti"])
