"""The measures that the judgement looks at: counts and shares, zero where all is well."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines import plan
from pipelines.period import Period
from pipelines.plausibility import FRAMES
from pipelines.sources import REGISTER
from pipelines.stages import ukuran

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

PINANG, TELUK = "21.04.07.2005", "21.04.07.2007"
SOURCES = [{"sumber": "dtks"}, {"sumber": "pkh", "program": "PKH"}]


def measure(ukuran: str, nilai: float, sumber: str = "dtks") -> Row:
    """One measure of one delivery."""
    return {"sumber": sumber, "ukuran": ukuran, "nilai": nilai}


def test_a_delivery_is_measured_by_rows_desa_and_blanks(make: Make) -> None:
    """25 rows of Pinang count as a desa, 15 of Teluk do not; a share needs 50 cells, titles are no rows."""
    desa = [PINANG] * 25 + [TELUK] * 15 + [None] * 20
    nik = ["2104070505800001"] * 45 + [""] * 15
    found = make(
        ukuran.ukuran_kiriman,
        mentah=[{"sumber": "dtks", "nik": n, "psnoka": None, "nama_ibu": "X" if at < 10 else None, **_FIELDS}
                for at, n in enumerate(nik)] + [{"sumber": "dtks", "jenis": "judul", **_FIELDS}],
        baris=[{"rid": at, "kode_desa": kode} for at, kode in enumerate(desa)]
        + [{"rid": 100 + at, "kode_desa": TELUK, "alasan": "status_tak_dikenal "} for at in range(30)],
        tautan=[{"rid": at} for at in range(55)],
        neraca_baris=[{"dibaca": 61, "diabaikan": 1, "dimuat": 55, "dikarantina": 5}],
    )  # fmt: skip
    values = {r["ukuran"]: r["nilai"] for r in found}
    assert (values["baris"], values["diterima"], values[f"desa:{PINANG}"], values["kosong:nik"]) == (
        60.0, 55.0, 25.0, 0.25,
    )  # fmt: skip
    assert values["pengirim:dtks"] == 60.0
    assert values.keys().isdisjoint({f"desa:{TELUK}", "kosong:psnoka", "kosong:nama_ibu"})


# the fields of every source that the shape of `mentah` does not have
_HAS = {"nik", "no_kk", "nama", "kecamatan", "desa", "psnoka", "nama_ibu"}
_FIELDS = dict.fromkeys(f.name for s in REGISTER for f in s.fields if f.name not in _HAS)


WHOLE: dict[str, list[Row]] = {
    "fakta_kepesertaan": [{}], "jejak_baris": [{"orang_id": "OA"}, {"baris": 2}],
    "temuan": [{"orang_id": "OA"}, {}],
    "orang": [{}], "anggota_keluarga": [{}], "dim_wilayah": [{}],
}  # fmt: skip
ORPHANS = {
    "fakta_kepesertaan.orang_id -> orang": {"fakta_kepesertaan": [{"orang_id": "OX"}]},
    "fakta_kepesertaan.keluarga_id -> keluarga": {"fakta_kepesertaan": [{"keluarga_id": "KX"}]},
    "fakta_kepesertaan.kode_desa -> wilayah": {"fakta_kepesertaan": [{"kode_desa": "21.04.99.2001"}]},
    "jejak_baris.orang_id -> orang": {"jejak_baris": [{"orang_id": "OX"}]},
    "orang.orang_id -> keluarga": {"orang": [{}, {"orang_id": "OX"}]},
    "temuan.orang_id -> orang": {"temuan": [{"orang_id": "OX"}]},
    "temuan.keluarga_id -> keluarga": {"temuan": [{"keluarga_id": "KX"}]},
}


def test_tables_that_fit_together_have_no_orphans(make: Make) -> None:
    assert {r["hubungan"]: r["yatim"] for r in make(ukuran.keutuhan, **WHOLE)} == dict.fromkeys(ORPHANS, 0)


@pytest.mark.parametrize("reference", ORPHANS)
def test_an_orphan_is_counted_where_it_is(make: Make, reference: str) -> None:
    found = {r["hubungan"]: r["yatim"] for r in make(ukuran.keutuhan, **(WHOLE | ORPHANS[reference]))}
    assert found == dict.fromkeys(ORPHANS, 0) | {reference: 1}


IDENTITY = {
    "fakta_kepesertaan": [{"orang_id": "OA"}, {"orang_id": "OB"}],
    "fakta_kepesertaan_lalu": [{"orang_id": "OA"}],
    "dim_program": [{}],
}  # fmt: skip
SNAPSHOTS = (
    ({"jumlah": 2, "masuk": 1}, (0, 0)),
    ({"jumlah": 3, "masuk": 1}, (1, 1)),
    ({"jumlah": 2, "masuk": 2}, (0, -1)),
    ({"jumlah": 2, "masuk": 1, "keluar": 1, "pindah_masuk": 1}, (0, 0)),
)


@pytest.mark.parametrize(("snapshot", "differences"), SNAPSHOTS)
def test_a_snapshot_must_tie_to_the_facts_and_to_the_period_before(
    make: Make, snapshot: Row, differences: tuple[int, int]
) -> None:
    (row,) = make(ukuran.identitas, snapshot_desa=[snapshot], **IDENTITY)
    assert (row["selisih_fakta"], row["selisih_identitas"]) == differences


def test_the_first_period_has_nothing_to_tie_to(make: Make) -> None:
    (row,) = make(ukuran.identitas, Period("2024-06"), snapshot_desa=[{"jumlah": 2}], **IDENTITY)
    assert (row["jumlah_lalu"], row["selisih_identitas"]) == (None, None)


def test_rows_that_met_no_fate_are_counted(make: Make) -> None:
    files = [{"berkas": "a", "dibaca": 5, "dimuat": 1, "diperbaiki": 1, "dikarantina": 1, "duplikat": 1,
        "diabaikan": 1},
             {"berkas": "b", "dibaca": 5, "dimuat": 3}]  # fmt: skip
    assert {r["berkas"]: r["selisih"] for r in make(ukuran.neraca, neraca_baris=files)} == {"a": 0, "b": 2}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_has_the_columns_that_the_judgement_reads(make: Make, name: str) -> None:
    """Measured on one source, file, programme and desa with nothing else to compare."""
    given: dict[str, dict[str, list[Row]]] = {
        "kiriman": {"program_sumber": SOURCES}, "pergeseran": {"program_sumber": SOURCES},
        "berkas_ganda": {"program_sumber": SOURCES, "pengirim": [{}], "isi_pengirim": [{}]},
        "cakupan": {"program_sumber": SOURCES, "kehadiran": [{}]},
        "kekosongan": {"ukuran_kiriman": [measure("kosong:nik", 0.0)]}, "keutuhan": {},
        "neraca": {"neraca_baris": [{}]},
        "identitas": {"snapshot_desa": [{}], "dim_program": [{}]},
    }  # fmt: skip
    (stage,) = (each.function for each in plan.stages(REGISTER) if each.name == name)
    found = make(stage, **given[name])
    frame = FRAMES[name]
    assert found
    assert {*frame.labels, *frame.required, *frame.measures} <= found[0].keys()
    assert all(row[column] is not None for row in found for column in frame.required)
