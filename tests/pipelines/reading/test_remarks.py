"""What stands beside the data: told where it says that somebody left, as text, as a workbook, and in large text."""

from collections.abc import Callable
from typing import Any

import pytest
from made_files import workbook

from pipelines.sources.blt_dd import SOURCE as BLT_DD

KK = "2104010101100001"
HEAD = ["NIK", "No KK", "Nama", "", "Ket", "Kriteria", ""]
SAID = (
    # the nameless column, Ket, the two of Kriteria; what is told
    ("", "MENINGGAL, diganti anaknya", "", "", "meninggal"),
    ("", "Pindah ke Batam", "", "", "pindah"),
    ("", "rumah tidak layak huni", "", "", None),
    ("", "TIDAK LAYAK", "", "", "tidak layak"),
    ("dicoret", "", "", "", "dicoret"),
    ("", "", "", "non aktif", "non aktif"),
    ("PETANI", "", "", "", "tanpa judul"),
    ("12", "", "001", "002", None),
    ("3. ....", "PINDAHAN", "", "", None),
    ("", "ALAMAT TETAP", "001", "002", None),
    ("", "", "", "", None),
)


def rows() -> list[list[str]]:
    """A list whose rows say these things."""
    people = [[f"210401010190{n:04}", KK, "BUDI"] for n in range(len(SAID))]
    return [HEAD, *([*person, *said[:4]] for person, said in zip(people, SAID, strict=True))]


def as_text(quoted: bool) -> bytes:
    """The same as text; a cell over two lines is no matter for the fast way."""
    lines = [";".join(row) for row in rows()]
    return "\n".join([*lines, *(['2104010101909999;;"A\nB";;;;'] if quoted else [])]).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("Raya.xlsx", workbook(rows())), ("Raya.csv", as_text(False)), ("Raya.csv", as_text(True))],
    ids=["workbook", "lines", "records"],
)
def test_what_says_that_somebody_left_is_told(read: Callable[..., Any], name: str, content: bytes) -> None:
    """The word alone, never the cell."""
    reading, found = read(BLT_DD, {name: content})
    assert not reading.failures
    data = found[found["jenis"] == "data"]
    assert data["perhatian"].tolist()[: len(SAID)] == [said[4] for said in SAID]
