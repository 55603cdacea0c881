"""The log of keys as a table of cases: what changed a key, and what only looks so."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.stages.kunci import gabung_kunci, log_kunci

Row = dict[str, Any]
Make = Callable[..., list[Row]]
NIK, OTHER_NIK, PSNOKA = "2104084101900001", "2104084101900002", "0001234567890"
CARD, OTHER_CARD = "2104070101100001", "2104070101100002"


def told(rows: list[Row]) -> set[tuple[str, ...]]:
    """What a log says, without its sentences."""
    return {tuple(row[c] for c in ("unit", "jenis", "kunci_lama", "kunci_baru", "cara")) for row in rows}


def evidence(orang_id: str, **cells: str) -> Row:
    """One piece of evidence of a person."""
    return {"orang_id": orang_id, "nama_baku": "BUDI", **cells}


def present(*keys: str) -> dict[str, list[Row]]:
    """Persons of this period."""
    return {"orang": [{"orang_id": key} for key in keys]}


PERSONS: dict[str, tuple[dict[str, list[Row]], set[tuple[str, ...]]]] = {
    "nothing new": ({"pengenal_lalu": [evidence("OA", nik=NIK)], **present("OA")}, set()),
    "the same NIK and name are now another known person's": (
        {
            "pengenal_lalu": [evidence("OA", nik=NIK), evidence("OB", psnoka=PSNOKA)],
            "pengenal": [evidence("OB", nik=NIK)], **present("OB"),
        },
        {("orang", "gabung", "OA", "OB", "nik_nama")},
    ),
    "so is the number of the insured, while the former has rows of his own": (
        {
            "pengenal_lalu": [evidence("OA", psnoka=PSNOKA), evidence("OB", nik=NIK)],
            "pengenal": [evidence("OB", psnoka=PSNOKA)], **present("OA", "OB"),
        },
        {("orang", "pecah", "OA", "OB", "psnoka_nama")},
    ),
    "a new person has the evidence": (
        {
            "pengenal_lalu": [evidence("OA", id_registri="IDART 1")],
            "pengenal": [evidence("OB", id_registri="IDART 1")], **present("OB"),
        },
        {("orang", "pecah", "OA", "OB", "registri_nama")},
    ),
    "several numbers say the same: the strongest is named": (
        {
            "pengenal_lalu": [evidence("OA", nik=NIK, psnoka=PSNOKA), evidence("OB", no_kk=CARD)],
            "pengenal": [evidence("OB", nik=NIK, psnoka=PSNOKA)], **present("OB"),
        },
        {("orang", "gabung", "OA", "OB", "nik_nama")},
    ),
    "the next head has the family's registry number": (
        {
            "pengenal_lalu": [evidence("OA", id_registri="ID 1")],
            "pengenal": [{"orang_id": "OB", "nama_baku": "SITI", "id_registri": "ID 1"}], **present("OB"),
        },
        set(),
    ),
    "two persons had the evidence before": (
        {
            "pengenal_lalu": [evidence("OA", psnoka=PSNOKA), evidence("OC", psnoka=PSNOKA)],
            "pengenal": [evidence("OB", psnoka=PSNOKA)], **present("OB"),
        },
        set(),
    ),
    "two persons have it now": (
        {
            "pengenal_lalu": [evidence("OA", psnoka=PSNOKA)],
            "pengenal": [evidence("OB", psnoka=PSNOKA), evidence("OC", psnoka=PSNOKA)], **present("OB", "OC"),
        },
        set(),
    ),
    "the former still has it": (
        {
            "pengenal_lalu": [evidence("OA", psnoka=PSNOKA), evidence("OB", nik=NIK)],
            "pengenal": [evidence("OB", psnoka=PSNOKA)], **present("OA", "OB"),
            "tautan": [{"rid": 1, "orang_id": "OA"}], "baris": [{"rid": 1, "psnoka": PSNOKA}],
        },
        set(),
    ),
    "he had it before, too": (
        {
            "pengenal_lalu": [evidence("OB", nik=NIK, no_kk=CARD)],
            "pengenal": [evidence("OB", nik=NIK, no_kk=OTHER_CARD)], **present("OB"),
        },
        set(),
    ),
    "the linkage says it, and so does the evidence: one row": (
        {
            "gabung_kunci": [{"kunci_lama": "OA", "kunci_baru": "OB"}],
            "pengenal_lalu": [evidence("OA", nik=NIK), evidence("OB", nik=OTHER_NIK)],
            "pengenal": [evidence("OB", nik=NIK)], **present("OB"),
        },
        {("orang", "gabung", "OA", "OB", "padanan")},
    ),
    "the linkage says it of a period that is run again": (
        {"gabung_kunci": [{}], **present("OB")},
        {("orang", "gabung", "OA", "OB", "padanan")},
    ),
    "the log says it already": (
        {"gabung_kunci": [{}], "log_kunci_lalu": [{}], **present("OB")},
        set(),
    ),
    "a decision was withdrawn": (
        {"log_kunci_lalu": [{}], **present("OA", "OB")},
        {("orang", "pecah", "OB", "OA", "dipakai_lagi")},
    ),
    "it was, and the log says so": (
        {
            "log_kunci_lalu": [{}, {"periode": "2024-05", "unit": "keluarga"},
                               {"periode": "2024-06", "jenis": "pecah", "kunci_lama": "OB", "kunci_baru": "OA"}],
            **present("OA", "OB"),
        },
        set(),
    ),
    "and is one person again": (
        {
            "log_kunci_lalu": [{"periode": "2024-04"},
                               {"periode": "2024-05", "jenis": "pecah", "kunci_lama": "OB", "kunci_baru": "OA"}],
            "gabung_kunci": [{}], **present("OB"),
        },
        {("orang", "gabung", "OA", "OB", "padanan")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PERSONS)
def test_a_persons_key_that_changed_is_said_once(make: Make, case: str) -> None:
    given, expected = PERSONS[case]
    rows = make(log_kunci, **given)
    assert told(rows) == expected and len(rows) == len(expected)
    assert all(row["bukti"] and row["periode"] == "2024-06" for row in rows)


def test_the_linkage_has_merged_nobody_yet(make: Make) -> None:
    assert make(gabung_kunci) == []


# person | his family before | and now | alive
FAMILIES = {
    "as before": ("A | KA | KA", ""),
    "a daughter marries": ("A | KA | KA ; B | KA | KB", ""),
    "a man alone on his card marries": ("A | KA | KB", ""),
    "all of a family are in another one": ("A | KA | KB ; B | KA | KB ; C | KB | KB", "gabung KA KB semua_anggota"),
    "all but one who stands on no list now": ("A | KA | KB ; B | KA | KB ; C | KA |", ""),
    "all but the dead": ("A | KA | KB ; B | KA | KB ; C | KA | KA | MENINGGAL", "gabung KA KB semua_anggota"),
    "all, into two families": ("A | KA | KB ; B | KA | KC", ""),
    "all, and somebody came to stay": ("A | KA | KB ; B | KA | KB ; C | KB | KA", ""),
    "a person without a card is found on one": ("A | KX | KB ; B | KB | KB", "gabung KX KB tanpa_kartu"),
    "two persons without a card found a family": (
        "A | KX | KN ; B | KY | KN", "gabung KX KN tanpa_kartu, gabung KY KN tanpa_kartu",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAMILIES)
def test_a_familys_key_changes_with_all_of_its_members(make: Make, case: str) -> None:
    """KA, KB, KC have cards."""
    drawn, expected = FAMILIES[case]
    people = [[cell.strip() for cell in line.split("|")] for line in drawn.split(";")]
    now = [(key, before, family, *more) for key, before, family, *more in people if family]
    rows = make(
        log_kunci,
        orang=[{"orang_id": k, "keluarga_lalu": b, "status": (m or ["AKTIF"])[0]} for k, b, _, *m in now],
        anggota_keluarga=[{"orang_id": key, "keluarga_id": family} for key, _, family, *_ in now],
        dim_orang_lalu=[{"orang_id": key, "keluarga_id": before} for key, before, *_ in people],
        kartu_keluarga_lalu=[
            {"keluarga_id": k, "no_kk": f"2104070101100{n:03}"} for n, k in enumerate(("KA", "KB", "KC"))
        ],
    )
    found = {" ".join(line[1:]) for line in told(rows)}
    assert found == {part for part in expected.split(", ") if part}


CARDS = {
    "another known family, and nobody is left": (["KB"], ["KA", "KB"], {"gabung"}),
    "another known family, while some are left": (["KA", "KB"], ["KA", "KB"], {"pecah"}),
    "a new family": (["KN"], ["KA"], {"pecah"}),
}


@pytest.mark.parametrize("case", CARDS)
def test_the_same_card_under_another_key(make: Make, case: str) -> None:
    alive, known, kinds = CARDS[case]
    rows = make(
        log_kunci,
        orang=[{"orang_id": f"O{key}"} for key in alive],
        anggota_keluarga=[{"orang_id": f"O{key}", "keluarga_id": key} for key in alive],
        kartu_keluarga=[{"no_kk": CARD, "keluarga_id": alive[-1]}],
        kartu_keluarga_lalu=[{"no_kk": f"{CARD[:-1]}{n}", "keluarga_id": key} for n, key in enumerate(known, 1)],
    )
    assert told(rows) == {("keluarga", kind, "KA", alive[-1], "kartu_sama") for kind in kinds}
