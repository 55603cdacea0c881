"""Which desa and kecamatan a list is of: what its title rows say, else what its file name says."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

_STOP = (
    r"(?:KECAMATAN|KEC|KABUPATEN|KAB|KOTA|PROVINSI|PROV|DESA|KELURAHAN|KEL|TAHUN|TH|TA|BULAN|NOMOR|NO|PERIODE|TENTANG|"
    r"TRIWULAN|TAHAP|ANGGARAN|TANGGAL|KODE|YANG|DAN|DI|UNTUK|SEBAGAI|PENERIMA|SE|KHUSUS|JANUARI|FEBRUARI|MARET|APRIL|MEI|"
    r"JUNI|JULI|AGUSTUS|SEPTEMBER|OKTOBER|NOVEMBER|DESEMBER)\b"
)
_NAME = rf"\s*[:.]?\s*(?!{_STOP})([A-Z][A-Z.' -]*?)\s*(?=$|[,;:()/\d|]|\s-\s|\b{_STOP})"
_DESA = re.compile(
    # Not a desa: BLT DANA DESA, MUSYAWARAH DESA, ANGGARAN PENDAPATAN DAN BELANJA DESA.
    r"(?<!DANA )(?<!MUSYAWARAH )(?<!PERMUSYAWARATAN )(?<!BELANJA )"
    r"\b(?:DESA\s*/\s*KELURAHAN|KELURAHAN\s*/\s*DESA|DESA|KELURAHAN|KEL|DS)\b" + _NAME,
    re.I,
)
_KECAMATAN = re.compile(r"\b(?:KECAMATAN|KEC)\b" + _NAME, re.I)
_NOT_A_NAME = frozenset((
    "blt", "bltdd", "dd", "dana", "desa", "ds", "kelurahan", "kel", "kpm", "daftar", "penerima", "data",
    "bulan", "tahun", "tahap", "tw", "triwulan", "final", "revisi", "rev", "fix", "copy", "salinan", "ta",
    "th", "dan", "manfaat", "keluarga", "perubahan", "bantuan", "langsung", "tunai", "nominatif",
    "lampiran", "perkades", "rekap", "bnba", "januari", "februari", "maret", "april", "mei", "juni", "juli",
    "agustus", "september", "oktober", "november", "desember", "jan", "feb", "mar", "apr", "jun", "jul",
    "agu", "ags", "agt", "sep", "sept", "okt", "nov", "nop", "des", "i", "ii", "iii", "iv",
))  # fmt: skip


def read_titles(rows: Iterable[Sequence[str]], berkas: str) -> tuple[str | None, str | None]:
    """Desa and kecamatan, as written, of the list whose title rows are `rows` (cells of clean text)."""
    lines = [" ".join(cell for cell in row if cell) for row in rows]
    stem = re.sub(r"[_.,-]+", " ", PurePosixPath(berkas).stem)
    desa = _first(_DESA, lines) or _first(_DESA, [stem]) or _bare_name(stem)
    return desa, _first(_KECAMATAN, lines) or _first(_KECAMATAN, [stem])


def _first(pattern: re.Pattern[str], lines: Iterable[str]) -> str | None:
    for line in lines:
        if found := pattern.search(" ".join(line.split())):
            return found[1].strip(" .'-")
    return None


def _bare_name(stem: str) -> str | None:
    stem = re.sub(r"\b(?:kecamatan|kec)\b.*", "", stem, flags=re.I)
    words = [w for w in re.sub(r"[\d()]+", " ", stem).split() if w.casefold() not in _NOT_A_NAME]
    return " ".join(words) or None
