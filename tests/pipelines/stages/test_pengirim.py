"""Who sends a file: by its rows, its title, its name, its folder; and which file only repeats another."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.stages import pengirim

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

PINANG, TELUK = "21.04.07.2005", "21.04.07.2007"
KEYS: list[Row] = [{}, {"kunci_desa": "TELUK", "kode_desa": TELUK}]


def senders(make: Make, *files: Row, mentah: list[Row] | None = None, baris: list[Row] | None = None) -> dict[str, Row]:
    """`pengirim` of some files, each of other bytes unless it says so."""
    berkas = [{"sidik_berkas": f["berkas"], "sumber": f["berkas"].split("/")[1], **f} for f in files]
    found = make(
        pengirim.pengirim, berkas=berkas, mentah=mentah or [], baris=baris or [], wilayah_kunci=KEYS, wilayah_kode=[]
    )
    assert len(found) == len(files)
    return {r["berkas"]: r for r in found}


@pytest.mark.parametrize(
    ("berkas", "desa", "judul", "sender"),
    [
        ("2024-06/blt_dd/daftar.xlsx", [PINANG, PINANG, TELUK], "Teluk", f"blt_dd/{PINANG}"),
        ("2024-06/blt_dd/daftar.xlsx", [PINANG, TELUK], None, f"blt_dd/{PINANG}"),  # as many: the smaller code
        ("2024-06/blt_dd/daftar.xlsx", [None, None, TELUK], "Sungai Pinang", f"blt_dd/{TELUK}"),
        ("2024-06/blt_dd/BLT NIHIL.xlsx", [], "Sei Pinang", f"blt_dd/{PINANG}"),  # an empty list has its sender
        ("2024-06/blt_dd/BLT Entah 06-2024.xlsx", [None], "Entah", "blt_dd/BLT Entah"),
        ("2024-06/blt_dd/2104080101150001.xlsx", [None], None, "blt_dd"),
        ("2024-06/pkh/PKH Lingga.csv", [PINANG], None, "pkh"),
        ("2024-06/pbi_jk/bpjs/x.csv", [PINANG], None, "pbi_jk/bpjs"),
        ("2024-06/pbi_jk/bpjs/kota/x.csv", [], None, "pbi_jk/bpjs/kota"),
        ("2024-06/pbi_jk/kiriman.zip/x.csv", [], None, "pbi_jk"),
        ('2024-06/pbi_jk/a";$(b) 2104080101150001/x.csv', [], None, "pbi_jk/a b ..."),
    ],
)
def test_a_file_has_one_sender(make: Make, berkas: str, desa: list[str | None], judul: str | None, sender: str) -> None:
    sumber = berkas.split("/")[1]
    found = senders(
        make, {"berkas": berkas},
        mentah=[{"sumber": sumber, "berkas": berkas, "jenis": "judul", "judul_desa": judul}],
        baris=[{"sumber": sumber, "berkas": berkas, "rid": n, "kode_desa": kode} for n, kode in enumerate(desa)],
    )  # fmt: skip
    assert found[berkas]["pengirim"] == sender


def test_the_same_bytes_under_another_name_are_one_list(make: Make) -> None:
    """Of one source; the copy is its original's sender, whatever its own name says. A blank form repeats nothing."""
    names = ("BLT Sungai Pinang", "BLT Teluk", "BLT Raya", "NIHIL A", "NIHIL B")
    a, b, c, blank_a, blank_b = (f"2024-06/blt_dd/{name}.xlsx" for name in names)
    other = "2024-06/pkh/BLT Teluk.xlsx"
    same = [{"berkas": name, "sidik_berkas": "x"} for name in (a, b, c, other)]
    blank = [{"berkas": name, "sidik_berkas": "y"} for name in (blank_a, blank_b)]
    found = senders(
        make, *same, *blank, mentah=[{"sumber": "blt_dd", "berkas": name, "judul_desa": "Teluk"} for name in (a, b, c)],
        baris=[{"sumber": "blt_dd", "berkas": c, "kode_desa": PINANG}],
    )  # fmt: skip
    first = min(a, b, c)
    assert first == c
    assert {name for name, row in found.items() if row["salinan_dari"] == first} == {a, b}
    assert {found[name]["pengirim"] for name in (a, b, c)} == {f"blt_dd/{PINANG}"}
    assert found[other]["salinan_dari"] is found[blank_b]["salinan_dari"] is None


def test_bytes_that_were_delivered_before_are_told(make: Make) -> None:
    """Those of this period and those of the last published one; of the same source."""
    found = make(
        pengirim.isi_sama,
        pengirim=[
            {"berkas": "2024-06/dtks/a.csv", "sidik_berkas": "a"},
            {"berkas": "2024-06/dtks/b.csv", "sidik_berkas": "a", "salinan_dari": "2024-06/dtks/a.csv"},
            {"berkas": "2024-06/dtks/c.csv", "sidik_berkas": "lama"},
            {"berkas": "2024-06/pkh/d.csv", "sidik_berkas": "lama", "sumber": "pkh"},
        ],
        neraca_baris_lalu=[{"berkas": "2024-05/dtks/x.csv", "sidik_berkas": "lama"}],
    )
    assert {(r["berkas"], r["sama_dengan"]) for r in found} == {
        ("2024-06/dtks/b.csv", "2024-06/dtks/a.csv"), ("2024-06/dtks/c.csv", "2024-05/dtks/x.csv"),
    }  # fmt: skip
