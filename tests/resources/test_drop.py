"""What lies in a drop folder: files of sources, the mark that all is there, and what no source reads."""

from pathlib import Path

import pytest

from pipelines.sources import REGISTER, dtks, dtsen
from resources.drop import Drop, DropError

JUNE = "2024-06"


def laid(root: Path, *names: str) -> Drop:
    """A drop folder with these files in June."""
    for name in names:
        path = root / JUNE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("isi")
    return Drop(root)


def test_what_no_source_reads_is_told(tmp_path: Path) -> None:
    """A folder under another name, a file beside the folders; not the mark, not what a program left."""
    drop = laid(tmp_path, "dtks/a.csv", "DTKS Juni/b.csv", "surat.pdf", "SELESAI.txt", ".DS_Store", "Thumbs.db")
    assert drop.unclaimed(JUNE, REGISTER) == [f"{JUNE}/DTKS Juni", f"{JUNE}/surat.pdf"]
    assert drop.unclaimed("2024-07", REGISTER) == []  # a period without a folder


def test_what_lies_a_folder_too_deep_is_told_with_its_place(tmp_path: Path) -> None:
    """Passwords and answers stand beside the periods, in whatever case they were written; a source is nearly named."""
    drop = laid(
        tmp_path, "Sandi/sandi.txt", "pemetaan/blt_dd.csv", "2104 0705 0580 0001/a.csv", "catatan.docx", "BLT-DD/a.csv"
    )
    assert drop.unread(JUNE, REGISTER) == [
        f"{JUNE}/... (bukan folder sumber yang dikenal)",
        f"{JUNE}/BLT-DD (bukan folder sumber yang dikenal; mungkin maksudnya blt_dd)",
        f"{JUNE}/Sandi (tidak dipakai di dalam folder periode; pindahkan menjadi {tmp_path / 'sandi'})",
        f"{JUNE}/catatan.docx (berkas di luar folder sumber; pindahkan ke folder sumbernya)",
        f"{JUNE}/pemetaan (tidak dipakai di dalam folder periode; pindahkan menjadi {tmp_path / 'pemetaan'})",
    ]


def test_files_are_those_that_somebody_sent(tmp_path: Path) -> None:
    """In folders below too, and whatever they are called; not a lock file, not a hidden one."""
    drop = laid(tmp_path, "dtks/SELESAI Juni.csv", "dtks/bagian/1.csv", "dtks/~$buku.xlsx", "dtks/.simpan")
    assert [f.berkas for f in drop.files(JUNE, "dtks")] == [
        f"{JUNE}/dtks/SELESAI Juni.csv",
        f"{JUNE}/dtks/bagian/1.csv",
    ]


@pytest.mark.parametrize(
    ("mark", "still"), [("SELESAI", True), ("SELESAI.txt", True), ("dtks/SELESAI Juni.csv", False)]
)
def test_the_mark_ends_the_wait(tmp_path: Path, mark: str, still: bool) -> None:
    """In the period's own folder; a list may be called what it likes."""
    drop = laid(tmp_path, "dtks/a.csv", mark)
    changed = (tmp_path / JUNE / "dtks" / "a.csv").stat().st_mtime
    assert drop.is_still(JUNE, REGISTER, now=changed + 1, quiet_s=600) is still
    assert drop.is_still(JUNE, REGISTER, now=changed + 601, quiet_s=600)


def test_passwords_of_a_source_and_of_all(tmp_path: Path) -> None:
    """One a line, the source's own first; shown nowhere; a new one makes the folder a new state."""
    drop = laid(tmp_path, "dtks/a.csv")
    assert drop.passwords("dtks").words == ()
    before = drop.fingerprint(JUNE, REGISTER)
    (tmp_path / "sandi").mkdir()
    (tmp_path / "sandi" / "sandi.txt").write_bytes(b"\xef\xbb\xbfumum\r\n\r\n")
    (tmp_path / "sandi" / "dtks.txt").write_text("rahasia dtks\numum\n")
    found = drop.passwords("dtks")
    assert found.words == ("rahasia dtks", "umum")
    assert drop.passwords("pkh").words == ("umum",)
    assert "rahasia" not in f"{found!r} {found}"
    assert drop.fingerprint(JUNE, REGISTER) != before


def test_a_file_of_passwords_that_is_none(tmp_path: Path) -> None:
    """Says which file, and nothing that stands in it."""
    drop = laid(tmp_path, "dtks/a.csv")
    (tmp_path / "sandi").mkdir()
    (tmp_path / "sandi" / "dtks.txt").write_bytes(b"rahasia\xff\xfe")
    with pytest.raises(DropError, match=r"^sandi/dtks.txt: .*UTF-8") as caught:
        drop.passwords("dtks")
    assert "rahasia" not in str(caught.value)


QUARTERLY = (
    # periods with a file, the period asked for, the period whose files stand for it ("" = none)
    (["2025-01"], "2025-01", "2025-01"),
    (["2025-01"], "2025-02", "2025-01"),
    (["2025-01"], "2025-03", "2025-01"),
    (["2025-01"], "2025-04", ""),
    (["2025-01", "2025-02"], "2025-03", "2025-02"),
    (["2025-04"], "2025-03", ""),
    (["2024-12"], "2025-01", "2024-12"),
    ([], "2025-01", ""),
)


@pytest.mark.parametrize(("sent", "periode", "stands"), QUARTERLY)
def test_a_quarterly_list_stands_until_the_next_is_due(
    tmp_path: Path, sent: list[str], periode: str, stands: str
) -> None:
    """Its files keep their own path; a new one changes the fingerprint of every period that it stands for."""
    (tmp_path / periode).mkdir()
    drop = Drop(tmp_path)
    bare = drop.fingerprint(periode, REGISTER)
    for month in sent:
        (tmp_path / month / "dtsen").mkdir(parents=True)
        (tmp_path / month / "dtsen" / "keluarga.csv").write_text("isi")
    delivered, files = drop.delivery(periode, dtsen.SOURCE)
    assert [f.berkas for f in files] == ([f"{stands}/dtsen/keluarga.csv"] if stands else [])
    assert delivered == (stands or periode)
    assert (drop.fingerprint(periode, REGISTER) != bare) is bool(stands)


def test_a_monthly_list_stands_for_its_month_alone(tmp_path: Path) -> None:
    """Nothing of May is used in June."""
    drop = laid(tmp_path, "dtks/a.csv")
    assert drop.delivery("2024-07", dtks.SOURCE) == ("2024-07", [])
    assert "dtks" in drop.missing("2024-07", REGISTER)


def test_what_is_no_more_in_force_is_not_waited_for(tmp_path: Path) -> None:
    """DTKS was the registry until 2024."""
    assert "dtks" in Drop(tmp_path).missing("2024-12", REGISTER)
    missing = Drop(tmp_path).missing("2025-01", REGISTER)
    assert "dtsen" in missing and {"dtks", "asesmen"}.isdisjoint(missing)
