"""What is asked about a source as a whole and about one of its columns, and that an answer holds for just that."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.stages import ukuran_pengirim, ukuran_sumber

Row = dict[str, Any]
Make = Callable[..., list[Row]]
SOURCES = [{"sumber": "dtks"}, {"sumber": "pkh"}]
BYTES = [{"sumber": "dtks", "pengirim": "dtks", "isi": "a"}]


def measure(ukuran: str, nilai: float) -> Row:
    """One measure of the registry."""
    return {"ukuran": ukuran, "nilai": nilai}


def accepted(make: Make, rows: float, passed: float, **tables: list[Row]) -> dict[str, Row]:
    """The frame `kiriman`, by source."""
    measures = [measure("baris", rows), measure("diterima", passed)]
    given = {"program_sumber": SOURCES, "isi_pengirim": BYTES, **tables}
    return {r["pengirim"]: r for r in make(ukuran_sumber.kiriman, ukuran_kiriman=measures, **given)}


def blanks(make: Make, **tables: list[Row]) -> dict[str, Row]:
    """The frame `kekosongan`, by column."""
    now = [measure("kosong:nik", 0.5), measure("kosong:no_kk", 0.0), measure("baris", 9)]
    before = [measure("kosong:nik", 0.25)]
    given = {"isi_pengirim": BYTES, **tables}
    found = make(ukuran_sumber.kekosongan, ukuran_kiriman=now, ukuran_kiriman_lalu=before, **given)
    return {r["pengirim"]: r for r in found}


def test_a_delivery_is_measured_by_what_was_accepted(make: Make) -> None:
    rows = accepted(make, 100, 80)
    columns = ("baris", "diterima", "bagian_diterima", "ditanya")
    assert [rows["dtks"][c] for c in columns] == [100, 80, 0.8, 1]
    assert [rows["pkh"][c] for c in columns] == [0, 0, None, 0]
    assert rows["dtks"]["keterangan"] == "80 dari 100 baris diterima"
    assert accepted(make, 19, 1)["dtks"]["ditanya"] == 0  # too few to tell


RAYA = "blt_dd/21.04.07.2005"
BAD, GOOD = {"alasan": "desa_tak_dikenal "}, {"alasan": ""}
# the rows of each file, whether it repeats another; how many are asked about
SENT: dict[str, tuple[list[tuple[list[Row], bool]], int | None]] = {
    "every row refused": ([([BAD] * 3, False)], 3),
    "one row left": ([([BAD, BAD, GOOD], False)], None),
    "only the linkage refuses": ([([GOOD | {"nik_jenis": "rusak"}], False)], None),
    "nobody (NIHIL)": ([([], False)], None),
    "and the same bytes again": ([([BAD] * 3, False), ([BAD] * 3, True)], 3),
    "one of two files is lawful": ([([BAD] * 3, False), ([GOOD], False)], None),
}  # fmt: skip


@pytest.mark.parametrize(("files", "refused"), SENT.values(), ids=SENT)
def test_a_sender_whose_every_row_is_refused_is_asked_about(
    make: Make, files: list[tuple[list[Row], bool]], refused: int | None
) -> None:
    """However short the list; and an answer holds for it."""
    of_raya = {"sumber": "blt_dd", "pengirim": RAYA}
    senders = [of_raya | {"berkas": str(n), "salinan_dari": "0" if c else None} for n, (_, c) in enumerate(files)]
    rows = [row | {"berkas": str(n), "sumber": "blt_dd"} for n, (own, _) in enumerate(files) for row in own]
    tables = {"baris": rows, "pengirim": senders, "isi_pengirim": [*BYTES, of_raya | {"isi": "r"}]}
    found = accepted(make, 100, 90, **tables).get(RAYA)
    if refused is None:
        assert found is None
        return
    assert found
    assert (found["baris"], found["bagian_diterima"], found["min_baris"], found["ditanya"]) == (refused, 0, 0, 1)
    answer = {"aturan": "KIRIMAN_BANYAK_DITOLAK", "pengirim": RAYA, "sidik": found["sidik"]}
    assert accepted(make, 100, 90, konfirmasi_masuk=[answer], **tables)[RAYA]["ditanya"] == 0


def test_the_share_of_blanks_is_compared_by_column(make: Make) -> None:
    rows = blanks(make)
    found = {name: (r["bagian_kosong"], r["bagian_lalu"], r["selisih"]) for name, r in rows.items()}
    assert found == {"dtks:nik": (0.5, 0.25, 0.25), "dtks:no_kk": (0.0, None, None)}
    assert rows["dtks:nik"]["keterangan"] == "50 % selnya kosong, periode lalu 25 %"


@pytest.mark.parametrize(
    ("frame", "aturan", "pengirim"),
    [
        (lambda make, **tables: accepted(make, 100, 60, **tables), "KIRIMAN_BANYAK_DITOLAK", "dtks"),
        (blanks, "KEKOSONGAN_BERGESER", "dtks:nik"),
    ],
)
def test_an_answer_holds_for_these_bytes_alone(
    make: Make, frame: Callable[..., dict[str, Row]], aturan: str, pengirim: str
) -> None:
    """It counts, and is published; with another file of the source it is asked again."""
    open_question = frame(make)[pengirim]
    answer = {"aturan": aturan, "pengirim": pengirim, "sidik": open_question["sidik"]}
    answered = frame(make, konfirmasi_masuk=[answer])[pengirim]
    other = frame(make, konfirmasi_masuk=[answer], isi_pengirim=[BYTES[0] | {"isi": "b"}])[pengirim]
    assert [open_question["ditanya"], answered["ditanya"], other["ditanya"]] == [1, 0, 1]
    judged = {column: answered[column] for column in ("pengirim", "sidik", "ditanya")}
    name = "kiriman" if aturan.startswith("KIRIMAN") else "kekosongan"
    (counted,) = make(ukuran_pengirim.konfirmasi, konfirmasi_masuk=[answer], **{name: [judged]})
    assert (counted["aturan"], counted["pengirim"]) == (aturan, pengirim)
