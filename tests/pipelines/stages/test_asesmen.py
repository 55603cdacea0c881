"""An assessed cohort: who belongs to it, and what each measure counts."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.stages.asesmen import anggota_kohort, asesmen_kohort

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]
K = "dapur"


def member(who: str, family: str = "", **more: Any) -> Row:
    """A member OA of family KA, unless told otherwise."""
    return {"kohort": K, "orang_id": f"O{who}", "keluarga_id": f"K{family or who}", **more}


def test_a_member_is_listed_once(make: Make) -> None:
    """Two rows of one person are one member, at the first place; a row of no cohort is none."""
    rows = make(
        anggota_kohort,
        baris=[{"rid": 1, "kohort": K, "lokasi": "AYONG"}, {"rid": 2, "kohort": K, "lokasi": "KUALA"}, {"rid": 3}],
        tautan=[{"rid": 1}, {"rid": 2, "nasib": "duplikat"}, {"rid": 3, "orang_id": "OB"}],
        anggota_keluarga=[{}, {"orang_id": "OB", "keluarga_id": "KB"}],
        anggota_kohort_lalu=[],
    )
    assert [(r["orang_id"], r["lokasi"], r["periode"]) for r in rows] == [("OA", "AYONG", "2024-06")]


def test_a_cohort_without_a_list_keeps_its_members_and_their_families_of_today(make: Make) -> None:
    """One with a list has the members of that list alone."""
    rows = make(
        anggota_kohort,
        baris=[{"rid": 1, "kohort": "baru", "lokasi": None}], tautan=[{"rid": 1, "orang_id": "OC"}],
        anggota_keluarga=[{"orang_id": "OA", "keluarga_id": "K9"}, {"orang_id": "OC", "keluarga_id": "KC"}],
        anggota_kohort_lalu=[member("A"), member("B"), member("D", kohort="baru")],
    )  # fmt: skip
    assert sorted((r["kohort"], r["orang_id"], r["keluarga_id"]) for r in rows) == [
        ("baru", "OC", "KC"), ("dapur", "OA", "K9"), ("dapur", "OB", "KB"),
    ]  # fmt: skip


SOURCES = [
    {"sumber": "dtks", "program": "DTKS", "satuan": "orang", "registri": True, "memberi": False},
    {"sumber": "pkh", "program": "PKH", "satuan": "keluarga", "dari_registri": True},
    {"sumber": "bpnt", "program": "BPNT", "satuan": "keluarga", "dari_registri": True},
    {"sumber": "blt_dd", "program": "BLT_DD", "satuan": "keluarga"},
    {"sumber": "pbi_jk", "program": "PBI_JK", "satuan": "orang", "dari_registri": True},
    {"sumber": "rtlh", "program": "RTLH", "satuan": "keluarga", "memberi": False},
    {"sumber": "asesmen", "program": "", "satuan": "orang", "memberi": False},
]
# program -> members' letters (persons) or families
LISTS = {"DTKS": "ABC", "PKH": "AB", "BPNT": "B", "BLT_DD": "C", "PBI_JK": "AD", "RTLH": "ABCDE"}
EXPECTED = {
    # F is of family A: five families, six persons
    ("dinilai", "ASESMEN", "orang"): (6, 6),
    ("dinilai", "ASESMEN", "keluarga"): (5, 5),
    ("peserta", "DTKS", "orang"): (3, 6),
    ("peserta", "PBI_JK", "orang"): (2, 6),
    ("peserta", "PKH", "keluarga"): (2, 5),
    ("peserta", "BPNT", "keluarga"): (1, 5),
    ("peserta", "BLT_DD", "keluarga"): (1, 5),
    ("peserta", "RTLH", "keluarga"): (5, 5),
    ("bansos", "ASESMEN", "keluarga"): (2, 5),
    ("bantuan_keluarga", "PKH", "keluarga"): (1, 5),
    ("bantuan_keluarga", "BPNT+PKH", "keluarga"): (1, 5),
    ("bantuan_keluarga", "BLT_DD", "keluarga"): (1, 5),
    # insured, or in a house unfit to live in, and yet without an aid of the family
    ("bantuan_keluarga", "TANPA_BANTUAN", "keluarga"): (2, 5),
    ("belum_tersentuh", "ASESMEN", "keluarga"): (2, 5),
    ("dikeluarkan", "ASESMEN", "orang"): (1, 6),
    # F himself stands in no registry; A of his family does, as a person
    ("tidak_terdaftar", "ASESMEN", "orang"): (2, 6),
}


@pytest.fixture(scope="module")
def measures(make: Make) -> list[Row]:
    """A cohort of A to E with a family each, and F of A's; D was removed."""
    units = {s["program"]: s["satuan"] for s in SOURCES}
    return make(
        asesmen_kohort,
        anggota_kohort=[*(member(who, lokasi="AYONG") for who in "ABCDE"), member("F", "A", lokasi="KUALA")],
        fakta_kepesertaan=[
            {"program": program, "orang_id": f"O{who}" if units[program] == "orang" else f"OX{who}",
             "keluarga_id": f"K{who}"}
            for program, letters in LISTS.items() for who in (*letters, "Z")
        ],
        orang=[{"orang_id": f"O{who}", "status": "MAMPU" if who == "D" else "AKTIF"} for who in "ABCD"],
        dim_orang_lalu=[{"orang_id": "OE", "status": "AKTIF"}],
        program_sumber=SOURCES,
    )  # fmt: skip


def test_every_measure_counts_its_units(measures: list[Row]) -> None:
    """Nobody beside the cohort counts (Z), and a family draws through a member who is not of the cohort."""
    whole = [r for r in measures if r["lokasi"] is None]
    assert {(r["ukuran"], r["program"], r["satuan"]): (r["jumlah"], r["dari"]) for r in whole} == EXPECTED
    assert [r["sebab"] for r in whole if r["ukuran"] == "dikeluarkan"] == ["MAMPU"]


def test_places_are_counted_apart(measures: list[Row]) -> None:
    """Persons and families of each; a family of two places counts in both."""
    places = {(r["lokasi"], r["satuan"]): r["jumlah"] for r in measures if r["lokasi"]}
    assert places == {("AYONG", "orang"): 5, ("AYONG", "keluarga"): 5, ("KUALA", "orang"): 1, ("KUALA", "keluarga"): 1}
