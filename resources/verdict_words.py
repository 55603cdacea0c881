"""What Great Expectations itself writes on its pages, in Indonesian: its renderers know no other language, so whole
texts between two tags are replaced; the sentences of the rules are ours from the start."""

import re
from collections.abc import Mapping

_TEXTS: Mapping[str, str] = {
    "Data documentation compiled by Great Expectations": "Penilaian, disusun oleh Great Expectations",
    "Home": "Awal",
    "Expectation Suite": "Daftar aturan",
    "Expectation Suite:": "Daftar aturan:",
    "Expectation Suite Name": "Nama daftar aturan",
    "A collection of Expectations defined for batches of data.": "Aturan yang dipakai untuk menilai satu ukuran.",
    "Expectation Validation Result": "Hasil penilaian",
    "Evaluates whether a batch of data matches expectations.": "Apakah ukuran periode ini memenuhi aturannya.",
    "Table of Contents": "Daftar isi",
    "Overview": "Ringkasan",
    "Info": "Keterangan",
    "Notes": "Catatan",
    "Actions": "Tampilan",
    "Validation Filter:": "Tampilkan:",
    "Show All": "Semua",
    "Failed Only": "Yang tidak lolos",
    "Table-Level Expectations": "Aturan tentang seluruh ukuran",
    "Data asset: None": "Ukuran satu periode",
    "Status": "Keadaan",
    "Status:": "Keadaan:",
    "Succeeded": "Lolos",
    "Failed": "Tidak lolos",
    "Expectation": "Aturan",
    "Observed Value": "Yang ditemukan",
    "Statistics": "Jumlah",
    "Evaluated Expectations": "Aturan yang dinilai",
    "Successful Expectations": "Aturan yang lolos",
    "Unsuccessful Expectations": "Aturan yang tidak lolos",
    "Success Percent": "Bagian yang lolos",
    "Show more info...": "Keterangan teknis...",
    "Great Expectations Version": "Versi Great Expectations",
    "Run Name": "Nama proses",
    "Run Time": "Waktu proses (UTC)",
    "Batch Markers": "Tanda ukuran",
    "Batch Parameters": "Isian ukuran",
    "Batch Spec": "Bentuk ukuran",
    "unknown % not null": "-",
    "--": "-",
    "__none__": "-",
}
_PATTERNS = (
    (
        re.compile(r"This Expectation suite currently contains (\d+) total Expectations across (\d+) columns\."),
        r"Daftar ini memuat \1 aturan atas \2 kolom.",
    ),
    (re.compile(r"Validations / (\w+) / __none__ / (.*)"), r"Penilaian / \1 / \2"),
    (re.compile(r"Expectations / (\w+)"), r"Aturan / \1"),
)
_BETWEEN_TAGS = re.compile(r"(?<=>)([^<>]+)(?=<)")


def in_indonesian(page: str) -> str:
    """The page with every text that Great Expectations writes itself said in Indonesian."""
    return _BETWEEN_TAGS.sub(lambda found: _said(found[1]), page).replace("<html>", '<html lang="id">', 1)


def _said(text: str) -> str:
    plain = " ".join(text.split())
    if plain in _TEXTS:
        return _TEXTS[plain]
    for pattern, replacement in _PATTERNS:
        if pattern.fullmatch(plain):
            return pattern.sub(replacement, plain)
    return text
