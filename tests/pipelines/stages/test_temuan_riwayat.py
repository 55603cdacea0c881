"""The life of a finding, month by month: what it was, what is found, what an officer says; what becomes of it."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.period import Period
from pipelines.stages.temuan import temuan, temuan_riwayat

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]
MONTHS = ("2024-05", "2024-06", "2024-07", "2024-08")
GIVEN = ("temuan_kini", "putusan_masuk", "daftar_tidak_dikirim", "tertahan")
NOTHING: dict[str, list[Row]] = {table: [] for table in GIVEN}
REASON = {"alasan": "Sudah diperiksa", "oleh": "petugas", "pada": "2024-07-01T01:02:03Z"}

# A month is `evidence decision`: `-` nothing is found, a letter is the evidence; the decision is about that evidence,
# or about the one it names. What is said of the finding then: its status, `.` where the month changed nothing.
CASES: dict[str, tuple[str, str]] = {
    "found once": ("a | -", "terbuka | ditutup:TIDAK_DITEMUKAN_LAGI"),
    "found, and stays": ("a | a | b", "terbuka | . terbuka | . terbuka"),
    "closed once and no more": ("a | - | - | -", "terbuka | ditutup:TIDAK_DITEMUKAN_LAGI | . | ."),
    "back again, and stays so": (
        "a | - | a | a", "terbuka | ditutup:TIDAK_DITEMUKAN_LAGI | muncul_lagi:DITEMUKAN_LAGI | . muncul_lagi",
    ),
    "back with other evidence": ("a | - | b", "terbuka | ditutup:TIDAK_DITEMUKAN_LAGI | muncul_lagi:DITEMUKAN_LAGI"),
    "confirmed as it appears": ("a dikonfirmasi | a", "dikonfirmasi:PUTUSAN_PETUGAS | . dikonfirmasi"),
    "confirmed later, twice": (
        "a | a dikonfirmasi | a dikonfirmasi", "terbuka | dikonfirmasi:PUTUSAN_PETUGAS | . dikonfirmasi",
    ),
    "confirmed, and other evidence": ("a dikonfirmasi | b", "dikonfirmasi:PUTUSAN_PETUGAS | . dikonfirmasi"),
    "confirmed, mended, back": (
        "a dikonfirmasi | - | a",
        "dikonfirmasi:PUTUSAN_PETUGAS | ditutup:TIDAK_DITEMUKAN_LAGI | muncul_lagi:DITEMUKAN_LAGI",
    ),
    "untrue, as it appears": ("a ditutup | a", "ditutup:BUKAN_TEMUAN | ."),
    "untrue, gone, back as it was": ("a | a ditutup | - | a", "terbuka | ditutup:BUKAN_TEMUAN | . | ."),
    "untrue, then other evidence": (
        "a ditutup | b | b", "ditutup:BUKAN_TEMUAN | muncul_lagi:BUKTI_BERUBAH | . muncul_lagi",
    ),
    "untrue by one evidence and by another": (
        "a ditutup | b ditutup | b", "ditutup:BUKAN_TEMUAN | ditutup:BUKAN_TEMUAN | .",
    ),
    "untrue by either of two, the former again": (
        "a ditutup | b ditutup | a", "ditutup:BUKAN_TEMUAN | ditutup:BUKAN_TEMUAN | muncul_lagi:BUKTI_BERUBAH",
    ),
    "a decision about evidence that is gone": ("b ditutup=a", "terbuka"),
    "closed by mistake, opened": (
        "a ditutup | a dibuka | a", "ditutup:BUKAN_TEMUAN | muncul_lagi:PUTUSAN_PETUGAS | . muncul_lagi",
    ),
    "opened, and never was closed": ("a | a dibuka", "terbuka | . terbuka"),
    "confirmed after it was called untrue": (
        "a ditutup | a dikonfirmasi", "ditutup:BUKAN_TEMUAN | dikonfirmasi:PUTUSAN_PETUGAS",
    ),
    "untrue after it was confirmed": (
        "a dikonfirmasi | a ditutup", "dikonfirmasi:PUTUSAN_PETUGAS | ditutup:BUKAN_TEMUAN",
    ),
    "a decision about nothing": ("- ditutup=a | a", ". | terbuka"),
}  # fmt: skip


@pytest.fixture(scope="module")
def lives(make: Make) -> dict[str, list[str]]:
    """Case -> what is said in each month, all cases lived through together."""
    told: dict[str, list[str]] = {case: [] for case in CASES}
    log: list[Row] = []
    for at, month in enumerate(MONTHS):
        found, decisions = [], []
        for case, (text, _) in CASES.items():
            evidence, _, decision = (text.split(" | ") + ["- "] * len(MONTHS))[at].partition(" ")
            word, _, about = decision.partition("=")
            if evidence != "-":
                found.append({"temuan_id": case, "sidik": evidence, "periode": month})
            if word:
                decisions.append({"temuan_id": case, "putusan": word, "sidik": about or evidence, **REASON})
        period = Period(month, MONTHS[at - 1] if at else None)
        now = NOTHING | {"temuan_kini": found, "putusan_masuk": decisions}
        changes = make(temuan_riwayat, period, **now, temuan_riwayat_lalu=log)
        given = {"temuan_kini": found, "temuan_riwayat": changes, "temuan_riwayat_lalu": log}
        open_ = {r["temuan_id"]: r for r in make(temuan, period, **given)}
        log = log + changes
        changed = {r["temuan_id"]: r for r in changes}
        assert len(changed) == len(changes) and {r["periode"] for r in changes} <= {month}
        for case, said in told.items():
            said.append(_said(changed.get(case), open_.get(case)))
    return told


def _said(change: Row | None, shown: Row | None) -> str:
    """`status:sebab` of a change, `. status` where none is and the finding is open; what is shown agrees."""
    if change is None:
        return f". {shown['status']}" if shown else "."
    assert (shown is None) == (change["status"] == "ditutup")
    assert shown is None or [shown[c] for c in ("status", "status_sejak", "sejak")] == [
        change[c] for c in ("status", "periode", "sejak")
    ]
    assert (change["oleh"] is not None) == (change["sebab"] in ("PUTUSAN_PETUGAS", "BUKAN_TEMUAN"))
    return change["status"] if change["sebab"] == "BARU" else f"{change['status']}:{change['sebab']}"


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_of_a_finding(lives: dict[str, list[str]], case: str) -> None:
    expected = CASES[case][1].split(" | ")
    assert lives[case][: len(expected)] == expected


def test_who_said_so_stands_as_long_as_it_is_so(make: Make) -> None:
    """Since when it is found, since when it is confirmed, and by whose word."""
    log = [
        {"periode": "2024-03", "sejak": "2024-03"},
        {"periode": "2024-04", "sejak": "2024-03", "status": "dikonfirmasi", **REASON},
    ]
    (row,) = make(temuan, temuan_kini=[{}], temuan_riwayat=[], temuan_riwayat_lalu=log)
    assert [row[c] for c in ("sejak", "status_sejak", "status", *REASON)] == [
        "2024-03", "2024-04", "dikonfirmasi", *REASON.values(),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("aturan", "cause"), [("BLT_DD_DAN_PKH", "TIDAK_DITEMUKAN_LAGI"), ("ATURAN_LAMA", "ATURAN_TIDAK_BERLAKU")]
)
def test_a_finding_whose_rule_is_off_is_closed_for_that(make: Make, aturan: str, cause: str) -> None:
    """Nobody mended anything."""
    (change,) = make(temuan_riwayat, **NOTHING, temuan_riwayat_lalu=[{"aturan": aturan}])
    assert (change["status"], change["sebab"]) == ("ditutup", cause)


A, OF_FAMILY, B = {"orang_id": "OA"}, {"orang_id": "OB", "keluarga_id": "KA"}, {"orang_id": "OB", "keluarga_id": "KB"}
MENDED, SENT, HELD = "TIDAK_DITEMUKAN_LAGI", "DAFTAR_TIDAK_DIKIRIM", "BARIS_DIKARANTINA"
# of which programme the finding is, of whom a list was not sent, whose row is in quarantine, why it is closed
UNHEARD = {
    "of a person": (None, [A], [], SENT),
    "of the family": (None, [OF_FAMILY], [], SENT),
    "in quarantine": (None, [], [A | {"keluarga_id": None}], HELD),
    "both": (None, [A], [OF_FAMILY], SENT),
    "of others": (None, [B], [B | {"keluarga_id": None}], MENDED),
    "its programme": ("PKH", [A | {"program": "PKH"}], [], SENT),
    "another programme": ("PKH", [A | {"program": "BLT_DD"}], [A | {"program": "BPNT"}], MENDED),
}


@pytest.mark.parametrize(("program", "absent", "held", "cause"), UNHEARD.values(), ids=UNHEARD)
def test_a_finding_of_whom_a_list_said_nothing_is_not_mended(
    make: Make, program: str | None, absent: list[Row], held: list[Row], cause: str
) -> None:
    was = [{"aturan": "BLT_DD_DAN_PKH", "program": program, "orang_id": "OA", "keluarga_id": "KA"}]
    given = NOTHING | {"daftar_tidak_dikirim": absent, "tertahan": held}
    (change,) = make(temuan_riwayat, **given, temuan_riwayat_lalu=was)
    assert (change["status"], change["sebab"]) == ("ditutup", cause)
    assert (change["orang_id"], change["keluarga_id"], change["program"]) == ("OA", "KA", program)
