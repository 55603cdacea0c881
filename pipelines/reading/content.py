"""What a file really is, by its first bytes: names and extensions lie."""

import re
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Literal

from pipelines.reading.errors import Refused
from pipelines.reading.inflate import TRUNCATED, inflate, opened

# `buku_kerja`: xlsx, xlsm; `buku_ods`; `buku_xls`: BIFF; `buku_xml`: SpreadsheetML 2003; `halaman`: HTML.
Content = Literal["buku_kerja", "buku_ods", "buku_xls", "buku_xml", "halaman", "terkunci", "arsip", "teks"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
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
    b"MIME-Version": "halaman web arsip (MHTML)",
    b"SQLite format 3": "basis data",
    b"PAR1": "berkas Parquet",
}
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|style|div|center|title)\b", re.I)
_SHEET_XML = re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet", re.I)
_HEAD = 4096
_MIMETYPE = 1 << 10


def sniff(path: Path) -> Content:
    """Tell the formats that are read from each other; anything else is refused by its own name."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused("berkas kosong; minta pengirim mengirim ulang")
    for mark, name in _NOT_TABLES.items():
        if head.startswith(mark):
            raise Refused(f"berkas ini {name}, bukan tabel; minta daftar dalam bentuk .xlsx atau .csv")
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return _sniff_zip(path)
    if head.startswith(_OLE):
        return _sniff_ole(path)
    return _sniff_text(head)


def is_archive(path: Path) -> bool:
    """Tell a plain zip from everything else, the workbooks that are zips among it."""
    with path.open("rb") as file:
        if not file.read(4).startswith((_ZIP, _EMPTY_ZIP)):
            return False
    return _sniff_zip(path) == "arsip"


def looks_utf16(head: bytes) -> str:
    """Name the byte order of UTF-16 text that lacks its mark, '' when it is none."""
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) > pairs * 0.6:
        return "utf-16-le"
    if pairs and head[0::2].count(0) > pairs * 0.6:
        return "utf-16-be"
    return ""


def _sniff_text(head: bytes) -> Content:
    wide = head.startswith(_UTF16_BOMS) or bool(looks_utf16(head))
    lead = (head.replace(b"\0", b"") if wide else head).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if lead.startswith(b"<"):
        if _SHEET_XML.search(lead):
            return "buku_xml"
        if _PAGE.search(lead):
            return "halaman"
        if lead.startswith(b"<?xml"):
            raise Refused("berkas ini XML yang bukan tabel; minta daftar dalam bentuk .xlsx atau .csv")
    if not wide and head.count(b"\0") * 50 > len(head):
        raise Refused("berkas ini bukan tabel (isinya biner); minta daftar dalam bentuk .xlsx atau .csv")
    return "teks"


def _sniff_zip(path: Path) -> Content:
    with opened(path) as archive:
        names = {entry.filename.replace("\\", "/"): entry for entry in archive.infolist()}
        mimetype = b""
        if entry := names.get("mimetype"):
            mimetype = b"".join(inflate(archive, entry, _MIMETYPE)) if entry.file_size <= _MIMETYPE else b"?"
    tops = {name.split("/")[0] for name in names}
    if "xl/workbook.bin" in names:
        raise Refused("buku kerja biner (.xlsb) tidak dibaca; buka dengan Excel, lalu simpan sebagai .xlsx")
    if "xl" in tops:
        return "buku_kerja"
    if "content.xml" in names and (not mimetype or b"spreadsheet" in mimetype):
        return "buku_ods"
    if tops & {"word", "ppt"} or "content.xml" in names:
        raise Refused(
            "berkas ini dokumen Word, PowerPoint, atau OpenDocument, bukan tabel; minta daftar dalam bentuk .xlsx "
            "atau .csv"
        )
    return "arsip"


def _sniff_ole(path: Path) -> Content:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as streams:
        names = ("EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book")
        found = {name for name in names if streams.find(name.encode("utf-16-le")) >= 0}
    if "EncryptedPackage" in found:
        return "terkunci"
    if found & {"WordDocument", "PowerPoint Document"}:
        raise Refused("berkas ini dokumen Word atau PowerPoint, bukan tabel; minta daftar dalam bentuk .xlsx")
    if not found:
        raise Refused(TRUNCATED)
    return "buku_xls"
