"""Every desa and programme in numbers: zeros included, and the identity with the period before."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.period import Period
from pipelines.stages.perubahan import fakta_perubahan
from pipelines.stages.snapshot import snapshot_desa

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

DESA = ("21.04.07.2005", "21.04.07.2007", "21.04.00.0000")
PLACES = [{"kode_desa": kode} for kode in DESA]
PROGRAMMES = [{"program": "DTKS", "satuan": "orang"}, {"program": "PKH", "satuan": "keluarga"}]


def snapshot(make: Make, before: list[Row], now: list[Row], periode: Period) -> dict[tuple[str, str], Row]:
    """The snapshot after the changes between two periods, by desa and programme."""
    changes = make(
        fakta_perubahan, periode, fakta_kepesertaan=now, fakta_kepesertaan_lalu=before, dim_program=PROGRAMMES
    )
    found = make(
        snapshot_desa,
        periode,
        fakta_kepesertaan=now,
        fakta_perubahan=changes,
        dim_wilayah=PLACES,
        dim_program=PROGRAMMES,
    )
    assert len(found) == len(DESA) * len(PROGRAMMES)
    return {(r["kode_desa"], r["program"]): r for r in found}


def test_a_desa_that_the_region_table_has_no_more_is_left_in_numbers(make: Make) -> None:
    """Its people are counted out, and the identity holds."""
    gone = "21.04.99.2001"
    left = {"program": "DTKS", "kode_desa": gone, "jenis": "keluar"}
    found = make(
        snapshot_desa, Period("2024-06", "2024-05"), fakta_kepesertaan=[], fakta_perubahan=[left],
        dim_wilayah=PLACES, dim_program=PROGRAMMES,
    )  # fmt: skip
    assert [(r["jumlah"], r["keluar"]) for r in found if (r["kode_desa"], r["program"]) == (gone, "DTKS")] == [(0, 1)]


COUNTS = ("jumlah", "masuk", "keluar", "pindah_masuk", "pindah_keluar", "tetap")


def counts(row: Row) -> tuple[int, ...]:
    """The numbers of a row, in the order of COUNTS."""
    return tuple(row[c] for c in COUNTS)


def test_a_desa_without_members_is_a_row_of_zeros(make: Make) -> None:
    rows = snapshot(make, [], [], Period("2024-06", "2024-05"))
    assert {counts(row) for row in rows.values()} == {(0,) * 6}


def test_a_month_in_numbers(make: Make) -> None:
    pinang, teluk, _ = DESA
    before = [{"orang_id": o, "kode_desa": pinang} for o in ("OA", "OB", "OC", "OD")]
    now = [{"orang_id": "OA", "kode_desa": pinang}, {"orang_id": "OB", "kode_desa": teluk},
           {"orang_id": "OC", "kode_desa": pinang}, {"orang_id": "OE", "kode_desa": pinang}]  # fmt: skip
    rows = snapshot(make, before, now, Period("2024-06", "2024-05"))
    assert counts(rows[pinang, "DTKS"]) == (3, 1, 1, 0, 1, 2)
    assert counts(rows[teluk, "DTKS"]) == (1, 0, 0, 1, 0, 0)
    assert rows[pinang, "DTKS"]["satuan"] == "orang"


def test_the_first_period_has_no_changes(make: Make) -> None:
    """And says so: a reader must not take its zeros for a quiet month."""
    rows = snapshot(make, [], [{}], Period("2024-06"))
    assert counts(rows[DESA[0], "DTKS"]) == (1, 0, 0, 0, 0, 0)
    assert {row["periode_sebelum"] for row in rows.values()} == {None}
    later = snapshot(make, [], [{}], Period("2024-06", "2024-05"))
    assert {row["periode_sebelum"] for row in later.values()} == {"2024-05"}


@pytest.mark.parametrize("programme", ["DTKS", "PKH"])
def test_two_recipients_of_a_family_count_by_the_programme(make: Make, programme: str) -> None:
    now = [{"program": programme, "orang_id": o, "keluarga_id": "KA"} for o in ("OA", "OB")]
    rows = snapshot(make, [], now, Period("2024-06", "2024-05"))
    assert rows[DESA[0], programme]["jumlah"] == {"DTKS": 2, "PKH": 1}[programme]


MEMBERS = st.dictionaries(
    st.tuples(st.sampled_from(["DTKS", "PKH"]), st.integers(1, 8)), st.sampled_from(DESA), max_size=14
)  # fmt: skip


def members(drawn: dict[tuple[str, int], str]) -> list[Row]:
    """Membership: unit n is person O<n>, alone in family K<n>."""
    return [
        {"program": p, "orang_id": f"O{n}", "keluarga_id": f"K{n}", "kode_desa": kode} for (p, n), kode in drawn.items()
    ]


@settings(deadline=None, max_examples=4)
@given(MEMBERS, MEMBERS)
def test_the_numbers_add_up(make: Make, before: dict[tuple[str, int], str], now: dict[tuple[str, int], str]) -> None:
    rows = snapshot(make, members(before), members(now), Period("2024-06", "2024-05"))
    earlier = Counter((kode, p) for (p, _), kode in before.items())
    stayed = Counter((kode, p) for (p, n), kode in now.items() if before.get((p, n)) == kode)
    for place, row in rows.items():
        assert row["jumlah"] == sum(1 for (p, _), kode in now.items() if (kode, p) == place)
        moved = row["pindah_masuk"] - row["pindah_keluar"]
        assert row["jumlah"] == earlier[place] + row["masuk"] - row["keluar"] + moved
        assert row["tetap"] == stayed[place]
