"""Archives: each list in one is a file of its own, under a name that leads nowhere."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.reading import DropFile, expand
from pipelines.reading.files import MEMBERS
from pipelines.sources.blt_dd import SOURCE as BLT_DD
from pipelines.sources.dtks import SOURCE as DTKS

NIK = "2104010101900001"
LIST = f"nik;nokk;nama;desa\n{NIK};2104010101100001;BUDI;RAYA\n".encode()
BLT = f"No;Nama KPM;NIK;No. KK\n1;BUDI;{NIK};2104010101100001\n".encode()


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the members; names as given, without a look at what they hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in members.items():
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            entry.compress_type = method
            file.writestr(entry, content)
    return out.getvalue()


def test_each_member_is_a_file(read: Callable[..., Any]) -> None:
    """Path below the archive, its own fingerprint, its own desa; what a program left behind is none."""
    members = {
        "Lingga/BLT Raya.csv": BLT, "BLT Bakong.csv": BLT + BLT.split(b"\n", 1)[1], "__MACOSX/._BLT Raya.csv": b"x",
        "Lingga/Thumbs.db": b"x", "~$BLT Raya.xlsx": b"x", ".DS_Store": b"x", "Lingga/": b"",
    }  # fmt: skip
    reading, rows = read(BLT_DD, {"kiriman.zip": archive(members)})
    assert not reading.failures
    top = "2024-06/blt_dd/kiriman.zip"
    assert dict(zip(reading.files.berkas, reading.files.dibaca, strict=True)) == {
        f"{top}/Lingga/BLT Raya.csv": 2,
        f"{top}/BLT Bakong.csv": 3,
    }
    assert reading.files.sidik_berkas[0] == hashlib.sha256(BLT).hexdigest()
    assert set(rows["judul_desa"]) == {"Raya", "Bakong"}


def test_one_bad_member_stops_no_other(read: Callable[..., Any]) -> None:
    """Named by its own path."""
    whole = archive({"a.csv": LIST, "b.csv": b"%PDF-1.7", "c.zip": archive({"d.csv": LIST}), "e.csv": LIST * 30})
    at = whole.index(b"e.csv") + 15
    broken = whole[:at] + bytes(255 - b for b in whole[at : at + 9]) + whole[at + 9 :]
    reading, _ = read(DTKS, {"k.zip": broken})
    assert reading.files.berkas.tolist() == ["2024-06/dtks/k.zip/a.csv"]
    assert [str(failure).split("; ")[0] for failure in reading.failures] == [
        "2024-06/dtks/k.zip/b.csv: berkas ini dokumen PDF, bukan tabel",
        "2024-06/dtks/k.zip/c.zip: arsip zip di dalam arsip zip tidak dibaca",
        "2024-06/dtks/k.zip/e.csv: berkas terpotong atau rusak",
    ]


NAMES = {
    "up": ("../../etc/passwd.csv", "etc/passwd.csv"),
    "absolute": ("/etc/a.csv", "etc/a.csv"),
    "drive": ("C:\\Users\\a.csv", "Users/a.csv"),
    "backslash": ("..\\a.csv", "a.csv"),
    "right to left": ("a\u202evsc.exe.csv", "avsc.exe.csv"),
    "line end": ("a\nb.csv", "ab.csv"),
    "nothing": ("..", "tanpa nama"),
    "utf-8": ("Désa.csv", "Désa.csv"),
    "sql": ("'; drop table x; --.csv", "'; drop table x; --.csv"),
}


@pytest.mark.parametrize(("name", "shown"), NAMES.values(), ids=NAMES)
def test_names_lead_nowhere(read: Callable[..., Any], tmp_path: Path, name: str, shown: str) -> None:
    """A hostile name is a name: nothing is written under it."""
    reading, _ = read(DTKS, {"k.zip": archive({name: LIST})})
    assert reading.files.berkas.tolist() == [f"2024-06/dtks/k.zip/{shown}"]
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["k.zip", "mentah.parquet"]


def test_nul_and_utf8_without_its_mark(read: Callable[..., Any]) -> None:
    """As some programs write them."""
    content = archive({"aXb.csv": LIST}).replace(b"aXb", b"a\0b")
    assert read(DTKS, {"n.zip": content})[0].files.berkas.tolist() == ["2024-06/dtks/n.zip/ab.csv"]
    content = archive({"dXXsa.csv": LIST}).replace(b"dXXsa", "désa".encode())
    assert read(DTKS, {"u.zip": content})[0].files.berkas.tolist() == ["2024-06/dtks/u.zip/désa.csv"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_told_apart(read: Callable[..., Any]) -> None:
    """Each is read under a name of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in ("a.csv", "a.csv", "../a.csv", "a (2).csv"):
            file.writestr(name, LIST)
    reading, rows = read(DTKS, {"k.zip": out.getvalue()})
    assert not reading.failures
    assert reading.files.berkas.nunique() == 4
    assert len(rows) == 8


REFUSED = {
    "too many": (archive({f"{n}.csv": b"" for n in range(10_000)}), f"10000 berkas, lebih dari {MEMBERS}"),
    "locked": (archive({"a.csv": LIST}).replace(b"\x14\0\0\0\x08", b"\x14\0\x01\0\x08"), "memakai kata sandi"),
    "bzip2": (archive({"a.csv": LIST}, zipfile.ZIP_BZIP2), "buat ulang sebagai zip biasa"),
    "lzma": (archive({"a.csv": LIST}, zipfile.ZIP_LZMA), "buat ulang sebagai zip biasa"),
    "cut": (archive({"a.csv": LIST * 9})[:-30], "terpotong atau rusak"),
    "empty": (archive({}), "tidak berisi daftar"),
    "only leavings": (archive({"__MACOSX/a": b"x"}), "tidak berisi daftar"),
}


@pytest.mark.parametrize(("content", "pesan"), REFUSED.values(), ids=REFUSED)
def test_an_archive_is_refused(read: Callable[..., Any], content: bytes, pesan: str) -> None:
    """With a sentence, and the other files go on."""
    reading, _ = read(DTKS, {"a.zip": content, "b.csv": LIST})
    assert pesan in str(reading.failures[0])
    assert reading.files.berkas.tolist() == ["2024-06/dtks/b.csv"]


def test_a_directory_of_millions_is_not_held(read: Callable[..., Any]) -> None:
    """The size of the directory is judged before it is read."""
    content = bytearray(archive({"a.csv": LIST}))
    content[-10:-6] = struct.pack("<I", 200 << 20)
    (failure,) = read(DTKS, {"a.zip": bytes(content)})[0].failures
    assert "terlalu banyak berkas" in str(failure)


def test_expanding_looks_at_names_only(tmp_path: Path) -> None:
    """A workbook is no archive; a member knows its archive's name, too; expanding twice changes nothing."""
    (tmp_path / "BLT Raya.zip").write_bytes(archive({"lampiran.csv": BLT}))
    (tmp_path / "b.xlsx").write_bytes(archive({"xl/workbook.xml": b"<x"}))
    files = [DropFile(path, f"d/{path.name}") for path in sorted(tmp_path.iterdir())]
    parts = expand(files)
    assert [part.berkas for part in parts] == ["d/BLT Raya.zip/lampiran.csv", "d/b.xlsx"]
    assert parts[0].names() == ("lampiran", "BLT Raya")
    assert expand(parts) == parts
