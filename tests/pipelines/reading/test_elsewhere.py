"""A list that lies in another source's folder: whose it looks like is said, and nothing is asked to be mapped."""

from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from pipelines.declaration import Source
from pipelines.reading import DropFile, Operator, read_source
from pipelines.sources import REGISTER, blt_dd, pkh

JUNE = "2024-06"
OTHERS = tuple(source.at(JUNE) for source in REGISTER if source.in_force(JUNE))
DTKS = (
    "ID_DTKS",
    "NIK",
    "NAMA",
    "NOKK",
    "KECAMATAN",
    "DESA",
    "ALAMAT",
    "PSNOKA",
    "BANSOS_BPNT",
    "BANSOS_PKH",
    "PBI_JKN",
    "STATUS_DTKS",
)
PERSON = ("A1", "2104070505800001", "TOKOH REKAAN", "2104070101150001", "SINGKEP", "RAYA", "JALAN", "", "", "", "", "")


def refusal(folder: Path, source: Source, words: tuple[str, ...], book: bool) -> str:
    """What is said of a list under these words in the source's folder; '' where it is read."""
    path = folder / ("DTKS Raya.xlsx" if book else "DTKS Raya.csv")
    if book:
        with xlsxwriter.Workbook(path) as made:
            sheet = made.add_worksheet()
            for at, row in enumerate((words, PERSON[: len(words)])):
                sheet.write_row(at, 0, row)
    else:
        path.write_text("\n".join("|".join(row) for row in (words, PERSON[: len(words)])))
    file = DropFile(path, f"{JUNE}/{source.name}/{path.name}")
    with duckdb.connect() as con:
        target = folder / "mentah.parquet"
        reading = read_source(source.at(JUNE), [file], con, target, folder, Operator(others=OTHERS))
    return "".join(map(str, reading.failures))


@pytest.mark.parametrize("book", [True, False], ids=["buku kerja", "teks"])
@pytest.mark.parametrize("source", [blt_dd.SOURCE, pkh.SOURCE], ids=lambda s: s.name)
def test_a_registry_among_recipients_is_to_be_moved(tmp_path: Path, source: Source, book: bool) -> None:
    """Not mapped: an answer would make a recipient of everybody on it."""
    said = refusal(tmp_path, source, DTKS, book)
    assert f"pindahkan berkasnya ke {JUNE}/dtks/, jangan tulis pemetaan untuknya" in said
    assert f"tidak dikenal sebagai {source.title}" in said and "tulis artinya" not in said


@pytest.mark.parametrize(
    "words",
    [("NO", "NIK", "NAMA", "NOKK", "GOL"), ("NO", "NIK", "NAMA", "NOKK", "GOL", "ZODIAK", "HOBI")],
    ids=["one strange word", "words that nobody knows"],
)
def test_a_list_of_its_own_stays_a_question_about_words(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A form of the list that nobody declared looks like no other source's."""
    said = refusal(tmp_path, blt_dd.SOURCE, words, book=False)
    assert "tulis artinya di pemetaan/blt_dd.csv" in said and "pindahkan" not in said
