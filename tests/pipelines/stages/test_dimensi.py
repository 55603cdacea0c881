"""Dimensions and evidence: a publication adds what is new and repeats nothing."""

from collections.abc import Callable
from typing import Any

import ibis.expr.types as ir
import pytest

from pipelines.stages.dimensi import dim_keluarga, dim_orang, dim_wilayah, kartu_keluarga, pengenal

Make = Callable[..., list[dict[str, Any]]]
Records = Callable[[ir.Table], list[dict[str, Any]]]
Row = dict[str, Any]

NIK, KK, NEW_KK = "2104070505800001", "2104070101100001", "2104070202200002"
VERSIONS: dict[str, tuple[Row, str, bool]] = {
    # the person now, his family now, whether a version begins
    "new": ({"berubah": True}, "KA", True),
    "unchanged": ({"keluarga_lalu": "KA"}, "KA", False),
    "something else than last published": ({"keluarga_lalu": "KA", "berubah": True}, "KA", True),
    "another family": ({"keluarga_lalu": "KA"}, "KB", True),
}


@pytest.fixture(scope="module")
def versions(make: Make) -> list[Row]:
    """The versions that begin, all cases in one run; case n is person O<n>."""
    keys = {case: {"orang": n, "orang_id": f"O{n}"} for n, case in enumerate(VERSIONS)}
    return make(
        dim_orang,
        orang=[now | keys[c] for c, (now, _, _) in VERSIONS.items()],
        anggota_keluarga=[keys[c] | {"keluarga_id": family} for c, (_, family, _) in VERSIONS.items()],
    )


@pytest.mark.parametrize("case", VERSIONS)
def test_a_version_begins_where_something_changed(versions: list[Row], case: str) -> None:
    found = [r for r in versions if r["orang_id"] == f"O{list(VERSIONS).index(case)}"]
    assert [r["berlaku_dari"] for r in found] == (["2024-06"] if VERSIONS[case][2] else [])


HEAD, WIFE = "KEPALA KELUARGA", "ISTRI"


def family(make: Make, *members: Row, before: tuple[Row, ...] = ()) -> Row | None:
    """The version of KA that begins, None where none does; members OA, OB ... hold the card KK."""
    keys = [f"O{letter}" for letter in "ABCDE"[: len(members)]]
    found = make(
        dim_keluarga,
        orang=[{"orang_id": key} | {c: v for c, v in m.items() if c != "sah"} for key,
            m in zip(keys, members, strict=True)],
        anggota_keluarga=[{"orang_id": key, "no_kk": m.get("no_kk", KK), "kartu_sah": m.get("sah", True)}
                          for key, m in zip(keys, members, strict=True)],
        dim_keluarga_lalu=list(before),
    )  # fmt: skip
    return found[0] if found else None


def test_a_family_has_its_card_its_head_and_the_desa_of_the_head(make: Make) -> None:
    found = family(
        make,
        {"hubungan_keluarga": WIFE, "kode_desa": "21.04.01.1001"},
        {"hubungan_keluarga": HEAD},
        {"no_kk": None},
    )
    assert found == {
        "keluarga_id": "KA", "no_kk": KK, "kepala_orang_id": "OB", "kode_desa": "21.04.07.2005",
        "berlaku_dari": "2024-06",
    }  # fmt: skip


def test_a_card_that_does_not_show_this_family_is_left_out(make: Make) -> None:
    found = family(make, {"no_kk": KK}, {"no_kk": NEW_KK, "sah": False})
    assert found and found["no_kk"] == KK


def test_what_this_period_does_not_tell_of_a_family_stays(make: Make) -> None:
    last = {"no_kk": KK, "kepala_orang_id": "OZ"}
    assert family(make, {"no_kk": None}, before=(last,)) is None
    found = family(make, {"no_kk": NEW_KK}, before=(last,))
    assert found and (found["no_kk"], found["kepala_orang_id"]) == (NEW_KK, "OZ")


def test_the_widow_heads_the_family_when_the_head_has_left_the_lists(make: Make) -> None:
    found = family(make, {"hubungan_keluarga": HEAD}, before=({"no_kk": KK, "kepala_orang_id": "OZ"},))
    assert found and found["kepala_orang_id"] == "OA"


def test_the_widow_heads_the_family_while_the_dead_head_is_still_listed(make: Make) -> None:
    found = family(make, {"hubungan_keluarga": HEAD, "status": "MENINGGAL"}, {"hubungan_keluarga": HEAD})
    assert found and found["kepala_orang_id"] == "OB"


def evidence(make: Make, *rows: Row) -> list[Row]:
    """The evidence that rows of OA add; known are NIK with KK, and KK alone from a list without NIK."""
    rows = tuple({"rid": at} | row for at, row in enumerate(rows))
    known = [{"nik": int(NIK), "no_kk": int(KK)}, {"nik": None, "no_kk": int(KK)}]
    links = [{"rid": row["rid"]} for row in rows]
    return make(pengenal, baris=list(rows), tautan=links, anggota_keluarga=[{}], dikenal=known)


def test_only_new_evidence_is_added(make: Make) -> None:
    found = evidence(make, *({"nik": NIK, "no_kk": card} for card in (KK, KK, NEW_KK, NEW_KK)))
    assert [(r["orang_id"], r["keluarga_id"], r["no_kk"], r["periode"]) for r in found] == [
        ("OA", "KA", NEW_KK, "2024-06")
    ]


def test_evidence_without_a_nik_is_not_repeated(make: Make) -> None:
    assert evidence(make, {"nik": None, "no_kk": KK}) == []


def test_what_a_masked_nik_showed_is_remembered(make: Make) -> None:
    (found,) = evidence(make, {"nik": None, "no_kk": NEW_KK, "nik12": NIK[:12]})
    assert (found["nik"], found["nik12"]) == (None, NIK[:12])


def test_what_a_masked_nik_shows_of_one_known_by_card_and_name_is_remembered_once(make: Make) -> None:
    (found,) = evidence(make, {"nik": None, "no_kk": KK, "nik12": NIK[:12]})
    assert (found["no_kk"], found["nik12"]) == (KK, NIK[:12])
    row = {"nik": None, "no_kk": KK, "nik12": NIK[:12]}
    known = {"nik": None, "no_kk": int(KK), "nik12": int(NIK[:12])}
    assert make(pengenal, baris=[row], tautan=[{}], anggota_keluarga=[{}], dikenal=[known]) == []


def test_only_a_new_and_sure_card_is_added(make: Make) -> None:
    members = [
        {"orang_id": "OA", "no_kk": KK}, {"orang_id": "OB", "no_kk": NEW_KK},
        {"orang_id": "OC", "no_kk": NEW_KK},
        {"orang_id": "OD", "no_kk": "2104070303300003", "kartu_sah": False},
        {"orang_id": "OE", "no_kk": None},
    ]  # fmt: skip
    found = make(kartu_keluarga, anggota_keluarga=members, kartu_keluarga_lalu=[{"no_kk": KK}])
    assert [(r["no_kk"], r["keluarga_id"], r["periode"]) for r in found] == [(NEW_KK, "KA", "2024-06")]


def test_the_regions_are_every_desa_and_one_for_the_unplaced(wilayah: ir.Table, records: Records) -> None:
    found = {r["kode_desa"]: r for r in records(dim_wilayah(wilayah))}
    assert len(found) == 85
    assert found["21.04.07.2005"]["nama_kecamatan"] == "Lingga Timur"
    assert found["21.04.00.0000"]["jenis"] == "belum diketahui"
