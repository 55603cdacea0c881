"""Which desa a row means: names as people write them, moved desa, codes of two systems (domain.md 3)."""

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from pipelines.regions import PLACE, fold_place, places_called, resolve_desa, unknown_desa, wilayah_kode, wilayah_kunci

Each = Callable[..., list[Any]]
Records = Callable[[ir.Table], list[dict[str, Any]]]

SUNGAI_PINANG, TEMIANG, TELUK = "21.04.07.2005", "21.04.12.2001", "21.04.07.2007"

FOLDED = (
    ("SUNGAI PINANG",
        ("SEI PINANG", "Sei. Pinang", "S. PINANG", "S.PINANG", "DS. SUNGAI PINANG", "DESA SUNGAI PINANG",
                       "Desa : Sungai Pinang", "SUNGAIPINANG", "SEIPINANG", " Sungai  Pinang ",
                       "DS SEI PINANG")),
    ("SUNGAI LUMPUR", ("Sungailumpur", "Kel. Sungailumpur", "KELURAHAN SUNGAI LUMPUR")),
    ("LINGGA TIMUR", ("KEC. LINGGA TIMUR", "Kecamatan Lingga Timur", "LINGGATIMUR", "KEC LINGGA TIMUR")),
    ("PULAU MEDANG", ("P. MEDANG", "PULAUMEDANG", "PL. MEDANG")),
    ("TANJUNG HARAPAN", ("TG. HARAPAN", "TJ HARAPAN", "TANJONG HARAPAN")),
)  # fmt: skip
APART = (
    ("SUNGAI PINANG", "PINANG"), ("SUNGAI RAYA", "RAYA"), ("KELOMBOK", "LOMBOK"), ("KELUMU", "UMU"),
    ("DESA", "DABO"),
    ("SEKANAH", "SUNGAI KANAH"), ("PENUBA", "PENUBA TIMUR"), ("RESUN", "RESUN PESISIR"),
    ("DABO", "DABO LAMA"),
)  # fmt: skip

# (kecamatan, desa, code), the system that the source declares, desa, reason
PLACES = (
    (("LINGGA TIMUR", "SUNGAI PINANG", ""), "", SUNGAI_PINANG, ""),
    (("Kec. Lingga Timur", "Ds. Sei Pinang", ""), "", SUNGAI_PINANG, ""),
    (("LINGGA TIMUR", "S. PINANG", ""), "", SUNGAI_PINANG, ""),
    (("", "SUNGAIPINANG", ""), "", SUNGAI_PINANG, ""),
    (("SINGKEP", "SUNGAI LUMPUR", ""), "", "21.04.01.1012", ""),
    (("LINGGA UTARA", "SUNGAI BESAR", ""), "", "21.04.05.2009", ""),
    (("SINGKEP SELATAN", "BERHALA", ""), "", "21.04.09.2002", ""),
    # moved desa under the old kecamatan and under the new one
    (("SENAYANG", "TEMIANG", ""), "", TEMIANG, ""),
    (("TEMIANG PESISIR", "TEMIANG", ""), "", TEMIANG, ""),
    (("LINGGA UTARA", "TELUK", ""), "", TELUK, ""),
    (("LINGGA TIMUR", "TELUK", ""), "", TELUK, ""),
    # one word is a kecamatan and a desa
    (("SENAYANG", "SENAYANG", ""), "", "21.04.03.1001", ""),
    (("SELAYAR", "SELAYAR", ""), "", "21.04.08.2001", ""),
    # codes
    (("", "", "21.04.07.2005"), "", SUNGAI_PINANG, ""),
    (("", "", "21.04.07.2005"), "bps", SUNGAI_PINANG, ""),
    (("", "", "2104072005"), "kemendagri", SUNGAI_PINANG, ""),
    (("", "", "21.04.03.2005"), "", TEMIANG, ""),
    (("LINGGA TIMUR", "SUNGAI PINANG", "2104072005"), "kemendagri", SUNGAI_PINANG, ""),
    # 2104032005 is Sungai Pinang of BPS and the old Temiang of Kemendagri
    (("LINGGA TIMUR", "SUNGAI PINANG", "2104032005"), "bps", SUNGAI_PINANG, ""),
    (("LINGGA TIMUR", "SUNGAI PINANG", "bps 2104032005"), "kemendagri", SUNGAI_PINANG, ""),  # as the operator answered
    (("SENAYANG", "TEMIANG", "bps 2104032005"), "kemendagri", None, "desa_bertentangan"),
    (("SENAYANG", "TEMIANG", "2104032005"), "kemendagri", TEMIANG, ""),
    (("LINGGA TIMUR", "SUNGAI PINANG", "2104032005"), "kemendagri", None, "desa_bertentangan"),
    (("TEMIANG PESISIR", "TEMIANG", "2104032005"), "bps", None, "desa_bertentangan"),
    (("SENAYANG", "SENAYANG", "2104031001"), "bps", None, "desa_bertentangan"),
    (("SENAYANG", "SENAYANG", "2104031001"), "kemendagri", "21.04.03.1001", ""),
    (("SINGKEP", "DABO", "2104011001"), "bps", None, "desa_bertentangan"),
    # and without a name nothing tells whether the sender kept to the system of the source
    (("", "", "2104032005"), "bps", None, "kode_desa_ganda"),
    (("LINGGA TIMUR", "", "2104032005"), "kemendagri", None, "kode_desa_ganda"),
    (("", "", "2104011001"), "kemendagri", None, "kode_desa_ganda"),
    (("", "", "21.04.01.1001"), "bps", "21.04.01.1001", ""),
    # an undotted code of a source that declares no system says nothing
    (("LINGGA TIMUR", "SUNGAI PINANG", "2104032005"), "", SUNGAI_PINANG, ""),
    (("", "", "2104032005"), "", None, "desa_tak_dikenal"),
    # one whose senders write either counts where the code means one desa only
    (("LINGGA TIMUR", "SUNGAI PINANG", "2104032005"), "mana_saja", SUNGAI_PINANG, ""),
    (("SENAYANG", "TEMIANG", "2104032005"), "mana_saja", TEMIANG, ""),
    (("", "", "2104072005"), "mana_saja", SUNGAI_PINANG, ""),
    (("", "", "2104032005"), "mana_saja", None, "desa_tak_dikenal"),
    (("", "TEMIANG", "2104072005"), "mana_saja", None, "desa_bertentangan"),
    # contradictions, unknown and unnamed
    (("SINGKEP", "SUNGAI PINANG", ""), "", None, "desa_bertentangan"),
    (("LINGGA TIMUR", "NEGERI ENTAH", "21.04.07.2005"), "", None, "desa_bertentangan"),
    (("LINGGA TIMUR", "NEGERI ENTAH", ""), "", None, "desa_tak_dikenal"),
    (("LINGGA TIMUR", "PINANG", ""), "", None, "desa_tak_dikenal"),
    (("", "", "9999999999"), "kemendagri", None, "desa_tak_dikenal"),
    # the names of desa are alike in other kabupaten
    (("KARIMUN", "MORO", "RAYA", ""), "", None, "desa_tak_dikenal"),
    (("", "MORO", "RAYA", ""), "", None, "desa_tak_dikenal"),
    (("KARIMUN", "LINGGA TIMUR", "SUNGAI PINANG", ""), "", None, "desa_bertentangan"),
    (("KOTA BATAM", "", "", "21.04.07.2005"), "", None, "desa_bertentangan"),
    (("KAB. LINGGA", "LINGGA TIMUR", "SUNGAI PINANG", ""), "", SUNGAI_PINANG, ""),
    (("LINGGA KEPULAUAN RIAU", "LINGGA TIMUR", "SUNGAI PINANG", ""), "", SUNGAI_PINANG, ""),
    (("LINGA", "LINGGA TIMUR", "SUNGAI PINANG", ""), "", SUNGAI_PINANG, ""),
    (("2104", "LINGGA TIMUR", "SUNGAI PINANG", ""), "", SUNGAI_PINANG, ""),
    # a kecamatan misspelt is near to that of the desa, or the code is a second witness
    (("LINGA TIMUR", "SUNGAI PINANG", ""), "", SUNGAI_PINANG, ""),
    (("LINGGA TIMURR", "SEI PINANG", ""), "", SUNGAI_PINANG, ""),
    (("KECAMATAN KAMI", "SUNGAI PINANG", "21.04.07.2005"), "", SUNGAI_PINANG, ""),
    (("KECAMATAN KAMI", "SUNGAI PINANG", "21.04.03.2005"), "", None, "desa_bertentangan"),
    (("LINGGA TIMUR", "", ""), "", None, ""),
    (("", "", ""), "", None, ""),
)  # fmt: skip


def _whole(place: tuple[str, ...]) -> tuple[str, ...]:
    """With the kabupaten before it where a case names none."""
    return place if len(place) == len(PLACE) else ("", *place)


@pytest.fixture(scope="module")
def resolved(wilayah: ir.Table, records: Records) -> dict[tuple[tuple[str, ...], str], tuple[str | None, str]]:
    """Every place of PLACES, resolved with one query a code system."""
    kunci, kode = wilayah_kunci(wilayah), wilayah_kode(wilayah)
    found = {}
    for system in ("", "bps", "kemendagri", "mana_saja"):
        places = [_whole(place) for place, declared, _, _ in PLACES if declared == system]
        table = ibis.memtable(pa.Table.from_pylist([dict(zip(PLACE, p, strict=True)) for p in places]))
        for row in records(resolve_desa(table, kunci, kode, system)):
            place = tuple(row[c] for c in PLACE)
            assert (place, system) not in found, "one place became two rows"
            found[place, system] = (row["kode_desa"], row["desa_alasan"])
    return found


@pytest.mark.parametrize(("place", "system", "kode_desa", "reason"), PLACES)
def test_a_place_is_one_desa_or_a_reason(
    resolved: dict[Any, Any], place: tuple[str, ...], system: str, kode_desa: str | None, reason: str
) -> None:
    assert resolved[_whole(place), system] == (kode_desa, reason)


def test_spellings_of_a_place_fold_together(each: Each) -> None:
    texts = [text for plain, spellings in FOLDED for text in (plain, *spellings)]
    folded = dict(zip(texts, each(fold_place, texts), strict=True))
    assert [(s, folded[s]) for plain, others in FOLDED for s in others if folded[s] != folded[plain]] == []


def test_two_places_stay_apart(each: Each) -> None:
    texts = sorted({text for pair in APART for text in pair})
    folded = dict(zip(texts, each(fold_place, texts), strict=True))
    assert [pair for pair in APART if folded[pair[0]] == folded[pair[1]]] == []


def test_every_desa_answers_to_its_own_name(wilayah: ir.Table, records: Records) -> None:
    kunci = {(r["kunci_kecamatan"], r["kunci_desa"]): r["kode_desa"] for r in records(wilayah_kunci(wilayah))}
    rows = records(wilayah.select(
        "kode_desa", kecamatan=fold_place(wilayah.nama_kecamatan), desa=fold_place(wilayah.nama_desa)
    ))  # fmt: skip
    assert [r["kode_desa"] for r in rows if kunci.get((r["kecamatan"], r["desa"])) != r["kode_desa"]] == []


def test_a_name_that_two_desa_share_needs_its_kecamatan(wilayah: ir.Table, records: Records) -> None:
    twice = wilayah.union(
        wilayah.filter(wilayah.kode_desa == TELUK).mutate(
            kode_desa=ibis.literal("21.04.01.2999"), kode_kecamatan=ibis.literal("21.04.01"),
            nama_kecamatan=ibis.literal("Singkep"), kode_lama=ibis.null("string"),
        )
    )  # fmt: skip
    kunci = {(r["kunci_kecamatan"], r["kunci_desa"]): r["kode_desa"] for r in records(wilayah_kunci(twice))}
    assert kunci["LINGGATIMUR", "TELUK"] == TELUK
    assert kunci["SINGKEP", "TELUK"] == "21.04.01.2999"
    assert ("", "TELUK") not in kunci


# What somebody types, and the desa that it may mean with the letters that differ; the first is the likeliest.
CALLED = (
    ("21.04.07.2005", (SUNGAI_PINANG, 0)), ("2104072005", (SUNGAI_PINANG, 0)), ("Sungai Pinang", (SUNGAI_PINANG, 0)),
    ("desa sei. pinang", (SUNGAI_PINANG, 0)), ("SUNGAI PINAG", (SUNGAI_PINANG, 1)), ("Teluk", (TELUK, 0)),
    ("21.04.07", None), ("Atlantis", None), ("", None),
)  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), CALLED)
def test_a_desa_is_called_by_code_or_name(
    wilayah: ir.Table, records: Records, said: str, meant: tuple[str, int] | None
) -> None:
    found = [(r["kode_desa"], r["beda"]) for r in records(places_called(wilayah, said))]
    assert (found[0] if found else None) == meant
    assert len([beda for _, beda in found if beda == 0]) == int(bool(meant and meant[1] == 0))


def test_two_desa_of_one_name_are_both_meant(wilayah: ir.Table, records: Records) -> None:
    twin = wilayah.filter(wilayah.kode_desa == TELUK).mutate(kode_desa=ibis.literal("21.04.01.2999"))
    found = records(places_called(wilayah.union(twin), "teluk"))
    assert [r["kode_desa"] for r in found if r["beda"] == 0] == ["21.04.01.2999", TELUK]


def test_a_code_names_one_desa_in_each_system(wilayah: ir.Table, records: Records) -> None:
    codes = records(wilayah_kode(wilayah))
    named = {(r["kode_sistem"], r["kode"]): r["kode_desa"] for r in codes}
    assert len(named) == len(codes)
    assert named["bps", "2104032005"] == SUNGAI_PINANG
    assert named["kemendagri", "2104032005"] == TEMIANG


def test_an_old_code_of_two_desa_names_neither(wilayah: ir.Table, records: Records) -> None:
    """A desa was split, and both kept the code of the whole: only their own codes still tell them apart."""
    parts = wilayah.filter(wilayah.kode_desa.isin([TELUK, SUNGAI_PINANG])).mutate(
        kode_lama=ibis.literal("21.04.99.2001")
    )
    codes = records(wilayah_kode(parts))
    assert {r["kode_desa"] for r in codes} == {TELUK, SUNGAI_PINANG}
    assert "2104992001" not in {r["kode"] for r in codes}


def test_a_kabupaten_has_one_place_for_the_unplaced(wilayah: ir.Table, records: Records) -> None:
    assert records(unknown_desa(wilayah)) == [{"kode_kabupaten": "21.04", "kode_desa": "21.04.00.0000"}]
