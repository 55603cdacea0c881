"""Findings: for every rule a case and its near misses, each in families of its own, all in one run.

A line is `list | person | family | more`; `more` may tell `status` (of the row; that of the first
is the person's), `nik`, `padan` (how the row was recognised), `nasib`, `salinan`, `desa` (P, where
nothing is told, R, or none), `lahir` (of the person), `segmen` (its blanks as `_`), `nominal`, `desil`.
`nasib=-` is a row that was refused.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import pytest

from pipelines.findings import KINDS
from pipelines.period import Period
from pipelines.sources import REGISTER
from pipelines.stages.fakta import fakta_kepesertaan
from pipelines.stages.temuan import temuan_kini
from resources.rulebook import shipped_rules

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

SOURCES = [
    {"sumber": s, "program": s.upper(), "satuan": satuan, "registri": s in ("dtks", "dtsen"),
     "registri_berlaku": s in ("dtks", "dtsen"), "memberi": s not in ("dtks", "dtsen"),
     "dari_registri": s in ("pbi_jk", "pkh", "bpnt")}
    for s, satuan in (("dtks", "orang"), ("dtsen", "keluarga"), ("pbi_jk", "orang"), ("pkh", "keluarga"),
                      ("bpnt", "keluarga"), ("blt_dd", "keluarga"))
]  # fmt: skip
LATER = Period("2025-06", "2025-05")  # every rule is in force
RULES = shipped_rules(REGISTER).at(LATER.kini)

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
    "of age next month": (
        "dtks | A | K | lahir=2008-07-01\n pkh | A | K", {("PENERIMA_DI_BAWAH_UMUR", "A")},
    ),
    "of age this month": ("dtks | A | K | lahir=2008-06-30\n pkh | A | K", set()),
    "a recipient whose birth nobody tells": ("dtks | A | K\n pkh | A | K", set()),
    "a child registered, its mother draws": (
        "dtks | A | K | lahir=2020-01-01\n dtks | B | K | lahir=1990-01-01\n pkh | B | K", set(),
    ),
    "a child insured": ("dtks | A | K | lahir=2020-01-01\n pbi_jk | A | K", set()),
    "a child who draws twice over": (
        "dtks | A | K | lahir=2015-01-01\n pkh | A | K\n bpnt | A | K",
        [("PENERIMA_DI_BAWAH_UMUR", "A"), ("PENERIMA_DI_BAWAH_UMUR", "A")],
    ),
    "insured by two purses": (
        "dtks | A | K\n pbi_jk | A | K | segmen=PBI_APBN\n pbi_jk | A | K | segmen=APBD nasib=duplikat",
        {("PBI_JK_DUA_SEGMEN", "A"), ("GANDA_PROGRAM", "A")},
    ),
    "insured twice by one purse, called two names": (
        "dtks | A | K\n pbi_jk | A | K | segmen=PBI_APBN\n pbi_jk | A | K | segmen=APBN nasib=duplikat",
        {("GANDA_PROGRAM", "A")},
    ),
    "insured by one purse, by the other no more": (
        "dtks | A | K\n pbi_jk | A | K | segmen=PBI_APBN\n"
        " pbi_jk | A | K | segmen=APBD nasib=duplikat status=NONAKTIF", {("GANDA_PROGRAM", "A")},
    ),
    "two of a family, insured by a purse each": (
        "dtks | A | K\n pbi_jk | A | K | segmen=PBI_APBN\n pbi_jk | B | K | segmen=PBI_APBD", set(),
    ),
    "a month": ("blt_dd | A | K | nominal=300000", set()),
    "a quarter": ("blt_dd | A | K | nominal=900000", set()),
    "four months at once": ("blt_dd | A | K | nominal=1200000", {("BLT_DD_NOMINAL_LAIN", "K")}),
    "no whole month": ("blt_dd | A | K | nominal=450000", {("BLT_DD_NOMINAL_LAIN", "K")}),
    "nothing paid": ("blt_dd | A | K | nominal=0", {("BLT_DD_NOMINAL_LAIN", "K")}),
    "an amount of another programme": ("dtks | A | K\n pkh | A | K | nominal=225000", set()),
    "a decile too high": (
        "dtsen | A | K | desil=6\n pkh | A | K\n pbi_jk | A | K",
        [("DESIL_DI_ATAS_BATAS", "K"), ("DESIL_DI_ATAS_BATAS", "K")],
    ),
    "the last decile that may": ("dtsen | A | K | desil=5\n pkh | A | K", set()),
    "a decile too high, told of the head alone": (
        "dtsen | A | K | desil=9\n dtsen | B | K\n bpnt | B | K", {("DESIL_DI_ATAS_BATAS", "K")},
    ),
    "a decile too high, and aid of the desa": ("dtsen | A | K | desil=9\n blt_dd | A | K", set()),
    "not ranked": ("dtsen | A | K\n pkh | A | K", {("DESIL_BELUM_ADA", "K")}),
    "in a registry without deciles": ("dtks | A | K\n pkh | A | K", set()),
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
                          "kode_desa": DESA[told.get("desa", "P")],
                          "segmen": told["segmen"].replace("_", " ") if "segmen" in told else None,
                          **{c: int(told[c]) for c in ("nominal", "desil") if c in told}})  # fmt: skip
            if told.get("nasib") == "-":
                continue
            key = f"{who}{n}"
            born = date.fromisoformat(told["lahir"]) if "lahir" in told else None
            persons.setdefault(key, {"orang_id": key, "keluarga_id": f"{family}{n}", "status": status,
                                     "kode_desa": baris[-1]["kode_desa"], "tanggal_lahir": born})  # fmt: skip
            tautan.append({"rid": rid, "sumber": sumber, "orang_id": key,
                "cara_padan": told.get("padan", "nik"),
                           "nasib": told.get("nasib", "dimuat"), "salinan": "salinan" in told})  # fmt: skip
    return {
        "baris": baris, "tautan": tautan, "program_sumber": SOURCES,
        "orang": [{c: p[c] for c in ("orang_id", "status", "kode_desa", "tanggal_lahir")} for p in persons.values()],
        "anggota_keluarga": [{c: p[c] for c in ("orang_id", "keluarga_id")} for p in persons.values()],
    }  # fmt: skip


def made(make: Make, given: dict[str, list[Row]], **more: list[Row]) -> list[Row]:
    """The findings of what the lists say."""
    return make(temuan_kini, LATER, fakta_kepesertaan=make(fakta_kepesertaan, LATER, **given), **given, **more)


@pytest.fixture(scope="module")
def findings(make: Make) -> list[Row]:
    """Every finding of every case."""
    given = tables()
    return made(make, given)


@pytest.mark.parametrize("case", CASES)
def test_what_the_lists_say_is_found_and_nothing_else(findings: list[Row], case: str) -> None:
    n = str(list(CASES).index(case))
    found = [(r["aturan"], r["orang_id"] or r["keluarga_id"]) for r in findings if r["keluarga_id"][1:] == n]
    assert sorted(found) == sorted((rule, unit + n) for rule, unit in CASES[case][1])


def test_a_removal_stands_though_no_list_names_him_any_more(make: Make) -> None:
    """A family is not in need again because its able member has left the registry's list."""
    unit = f"L{list(CASES).index('able, and another family draws')}"
    given = tables()
    found = made(make, given, dim_orang_lalu=[{"orang_id": "DULU", "keluarga_id": unit, "status": "MAMPU"}])
    assert "TIDAK_LAYAK_MASIH_PESERTA" in {r["aturan"] for r in found if r["keluarga_id"] == unit}


def test_every_rule_has_a_case() -> None:
    assert {rule for _, expected in CASES.values() for rule, _ in expected} == {rule.aturan for rule in RULES}
    assert {rule.jenis for rule in RULES} == KINDS.keys()


def test_a_finding_says_what_where_and_by_which_law(findings: list[Row]) -> None:
    columns = ("keterangan", "dasar_hukum", "kode_desa", "tingkat", "periode", "keluarga_id", "sidik")
    assert all(r[c] for r in findings for c in columns)
    assert not any("{" in r["keterangan"] for r in findings)
    laws = {r["dasar_hukum"] for r in findings if r["aturan"] == "PESERTA_DI_LUAR_REGISTRI"}
    assert laws == {"Inpres 4/2025; Permensos 3/2025"}


def test_the_key_of_a_finding_follows_from_its_substance(findings: list[Row], make: Make) -> None:
    """And its fingerprint from the evidence, in whatever order, from whatever file and row."""
    keys = [r["temuan_id"] for r in findings]
    assert len(set(keys)) == len(keys)
    given = {name: list_[::-1] for name, list_ in tables().items()}
    given["baris"] = [row | {"berkas": "2025-06/lain.csv", "baris": row["baris"] + 7} for row in given["baris"]]
    again = {r["temuan_id"]: r["sidik"] for r in made(make, given)}
    assert again == {r["temuan_id"]: r["sidik"] for r in findings}


def test_other_evidence_has_another_fingerprint(findings: list[Row], make: Make) -> None:
    """The same family on the same two lists, by another recipient."""
    case = list(CASES).index("BLT-DD and BPNT")
    given = tables()
    other = {"orang_id": f"X{case}", "keluarga_id": f"K{case}"}
    given["orang"].append({"orang_id": other["orang_id"]})
    given["anggota_keluarga"].append(other)
    bpnt = case_row(case, "bpnt")
    given["tautan"] = [t | ({"orang_id": other["orang_id"]} if t["rid"] == bpnt else {}) for t in given["tautan"]]
    before, after = (
        next(r for r in rows if (r["aturan"], r["keluarga_id"]) == ("BLT_DD_DAN_BPNT", f"K{case}"))
        for rows in (findings, made(make, given))
    )
    assert before["temuan_id"] == after["temuan_id"] and before["sidik"] != after["sidik"]


def case_row(case: int, sumber: str) -> int:
    """The rid of a case's only row on a list."""
    lines = [line.split("|")[0].strip() for text, _ in CASES.values() for line in text.splitlines()]
    first = sum(len(text.splitlines()) for text, _ in list(CASES.values())[:case])
    return lines.index(sumber, first)


def test_without_a_rule_nothing_is_found(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.rulebook.Rulebook.at", lambda *_: ())
    assert made(make, tables()) == []
