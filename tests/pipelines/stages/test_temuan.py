"""Findings: for every rule a case and its near misses, each in families of its own, all in one run.

A line is `list | person | family | more`; `more` may tell `status` (of the row; that of the first
is the person's), `nik`, `padan` (how the row was recognised), `nasib`, `salinan`, `desa` (P, where
nothing is told, R, or none). `nasib=-` is a row that was refused.
"""

from collections.abc import Callable, Collection
from typing import Any

import pytest

from pipelines.findings import RULES
from pipelines.stages.fakta import fakta_kepesertaan
from pipelines.stages.temuan import temuan

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

SOURCES = [
    {"sumber": s, "program": s.upper(), "satuan": satuan, "registri": s == "dtks",
     "registri_berlaku": s == "dtks", "memberi": s != "dtks",
     "dari_registri": s in ("pbi_jk", "pkh", "bpnt")}
    for s, satuan in (("dtks", "orang"), ("pbi_jk", "orang"), ("pkh", "keluarga"), ("bpnt", "keluarga"),
                      ("blt_dd", "keluarga"))
]  # fmt: skip

DESA = {"P": "21.04.07.2005", "R": "21.04.05.2009", "-": None}

# what the lists say; the findings, as rule and person or family
CASES: dict[str, tuple[str, Collection[tuple[str, str]]]] = {
    "BLT-DD and PKH": (
        "dtks | A | K\n blt_dd | A | K\n pkh | B | K", {("BLT_DD_DAN_PKH", "K")},
    ),
    "BLT-DD and BPNT": ("dtks | A | K\n blt_dd | A | K\n bpnt | A | K", {("BLT_DD_DAN_BPNT", "K")}),
    "PKH and BPNT together are lawful": ("dtks | A | K\n pkh | A | K\n bpnt | B | K", set()),
    "BLT-DD and PKH in two families": ("dtks | A | K\n blt_dd | A | K\n dtks | B | L\n pkh | B | L", set()),
    "BLT-DD and PBI": ("dtks | A | K\n blt_dd | A | K\n pbi_jk | A | K", set()),
    "BLT-DD asks for no registry": ("blt_dd | A | K", set()),
    "dead, and on a list": (
        "dtks | A | K | status=MENINGGAL\n pkh | A | K", {("MENINGGAL_MASIH_PESERTA", "A")},
    ),
    "dead, and on two lists: one finding": (
        "dtks | A | K | status=MENINGGAL\n pkh | A | K\n pbi_jk | A | K", {("MENINGGAL_MASIH_PESERTA", "A")},
    ),
    "dead, and on no list": ("dtks | A | K | status=MENINGGAL", set()),
    "dead, his widow draws": ("dtks | A | K | status=MENINGGAL\n dtks | B | K\n pkh | B | K", set()),
    "moved, and on a list": (
        "dtks | A | K | status=PINDAH\n dtks | B | K\n pbi_jk | A | K", {("PINDAH_MASIH_PESERTA", "A")},
    ),
    "moved, and on no list": ("dtks | A | K | status=PINDAH", set()),
    "moved, and on the list of the new desa": (
        "dtks | A | K | status=PINDAH\n dtks | B | K\n pbi_jk | A | K | desa=R", set(),
    ),
    "moved to a desa that registered them, and on the old list": (
        "dtks | A | K | desa=R\n dtks | A | K | status=PINDAH nasib=duplikat\n pbi_jk | A | K",
        {("PINDAH_MASIH_PESERTA", "A")},
    ),
    "moved to a desa that registered them, and on its list": (
        "dtks | A | K | desa=R\n dtks | A | K | status=PINDAH nasib=duplikat\n pbi_jk | A | K | desa=R", set(),
    ),
    "moved, on a list that names no desa": (
        "dtks | A | K | status=PINDAH\n dtks | B | K\n pbi_jk | A | K | desa=-", {("PINDAH_MASIH_PESERTA", "A")},
    ),
    "in no registry": ("pkh | A | K", {("PESERTA_DI_LUAR_REGISTRI", "K")}),
    "PBI in no registry": ("pbi_jk | A | K", {("PESERTA_DI_LUAR_REGISTRI", "K")}),
    "another of the family is registered": ("dtks | B | K\n pkh | A | K", set()),
    "removed from the registry": (
        "dtks | A | K | status=MENOLAK\n pkh | A | K", {("PESERTA_DI_LUAR_REGISTRI", "K")},
    ),
    "two recipients of a family": ("dtks | A | K\n pkh | A | K\n pkh | B | K", {("GANDA_PROGRAM", "K")}),
    "a recipient twice, otherwise written": (
        "dtks | A | K\n pkh | A | K\n pkh | A | K | nasib=duplikat", {("GANDA_PROGRAM", "K")},
    ),
    "a person twice on PBI": (
        "dtks | A | K\n pbi_jk | A | K\n pbi_jk | A | K | nasib=duplikat", {("GANDA_PROGRAM", "A")},
    ),
    "a person twice on the registry": (
        "dtks | A | K\n pkh | A | K\n dtks | A | K | nasib=duplikat", set(),
    ),
    "two families twice, one on two lists": (
        "dtks | A | K\n pkh | A | K\n pkh | B | K\n bpnt | A | K\n bpnt | B | K\n"
        " dtks | C | L\n pkh | C | L\n pkh | D | L",
        [("GANDA_PROGRAM", "K"), ("GANDA_PROGRAM", "K"), ("GANDA_PROGRAM", "L")],
    ),
    "a row copied": ("dtks | A | K\n pkh | A | K\n pkh | A | K | nasib=duplikat salinan=ya", set()),
    "two of a family on PBI": ("dtks | A | K\n pbi_jk | A | K\n pbi_jk | B | K", set()),
    "one NIK, two people": (
        "dtks | A | K | nik=1\n dtks | B | K | nik=1 padan=kk_nama_lahir\n pkh | A | K | nik=1",
        {("NIK_DUA_NAMA", "A"), ("NIK_DUA_NAMA", "B")},
    ),
    "one NIK, a stranger refused": (
        "dtks | A | K | nik=1\n pkh | A | K | nik=1\n bpnt | - | - | nik=1 nasib=-", {("NIK_DUA_NAMA", "A")},
    ),
    "one NIK, one person": (
        "dtks | A | K | nik=1\n pkh | A | K | nik=1\n bpnt | A | K | nik=1 padan=nik_nama_lain", set(),
    ),
    "a refused row with a NIK of nobody": (
        "dtks | A | K | nik=1\n pkh | A | K | nik=1\n bpnt | - | - | nik=2 nasib=-", set(),
    ),
    "two NIKs, one person": (
        "dtks | A | K | nik=1\n pkh | A | K | nik=2 padan=kk_nama_lahir", {("DUA_NIK_SATU_ORANG", "A")},
    ),
    "a NIK and none": ("dtks | A | K | nik=1\n pkh | A | K | padan=kk_nama", set()),
    "registered, and nothing": ("dtks | A | K\n dtks | B | K", {("DTKS_TANPA_BANTUAN", "K")}),
    "registered, another of the family draws": ("dtks | A | K\n pbi_jk | B | K", set()),
    "removed, and nothing": ("dtks | A | K | status=MAMPU", set()),
    "able, and drawing": (
        "dtks | A | K | status=MAMPU\n dtks | B | K\n pkh | B | K", {("TIDAK_LAYAK_MASIH_PESERTA", "K")},
    ),
    "a teacher in the family": (
        "dtks | A | K | status=ADA_ANGGOTA_ASN_TNI_POLRI_GURU\n dtks | B | K\n bpnt | B | K",
        {("TIDAK_LAYAK_MASIH_PESERTA", "K")},
    ),
    "a double removed, the family draws": ("dtks | A | K | status=GANDA\n dtks | B | K\n bpnt | B | K",
        set()),
    "able, and another family draws": (
        "dtks | A | K | status=MAMPU\n dtks | B | L\n pkh | B | L", set(),
    ),
}  # fmt: skip


def tables() -> dict[str, list[Row]]:
    """What the lists of all cases become before findings are sought; keys carry the number of their case."""
    baris: list[Row] = []
    tautan: list[Row] = []
    persons: dict[str, Row] = {}
    for n, (text, _) in enumerate(CASES.values()):
        for line in text.splitlines():
            sumber, who, family, *more = (cell.strip() for cell in line.split("|"))
            told = dict(pair.split("=") for pair in (more[0].split() if more else []))
            rid, status = len(baris), told.get("status", "AKTIF")
            nik = f"21{n:04}050580000{told['nik']}" if "nik" in told else None
            baris.append({"rid": rid, "baris": rid + 1, "sumber": sumber, "status": status, "nik": nik,
                          "kode_desa": DESA[told.get("desa", "P")]})  # fmt: skip
            if told.get("nasib") == "-":
                continue
            key = f"{who}{n}"
            persons.setdefault(key, {"orang_id": key, "keluarga_id": f"{family}{n}", "status": status,
                                     "kode_desa": baris[-1]["kode_desa"]})  # fmt: skip
            tautan.append({"rid": rid, "sumber": sumber, "orang_id": key,
                "cara_padan": told.get("padan", "nik"),
                           "nasib": told.get("nasib", "dimuat"), "salinan": "salinan" in told})  # fmt: skip
    return {
        "baris": baris, "tautan": tautan, "program_sumber": SOURCES,
        "orang": [{c: p[c] for c in ("orang_id", "status", "kode_desa")} for p in persons.values()],
        "anggota_keluarga": [{c: p[c] for c in ("orang_id", "keluarga_id")} for p in persons.values()],
    }  # fmt: skip


@pytest.fixture(scope="module")
def findings(make: Make) -> list[Row]:
    """Every finding of every case."""
    given = tables()
    return make(temuan, fakta_kepesertaan=make(fakta_kepesertaan, **given), **given)


@pytest.mark.parametrize("case", CASES)
def test_what_the_lists_say_is_found_and_nothing_else(findings: list[Row], case: str) -> None:
    n = str(list(CASES).index(case))
    found = [(r["aturan"], r["orang_id"] or r["keluarga_id"]) for r in findings if r["keluarga_id"][1:] == n]
    assert sorted(found) == sorted((rule, unit + n) for rule, unit in CASES[case][1])


def test_a_removal_stands_though_no_list_names_him_any_more(make: Make) -> None:
    """A family is not in need again because its able member has left the registry's list."""
    unit = f"L{list(CASES).index('able, and another family draws')}"
    given = tables()
    found = make(
        temuan, fakta_kepesertaan=make(fakta_kepesertaan, **given), **given,
        dim_orang_lalu=[{"orang_id": "DULU", "keluarga_id": unit, "status": "MAMPU"}],
    )  # fmt: skip
    assert "TIDAK_LAYAK_MASIH_PESERTA" in {r["aturan"] for r in found if r["keluarga_id"] == unit}


def test_every_rule_has_a_case() -> None:
    assert {rule for _, expected in CASES.values() for rule, _ in expected} == {rule.aturan for rule in RULES}


def test_a_finding_says_what_where_and_by_which_law(findings: list[Row]) -> None:
    columns = ("keterangan", "dasar_hukum", "kode_desa", "tingkat", "periode", "keluarga_id")
    assert all(r[c] for r in findings for c in columns)
    assert {r["status"] for r in findings} == {"terbuka"}


def test_the_key_of_a_finding_follows_from_its_substance(findings: list[Row], make: Make) -> None:
    keys = [r["temuan_id"] for r in findings]
    assert len(set(keys)) == len(keys)
    given = {name: list_[::-1] for name, list_ in tables().items()}
    again = make(temuan, fakta_kepesertaan=make(fakta_kepesertaan, **given), **given)
    assert {r["temuan_id"] for r in again} == set(keys)
