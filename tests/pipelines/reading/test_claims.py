"""What a list says of itself: right, messy, tempting wrong."""

import io
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter
from made_files import workbook

from pipelines.declaration import Source
from pipelines.reading import Operator
from pipelines.reading.answers import Answers
from pipelines.reading.claims import check_claims
from pipelines.reading.errors import Refused
from pipelines.reading.grid import locate
from pipelines.reading.period_columns import PeriodColumns
from pipelines.sources import blt_dd, bpnt, dtsen, pbi_jk, pkh, rtlh

Read = Callable[..., Any]
NIK, KK = "2104010101900001", "2104010101100001"
LIST = [["NIK", "No KK", "Nama", "Desa"], [NIK, KK, "BUDI", "RAYA"]]
BLT, PKH, RTLH, DTSEN = blt_dd.SOURCE, pkh.SOURCE, rtlh.SOURCE, dtsen.SOURCE

LAWFUL = (
    (BLT, ["BULAN JUNI", "TAHUN 2024"], ""),
    (BLT, ["BULAN APRIL S/D JUNI", "TAHUN ANGGARAN 2024"], ""),
    (BLT, ["SK NOMOR 5 JUNI", "TAHUN 2023", "BULAN JUNI 2024"], ""),
    (BLT, ["TAHAP 2 JUNI 2024"], ""),
    (BLT, ["TAHAP II, 2 MEI 2023"], ""),
    # source, title rows, the sheet's name; the folder is 2024-06
    (BLT, ["BULAN JUNI 2024"], "JUNI"),
    (BLT, ["DAFTAR KPM BLT DANA DESA", "BULAN : JUNI", "TAHUN 2024"], ""),
    (BLT, ["TAHUN ANGGARAN 2024"], "2024"),
    (BLT, ["BULAN JANUARI S/D DESEMBER 2024"], ""),
    (BLT, ["BULAN APRIL, MEI DAN JUNI 2024"], ""),
    (BLT, ["NOVEMBER 2023 - JUNI 2024"], ""),
    (BLT, ["PER 31 MEI 2024"], ""),
    (BLT, ["KEADAAN PER MEI 2024"], ""),
    (BLT, ["Lingga, 2 Januari 2023"], ""),
    (BLT, ["SK NOMOR 5 TAHUN 2023"], ""),
    (BLT, ["KEPUTUSAN KEPALA DESA RAYA NOMOR 5 TAHUN 2023 TENTANG KPM BLT DD BULAN JUNI 2024"], ""),
    (BLT, ["DITETAPKAN JANUARI 2024", "BULAN JUNI 2024"], ""),
    (BLT, ["Data awal 2020"], "Sheet1"),
    (BLT, ["BERDASARKAN DTKS TAHUN 2020"], ""),
    (BLT, ["KECAMATAN JULI"], ""),
    (BLT, ["No. HP 0812 2023 1111"], "Jan Piter"),
    (BLT, ["DAFTAR KPM (NON PKH DAN BPNT)"], ""),
    (BLT, ["DAFTAR PENERIMA BLT DANA DESA DAN PKH"], ""),
    (BLT, ["PENDAMPING PKH: -"], ""),
    (PKH, ["DAFTAR PENERIMA MANFAAT TERDAFTAR DTKS"], ""),
    (PKH, ["PKH TAHAP II APRIL - JUNI 2024"], ""),
    (RTLH, ["PENDATAAN RTLH TAHUN 2023"], ""),
    (RTLH, ["TAHUN 2023"], "2023"),
    (DTSEN, ["BULAN APRIL 2024"], ""),
)  # fmt: skip
SAYS_ANOTHER = (
    (BLT, ["BULAN JANUARI 2023"], "", "januari 2023"),
    (BLT, ["BULAN JUNI 2023"], "JUNI", "juni 2023"),
    (BLT, ["BULAN JUNI TAHUN 2023"], "", "juni tahun 2023"),
    (BLT, ["Bulan : Mei", "Tahun 2024"], "", "mei"),
    (BLT, ["DAFTAR KPM BLT DD TAHUN ANGGARAN 2023"], "", "tahun anggaran 2023"),
    (BLT, ["KEPUTUSAN KEPALA DESA NOMOR 5 TENTANG KPM BLT DD TAHUN 2023"], "", "tahun 2023"),
    (BLT, ["PERIODE 05/2024"], "", "periode 05/2024"),
    (BLT, ["JANUARI S.D MARET 2024"], "", "januari s.d maret 2024"),
    (BLT, ["BULAN JULI 2024"], "", "juli 2024"),
    (BLT, ["PER JANUARI 2024"], "", "januari 2024"),
    (BLT, ["BULAN JUNI", "TAHUN 2023"], "", "juni 2023"),
    (BLT, ["BULAN MEI", "2025"], "", "mei 2025"),
    (BLT, ["BULAN JUNI DESA RAYA", "TAHUN ANGGARAN 2023"], "", "juni 2023"),
    (BLT, ["TAHAP 2 MEI 2023"], "", "mei 2023"),
    (BLT, ["TAHAP KE-2 MEI 2023"], "", "mei 2023"),
    (BLT, ["GELOMBANG 1 JANUARI 2024"], "", "januari 2024"),
    (BLT, [], "JAN", "jan"),
    (BLT, [], "Mei 2024", "mei 2024"),
    (BLT, [], "KPM Januari", "januari"),
    (BLT, [], "05-2024", "05-2024"),
    (BLT, [], "2023", "2023"),
    (DTSEN, ["BULAN MARET 2024"], "", "maret 2024"),
    (RTLH, ["TAHUN 2021"], "", "tahun 2021"),
    (bpnt.SOURCE, ["DAFTAR PENERIMA PKH"], "", "PKH"),
    (BLT, ["PROGRAM KELUARGA HARAPAN"], "", "PROGRAM KELUARGA HARAPAN"),
    (PKH, [], "BPNT", "BPNT"),
    (PKH, ["PESERTA PBI APBN"], "", "PBI APBN"),
    (PKH, ["DATA TERPADU KESEJAHTERAAN SOSIAL"], "", "DATA TERPADU KESEJAHTERAAN SOSIAL"),
)  # fmt: skip


def ask(source: Source, titles: list[str], lembar: str, name: str = "Daftar Raya.xlsx") -> None:
    """Check a list of June 2024."""
    check_claims([[title, ""] for title in titles], f"2024-06/{source.name}/{name}", source, lembar)


@pytest.mark.parametrize(("source", "titles", "lembar"), LAWFUL)
def test_a_list_may_speak_of_other_times_and_programmes(source: Source, titles: list[str], lembar: str) -> None:
    ask(source, titles, lembar)


@pytest.mark.parametrize(("source", "titles", "lembar", "said"), SAYS_ANOTHER)
def test_a_list_of_another_month_or_programme_is_a_question(
    source: Source, titles: list[str], lembar: str, said: str
) -> None:
    """And the answer that the question offers is taken."""
    with pytest.raises(Refused) as refused:
        ask(source, titles, lembar)
    assert said in refused.value.pesan and f"kolom judul:{said.lower()}, arti abaikan" in refused.value.pesan
    assert f"pemetaan/{source.name}.csv" in refused.value.pesan


@pytest.mark.parametrize(
    ("source", "name", "other"),
    [
        (bpnt.SOURCE, "PENERIMA PKH.xlsx", "pindahkan ke folder pkh"),
        (BLT, "PKH_Juni.xlsx", "pindahkan ke folder pkh"),
        (PKH, "DTKS Juni.txt", "pindahkan ke folder dtks"),
        (PKH, "PKH dan BPNT.xlsx", ""),
        (PKH, "Penerima.xlsx", ""),
        (bpnt.SOURCE, "Sembako 2024.csv", ""),
    ],
)
def test_a_files_name_may_name_a_programme(source: Source, name: str, other: str) -> None:
    if not other:
        ask(source, [], "", name)
        return
    with pytest.raises(Refused, match=other):
        ask(source, [], "", name)


def test_of_sheets_that_name_months_the_periods_is_read(read: Read) -> None:
    """The others are accounted for as notes; where none is the period's, they are a question."""
    year = workbook(LIST, LIST, LIST, names=("MEI", "JUNI", "REKAP"))
    reading, rows = read(PKH, {"a.xlsx": year})
    assert not reading.failures
    found = dict(rows.groupby("lembar").jenis.agg(list))
    assert found == {"MEI": ["catatan"] * 2, "JUNI": ["kepala", "data"], "REKAP": ["kepala", "data"]}
    (failure,) = read(PKH, {"b.xlsx": workbook(LIST, LIST, names=("APRIL", "MEI"))})[0].failures
    assert "lembar APRIL: daftar ini menyebut dirinya april, bukan periode 2024-06" in str(failure)


def hidden(*names: str) -> bytes:
    """A workbook of lists, of which the named sheets are hidden."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name in ("Daftar", "Lama"):
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(LIST):
                sheet.write_row(at, 0, cells)
            if name in names:
                sheet.hide()
    return out.getvalue()


def test_a_hidden_list_is_a_question(read: Read) -> None:
    """It is mostly last month's; it may be put aside, or be taken for a part of the list."""
    (failure,) = read(PKH, {"a.xlsx": hidden("Lama")})[0].failures
    assert "lembar Lama: lembar tersembunyi ini berisi daftar" in str(failure)
    aside, part = (Operator(Answers({"": {word: ""}})) for word in ("lembarlama", "judullembartersembunyi"))
    assert read(PKH, {"b.xlsx": hidden("Lama")}, aside)[1]["jenis"].tolist().count("data") == 1
    assert read(PKH, {"c.xlsx": hidden("Lama")}, part)[1]["jenis"].tolist().count("data") == 2


COLUMNS = (
    # source, header words, cells, what is said (None: read)
    (pbi_jk.SOURCE, "BULAN;TAHUN", "JANUARI;2021", "januari 2021"),
    (pbi_jk.SOURCE, "BULAN;TAHUN", "1;2024", "1 2024"),
    (pbi_jk.SOURCE, "BULAN;TAHUN", "06;2024", None),
    (pbi_jk.SOURCE, "BULAN;TAHUN", "JUNI;2024", None),
    (pbi_jk.SOURCE, "BULAN;TAHUN", "JUNI;2023", "juni 2023"),
    (pbi_jk.SOURCE, "TAHUN", "2021", "tahun 2021"),
    (pbi_jk.SOURCE, "TAHUN", "2024", None),
    (pbi_jk.SOURCE, "PERIODE", "2024-05", "2024-05"),
    (pbi_jk.SOURCE, "PERIODE", "2024-06-01", None),
    (pbi_jk.SOURCE, "PERIODE", "Januari 2022", "januari 2022"),
    (pbi_jk.SOURCE, "PERIODE", "II", None),
    (BLT, "BULAN", "3", None),  # months that are paid
    (BLT, "BULAN", "Januari s/d Juni 2024", None),
    (RTLH, "TAHUN", "1998", None),  # when the house was built
)  # fmt: skip


@pytest.mark.parametrize(("source", "words", "cells", "said"), COLUMNS)
def test_a_column_may_say_the_period(read: Read, source: Source, words: str, cells: str, said: str | None) -> None:
    """Another than the folder's is a question, with an answer."""
    rows = f"{NIK};{KK};BUDI;RAYA;{cells}\n" * 3
    reading, _ = read(source, {"Raya.csv": f"NIK;No KK;Nama;Desa;{words}\n{rows}".encode()})
    assert bool(reading.failures) == bool(said)
    assert not said or f"menyebut dirinya {said}, bukan periode 2024-06" in str(reading.failures[0])


BELOW = (
    # of 500 rows of June, then so many of May: those below the rows that are looked at first count as they do
    (0, False),
    (40, False),  # slips
    (200, True),
    (5_000, True),
)
ABOVE = 60  # rows of May above so many of June that they are slips


@pytest.mark.parametrize(("others", "asked"), BELOW)
@pytest.mark.parametrize("form", ["lines", "records", "workbook"])
def test_the_period_of_every_row_counts(read: Read, form: str, others: int, asked: bool) -> None:
    """In text that is parsed by lines, in text that is not, and on a sheet."""
    rows = [[NIK, KK, "BUDI", "RAYA", month, "2024"] for month in [" JUNI"] * 500 + ["5"] * others]
    table = [["NIK", "No KK", "Nama", "Desa", "Bulan", "Tahun"], *rows]
    if form == "workbook":
        files = {"Raya.xlsx": workbook(table)}
    else:
        text = "\n".join(";".join(row) for row in table)
        files = {"Raya.csv": (text.replace("BUDI", '"BU\nDI"', 1) if form == "records" else text).encode()}
    reading, _ = read(pbi_jk.SOURCE, files)
    assert [", baris 1: daftar ini menyebut dirinya 5 2024, bukan" in str(f) for f in reading.failures] == [
        True
    ] * asked


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_slips_may_stand_first(read: Read, form: str) -> None:
    """The first rows say no more than the others."""
    rows = [[NIK, KK, "BUDI", "RAYA", month, "2024"] for month in ["5"] * ABOVE + ["JUNI"] * 1_000]
    table = [["NIK", "No KK", "Nama", "Desa", "Bulan", "Tahun"], *rows]
    content = workbook(table) if form == "xlsx" else "\n".join(";".join(row) for row in table).encode()
    reading, _ = read(pbi_jk.SOURCE, {f"Raya.{form}": content})
    assert reading.failures == ()


def test_a_column_of_many_words_is_counted_in_bounded_memory() -> None:
    """What is no period may say something else in every row."""
    header = locate([["NIK", "Nama", "No KK", "Desa", "Periode"], [NIK, "BUDI", KK, "RAYA", "2024-06"]], pbi_jk.SOURCE)
    assert header is not None
    periods = PeriodColumns(header, pbi_jk.SOURCE, "2024-06/pbi_jk/a.csv")
    for at in range(3_000):
        periods.add([NIK, "BUDI", KK, "RAYA", f"kata {at}"])
    periods.add_texts(pa.array([f"kata {at}" for at in range(3_000, 6_000)]))
    assert len(periods.said) == 1_000
    periods.check(1)
