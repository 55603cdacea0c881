"""Fates of linked rows: loaded, repaired, or a repetition of another row of the same list."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.declaration import by_trust
from pipelines.sources import REGISTER
from pipelines.stages.baris import ORDER_BITS
from pipelines.stages.dimensi import pengenal
from pipelines.stages.tautan import dikenal, langkah, tautan
from pipelines.tables import columns_of

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

NIK, OTHER, MOVER, PAID_TWICE = "2104070505800001", "2104074606900001", "2104070707700001", "2104070808800001"
KK = "2104070101100001"
ORDER = {source.name: at << ORDER_BITS for at, source in enumerate(by_trust(REGISTER))}


def row(sumber: str, at: int, **more: Any) -> Row:
    """A row of BUDI, with his NIK and No KK unless the case says otherwise."""
    usual = {"nik": NIK, "nik_jenis": "sah", "no_kk": KK, "lahir": "050580"}
    return usual | {"sumber": sumber, "baris": at, "rid": ORDER[sumber] + at} | more


LISTS = (
    row("dtks", 1),
    row("dtks", 2, nama_baku="SITI", nik=OTHER, lahir="060690"),
    row("dtks", 3),
    row("dtks", 4, no_kk="2104070202200002"),
    row("dtks", 5, alasan="nama_kosong ", nama_baku=None),
    row("pkh", 1, nik=None, nik_jenis="rusak", lahir=None, nik15=NIK[:15]),
    row("pkh", 2),
    row("bpnt", 1, nik=None, nik_jenis="kosong", lahir=None),
    row("bpnt", 2, nik=None, nik_jenis="rusak", lahir=None, no_kk=None, nama_baku="ENTAH"),
    row("blt_dd", 1, nik=None, nik_jenis="tak_ada", lahir=None),
    row("blt_dd", 2, nama_baku="ROSMAH", nik=PAID_TWICE, lahir="080880", nominal=300_000),
    row("blt_dd", 3, nama_baku="ROSMAH", nik=PAID_TWICE, lahir="080880", nominal=600_000),
    row("blt_dd", 4, nama_baku="ROSMAH", nik=PAID_TWICE, lahir="080880", nominal=300_000),
    row("pbi_jk", 1, nik=None, nik_jenis="tersamar", nik12=NIK[:12]),
    row("dtks", 6, nama_baku="ALI", nik=MOVER, lahir="070770", status="PINDAH"),
    row("dtks", 7, nama_baku="ALI", nik=MOVER, lahir="070770", kode_desa="21.04.05.2009"),
)
FATES = {
    ("dtks", 1): ("dimuat", False),
    ("dtks", 2): ("dimuat", False),
    ("dtks", 3): ("duplikat", True),  # the same in every column
    ("dtks", 4): ("duplikat", False),  # the same person, another family card
    ("dtks", 6): ("duplikat", False),  # he stands in his new desa; the old one's row, though first, says that he left
    ("dtks", 7): ("dimuat", False),
    ("pkh", 1): ("duplikat", False),  # the row with its own sound NIK is kept, though it comes later
    ("pkh", 2): ("dimuat", False),
    ("bpnt", 1): ("diperbaiki", False),  # an empty NIK, found by family and name
    ("blt_dd", 1): ("dimuat", False),  # a file without a NIK column has nothing to repair
    ("blt_dd", 2): ("dimuat", False),
    ("blt_dd", 3): ("duplikat", False),  # another sum: he is paid twice
    ("blt_dd", 4): ("duplikat", True),
    ("pbi_jk", 1): ("dimuat", False),  # a masked NIK is lawful
}


@pytest.fixture(scope="module")
def linked(make: Make) -> dict[tuple[str, int], Row]:
    """The linked rows of LISTS, by list and row."""
    found = make(tautan, baris=list(LISTS), langkah=make(langkah, baris=list(LISTS)))
    return {(r["sumber"], r["rid"] - ORDER[r["sumber"]]): r for r in found}


def test_every_linked_row_has_its_fate(linked: dict[tuple[str, int], Row]) -> None:
    assert {place: (r["nasib"], r["salinan"]) for place, r in linked.items()} == FATES


def test_refused_and_unidentified_rows_are_absent(linked: dict[tuple[str, int], Row]) -> None:
    assert linked.keys().isdisjoint({("dtks", 5), ("bpnt", 2)})


def test_all_rows_of_a_person_carry_one_number(linked: dict[tuple[str, int], Row]) -> None:
    others = {("dtks", 2), ("dtks", 6), ("dtks", 7), ("blt_dd", 2), ("blt_dd", 3), ("blt_dd", 4)}
    assert len({r["orang"] for place, r in linked.items() if place not in others}) == 1
    assert linked["dtks", 2]["orang"] != linked["dtks", 1]["orang"]


def test_which_row_is_kept_follows_from_what_rows_say(make: Make) -> None:
    """Two rows of one person on one list that differ: turned round, the same one is kept."""
    told = [{"no_kk": KK, "nama": "BUDI"}, {"no_kk": "2104070202200002", "nama": "BUDI S"}]
    kept = set()
    for order in (told, told[::-1]):
        rows = [row("dtks", at, **cells) for at, cells in enumerate(order, 1)]
        links = make(tautan, baris=rows, langkah=make(langkah, baris=rows))
        (rid,) = (link["rid"] for link in links if link["nasib"] == "dimuat")
        kept |= {r["nama"] for r in rows if r["rid"] == rid}
    assert len(kept) == 1


def test_a_sound_number_is_kept_before_a_masked_one(make: Make) -> None:
    """What is left of a damaged number fills cells, and tells less."""
    sound = {"nik": NIK, "no_kk": KK, "nama": "BUDI"}
    masked = {"nik": None, "nik_jenis": "tersamar", "nik_asli": "210407050580****", "nik12": NIK[:12]} | {
        "no_kk": KK, "nama": "BUDI",
    }  # fmt: skip
    for order in ((sound, masked), (masked, sound)):
        rows = [row("dtks", at, **cells) for at, cells in enumerate(order, 1)]
        links = make(tautan, baris=rows, langkah=make(langkah, baris=rows))
        kept = [link["rid"] for link in links if link["nasib"] == "dimuat"]
        assert kept == [r["rid"] for r in rows if r["nik"] == NIK]


def test_who_is_known_by_a_masked_number_alone_keeps_his_key_on_another_card(make: Make) -> None:
    """Two periods, of which neither gives his whole number."""
    masked = row("pkh", 1, nik=None, nik_jenis="tersamar", lahir=None, nik12=NIK[:12])
    links = make(tautan, baris=[masked], langkah=make(langkah, baris=[masked]))
    learnt = make(pengenal, baris=[masked], tautan=links, anggota_keluarga=[{"orang": links[0]["orang"]}])
    known = make(dikenal, pengenal_lalu=[{c: r[c] for c in columns_of("pengenal")} for r in learnt])
    moved = [masked | {"no_kk": "2104070202200002"}]
    (link,) = make(langkah, baris=moved, dikenal=known)
    assert (link["orang"], link["cara_padan"]) == (known[0]["orang"], "nik_tersamar_desa")


def test_a_known_person_is_one_negative_number(make: Make) -> None:
    evidence = [{"orang_id": "OA", "nik": NIK}, {"orang_id": "OA", "no_kk": KK}, {"orang_id": "OB"}]
    known = make(dikenal, pengenal_lalu=evidence)
    numbers = {key: {r["orang"] for r in known if r["orang_id"] == key} for key in ("OA", "OB")}
    assert len(known) == 3
    assert [len(n) for n in numbers.values()] == [1, 1]
    assert numbers["OA"] != numbers["OB"] and max(numbers["OA"] | numbers["OB"]) < 0
