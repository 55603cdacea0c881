"""What a file really is, by its first bytes: names and extensions lie."""

import lzma
import shutil
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from pipelines.reading.errors import Refused

TRUNCATED = "berkas terpotong atau rusak; minta pengirim mengirim ulang"
LOCKED = "buku kerja memakai kata sandi; buka dengan Excel, hapus kata sandinya, lalu simpan ulang"

Content = Literal["buku_kerja", "teks"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SAVE_AS = "buka dengan Excel, lalu simpan sebagai .xlsx"
_NOT_TABLES = {
    b"%PDF": "dokumen PDF",
    b"\x89PNG": "gambar PNG",
    b"\xff\xd8\xff": "gambar JPEG",
    b"GIF8": "gambar GIF",
    b"II*\x00": "gambar TIFF",
    b"{\\rtf": "dokumen RTF",
    b"Rar!": "arsip RAR",
    b"7z\xbc\xaf": "arsip 7z",
    b"\x1f\x8b": "arsip gzip",
}
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, lzma.LZMAError)
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def sniff(path: Path) -> Content:
    """Tell a workbook from delimited text; anything else is refused by its own name."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused("berkas kosong; minta pengirim mengirim ulang")
    for mark, name in _NOT_TABLES.items():
        if head.startswith(mark):
            raise Refused(f"berkas ini {name}, bukan tabel; minta daftar dalam bentuk .xlsx atau .csv")
    if head.startswith(_ZIP):
        return _sniff_archive(path)
    if head.startswith(_OLE):
        return _sniff_ole(path)
    lead = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if lead.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<style")):
        raise Refused(f"berkas ini halaman HTML atau XML yang diberi nama tabel; {_SAVE_AS}")
    if not head.startswith(_UTF16_BOMS) and head.count(b"\0") * 50 > len(head) and not looks_utf16(head):
        raise Refused("berkas ini bukan tabel (isinya biner); minta daftar dalam bentuk .xlsx atau .csv")
    return "teks"


def looks_utf16(head: bytes) -> str:
    """Name the byte order of UTF-16 text that lacks its mark, '' when it is none."""
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) > pairs * 0.6:
        return "utf-16-le"
    if pairs and head[0::2].count(0) > pairs * 0.6:
        return "utf-16-be"
    return ""


def sole_member(path: Path, work: Path) -> Path:
    """Unpack a zip that holds one list into `work`; every other file is returned as it is."""
    with path.open("rb") as file:
        if file.read(4) != _ZIP:
            return path
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            if _office_part(names):
                return path
            if len(names) != 1:
                raise Refused(f"arsip zip berisi {len(names)} berkas; buka dan letakkan setiap daftar sendiri")
            target = work / "isi_zip"
            with archive.open(names[0]) as member, target.open("wb") as out:
                shutil.copyfileobj(member, out, 1 << 20)
            return target
    except RuntimeError:
        raise Refused("arsip zip memakai kata sandi; buka arsip itu dan letakkan isinya") from None
    except _DAMAGED:
        raise Refused(TRUNCATED) from None


def _office_part(names: list[str]) -> str:
    """Which office format a zip's member names betray, '' for a plain archive."""
    for name in names:
        top = name.split("/")[0]
        if top in {"xl", "word", "ppt"}:
            return top
    return "xl" if "content.xml" in names else ""


def _sniff_archive(path: Path) -> Content:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype") if "mimetype" in names else b""
    except (*_DAMAGED, RuntimeError):
        raise Refused(TRUNCATED) from None
    part = _office_part(names)
    if part == "xl" and (not mimetype or b"spreadsheet" in mimetype):
        return "buku_kerja"
    name = "arsip zip di dalam arsip zip" if not part else "dokumen Word, PowerPoint, atau OpenDocument"
    raise Refused(f"berkas ini {name}, bukan tabel; minta daftar dalam bentuk .xlsx atau .csv")


def _sniff_ole(path: Path) -> Content:
    streams = path.read_bytes()

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in streams

    if has("EncryptedPackage"):
        raise Refused(LOCKED)
    if has("WordDocument") or has("PowerPoint Document"):
        raise Refused("berkas ini dokumen Word atau PowerPoint, bukan tabel; minta daftar dalam bentuk .xlsx")
    return "buku_kerja"
