"""Membership: lawful, living, counted once, and always in some desa."""

from collections.abc import Callable
from typing import Any

import ibis.expr.types as ir
import pytest

from pipelines.stages.fakta import fakta_kepesertaan, units

Make = Callable[..., list[dict[str, Any]]]
Rows = Callable[..., ir.Table]
Records = Callable[[ir.Table], list[dict[str, Any]]]
Row = dict[str, Any]

PINANG, TELUK, NOWHERE = "21.04.07.2005", "21.04.07.2007", "21.04.00.0000"
SOURCES = [
    {"sumber": "dtks", "program": "DTKS", "satuan": "orang", "registri": True},
    {"sumber": "pkh", "program": "PKH", "satuan": "keluarga"},
]

# row, list, person, columns of the row, nasib; orang and keluarga are named OA/KA, OB/KB ...
LISTS: tuple[tuple[int, str, str, Row, str], ...] = (
    (1, "dtks", "A", {}, "dimuat"),
    (2, "dtks", "B", {"status": "MAMPU"}, "dimuat"),
    (3, "dtks", "C", {"status": "PINDAH"}, "dimuat"),
    (4, "dtks", "D", {}, "diperbaiki"),
    (5, "dtks", "A", {}, "duplikat"),
    (6, "dtks", "X", {"status": "MENINGGAL"}, "dimuat"),
    (7, "dtks", "E", {"kode_desa": None}, "dimuat"),
    (8, "dtks", "F", {"kode_desa": None}, "dimuat"),
    (11, "pkh", "A", {"kode_desa": TELUK, "nominal": 600_000}, "dimuat"),
    (12, "pkh", "G", {"kode_desa": PINANG}, "dimuat"),
    (13, "pkh", "X", {}, "dimuat"),
    (14, "pkh", "B", {}, "dimuat"),
)
FAMILY = {"G": "KA"}  # the second recipient of A's family
STATUS = {"X": "MENINGGAL", "B": "MAMPU", "C": "PINDAH"}
HOME = {"E": TELUK, "F": None}


@pytest.fixture(scope="module")
def facts(make: Make) -> list[Row]:
    """The membership that LISTS make."""
    people = sorted({who for _, _, who, _, _ in LISTS})
    return make(
        fakta_kepesertaan,
        baris=[{"rid": rid, "baris": rid, "sumber": sumber} | cells for rid, sumber, _, cells, _ in LISTS]
        + [{"rid": 99, "baris": 99, "alasan": "nama_kosong "}],
        tautan=[{"rid": rid, "sumber": s, "orang_id": f"O{who}", "nasib": nasib} for rid, s, who, _, nasib in LISTS],
        orang=[
            {"orang_id": f"O{p}", "status": STATUS.get(p, "AKTIF"), "kode_desa": HOME.get(p, PINANG)} for p in people
        ],
        anggota_keluarga=[{"orang_id": f"O{p}", "keluarga_id": FAMILY.get(p, f"K{p}")} for p in people],
        program_sumber=SOURCES,
    )


def test_removed_dead_repeated_and_refused_rows_are_no_membership(facts: list[Row]) -> None:
    assert sorted((r["program"], r["orang_id"]) for r in facts) == [
        ("DTKS", "OA"), ("DTKS", "OD"), ("DTKS", "OE"), ("DTKS", "OF"), ("PKH", "OA"), ("PKH", "OB"),
        ("PKH", "OG"),
    ]  # fmt: skip


def test_a_row_without_desa_stands_where_the_person_lives_or_nowhere(facts: list[Row]) -> None:
    places = {r["orang_id"]: r["kode_desa"] for r in facts if r["program"] == "DTKS"}
    assert places == {"OA": PINANG, "OD": PINANG, "OE": TELUK, "OF": NOWHERE}


def test_two_recipients_of_one_family_stand_in_the_desa_of_the_first(facts: list[Row]) -> None:
    assert {r["kode_desa"] for r in facts if r["keluarga_id"] == "KA" and r["program"] == "PKH"} == {TELUK}


def test_a_fact_points_at_its_row(facts: list[Row]) -> None:
    (row,) = (r for r in facts if r["orang_id"] == "OA" and r["program"] == "PKH")
    assert (row["berkas"], row["lembar"], row["baris"], row["nominal"]) == (
        "2024-06/dtks/satu.csv",
        "",
        11,
        600_000,
    )
    assert row["periode"] == "2024-06"


def test_a_programme_counts_persons_or_families(facts: list[Row], rows: Rows, records: Records) -> None:
    programmes = rows("dim_program", {"program": "DTKS", "satuan": "orang"}, {"program": "PKH", "satuan": "keluarga"})
    counted = records(units(rows("fakta_kepesertaan", *facts), programmes))
    assert sorted((r["program"], r["unit"]) for r in counted) == [
        ("DTKS", "OA"), ("DTKS", "OD"), ("DTKS", "OE"), ("DTKS", "OF"), ("PKH", "KA"), ("PKH", "KB"),
    ]  # fmt: skip


# Of a registry of families: row, person, family, status of the row, of the person
REGISTERED = (
    (1, "A", "KA", "MENINGGAL", "MENINGGAL"),  # a family file names its dead head alone
    (2, "B", "KB", "MENINGGAL", "MENINGGAL"),
    (3, "C", "KB", "AKTIF", "AKTIF"),
    (4, "D", "KD", "MENINGGAL", "MENINGGAL"),
    (5, "E", "KD", "NONAKTIF", "NONAKTIF"),
    (6, "F", "KF", "MAMPU", "MAMPU"),
    (7, "G", "KG", "AKTIF", "MENINGGAL"),
)


def test_a_dead_head_is_no_end_of_his_family(make: Make) -> None:
    """Only NONAKTIF is; the living stand for a family before the dead."""
    facts = make(
        fakta_kepesertaan,
        baris=[{"rid": rid, "baris": rid, "sumber": "dtsen", "status": told} for rid, _, _, told, _ in REGISTERED],
        tautan=[{"rid": rid, "sumber": "dtsen", "orang_id": f"O{who}"} for rid, who, *_ in REGISTERED],
        orang=[{"orang_id": f"O{who}", "status": state} for _, who, _, _, state in REGISTERED],
        anggota_keluarga=[{"orang_id": f"O{who}", "keluarga_id": family} for _, who, family, _, _ in REGISTERED],
        program_sumber=[{"sumber": "dtsen", "program": "DTSEN", "satuan": "keluarga", "registri": True}],
    )
    assert sorted((r["keluarga_id"], r["orang_id"]) for r in facts) == [("KA", "OA"), ("KB", "OC"), ("KG", "OG")]
