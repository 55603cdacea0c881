"""Which desa and kecamatan a list is of: what its title rows say, else what its file name says."""

import re
from collections.abc import Container, Iterable, Sequence, Set
from pathlib import PurePosixPath

from pipelines.declaration import Source, fold_header
from pipelines.period import MONTHS

Titles = tuple[str | None, str | None]

_STOP = (
    r"(?:KECAMATAN|KEC|KABUPATEN|KAB|KOTA|PROVINSI|PROV|DESA|KELURAHAN|KEL|TAHUN|TH|TA|BULAN|NOMOR|NO|PERIODE|TENTANG|"
    r"TRIWULAN|TAHAP|ANGGARAN|TANGGAL|KODE|YANG|DAN|DI|UNTUK|SEBAGAI|PENERIMA|SE|KHUSUS|JANUARI|FEBRUARI|MARET|APRIL|MEI|"
    r"JUNI|JULI|AGUSTUS|SEPTEMBER|OKTOBER|NOVEMBER|DESEMBER|T\. ?A|DUSUN|DSN|LINGKUNGAN|RT|RW|JALAN|JL|BLT|DD|"
    r"BANTUAN|DANA|PER|SEMESTER|SMT|SK|SESUAI|BERDASARKAN|HASIL|OLEH|PADA|ATAS|SUMBER|ALAMAT|KEPADA|TGL|MINGGU|GELOMBANG|PENYALURAN)\b"
)
_NAME = rf"\s*[:.]?\s*(?!{_STOP})([A-Z][A-Z.' -]*?)\s*(?=$|[,;:()/\d|]|\s-\s|\b{_STOP})"
_DESA = re.compile(
    # Not a desa: BLT DANA DESA, MUSYAWARAH DESA, ANGGARAN PENDAPATAN DAN BELANJA DESA.
    # PENDAMPING DESA is of a kecamatan.
    r"(?<!DANA )(?<!MUSYAWARAH )(?<!PERMUSYAWARATAN )(?<!BELANJA )(?<!PENDAMPING )(?<!LOKAL )"
    r"\b(?:DESA\s*/\s*KELURAHAN|KELURAHAN\s*/\s*DESA|DESA|KELURAHAN|KEL|DS)\b" + _NAME,
    re.I,
)
_KECAMATAN = re.compile(r"\b(?:KECAMATAN|KEC)\b" + _NAME, re.I)
_NOT_A_NAME = frozenset((
    "blt", "bltdd", "dd", "dana", "desa", "ds", "kelurahan", "kel", "kpm", "daftar", "penerima", "data",
    "bulan", "tahun", "tahap", "tw", "triwulan", "final", "revisi", "rev", "fix", "copy", "salinan", "ta",
    "th", "dan", "manfaat", "keluarga", "perubahan", "bantuan", "langsung", "tunai", "nominatif",
    "of", "realisasi", "laporan", "lap", "penyaluran", "pencairan", "tersalur", "per", "semester", "smt", "terbaru",
    "baru", "kirim", "kiriman", "ulang", "fiks", "edit", "format", "nama",
    "lampiran", "perkades", "rekap", "bnba", "kis", "bpjs", "siks", *MONTHS,
    "jan", "feb", "mar", "apr", "jun", "jul",
    "agu", "ags", "agt", "sep", "sept", "okt", "nov", "nop", "des", "i", "ii", "iii", "iv",
))  # fmt: skip


def titles_of(
    rows: Iterable[Sequence[str]], berkas: str, source: Source, columns: Set[str],
    required: Iterable[Container[str]],
) -> Titles:  # fmt: skip
    """The titles of a list, asked only where they decide: a list of one desa, or one that has no column for the desa.

    A bare name of a file or folder is taken for a desa's only where the form must know the desa (`required`).
    """
    if not source.one_file_per_desa and columns & {"desa", "kode_wilayah"}:
        return None, None
    needed = source.one_file_per_desa or any("desa" in group for group in required)
    return read_titles(rows, berkas, bare=needed, own=_own_words(source))


def sender_names(berkas: str, source: Source) -> frozenset[str]:
    """How an operator may name the sender of a file, folded: by the file's name, what of it may be a desa's, or the
    archive and folders below the source's."""
    path, own = PurePosixPath(berkas), _own_words(source)
    folders = path.parent.parts[2:]
    names = [path.stem, *map(_without_zip, folders)]
    bare = (_bare_name(_spaced(name), own) for name in names)
    return frozenset(fold_header(name) for name in (*names, "/".join(folders), _below_source(path), *bare) if name)


def sender_name(berkas: str, source: Source) -> str:
    """Of those the one that stays from month to month: of a list of one desa what in its name may be the desa's, else
    the file's name; of any other the folders below the source's, '' where it lies in none."""
    path = PurePosixPath(berkas)
    if not source.one_file_per_desa:
        return _below_source(path)
    names = (path.stem, *map(_without_zip, reversed(path.parent.parts[2:])))
    own = _own_words(source)
    return next((bare for name in names if (bare := _bare_name(_spaced(name), own))), path.stem)


def _below_source(path: PurePosixPath) -> str:
    return "/".join(name for name in path.parent.parts[2:] if _without_zip(name) == name)


def _without_zip(name: str) -> str:
    return re.sub(r"\.zip$", "", name, flags=re.I)


def _spaced(name: str) -> str:
    return re.sub(r"[_.,-]+", " ", name)


def _own_words(source: Source) -> frozenset[str]:
    own = " ".join((source.name, source.program, *source.programs)).replace("_", " ").casefold().split()
    return frozenset((*own, "".join(own[:2])))


def read_titles(rows: Iterable[Sequence[str]], berkas: str, *, bare: bool = True, own: Container[str] = ()) -> Titles:
    """Desa and kecamatan, as written, of the list whose title rows are `rows` (cells of clean text).

    Where they are silent the file's name tells, then the archive and folders below the source's, the nearest first;
    `bare`: also where it does not say DESA, but for the words that are the source's `own`.
    """
    lines = [" ".join(cell for cell in row if cell) for row in rows]
    path = PurePosixPath(berkas)
    names = [_spaced(name) for name in (path.stem, *map(_without_zip, reversed(path.parent.parts[2:])))]
    desa = _first(_DESA, lines) or _first(_DESA, names)
    if bare and not desa:
        desa = next((found for name in names if (found := _bare_name(name, own))), None)
    return desa, _first(_KECAMATAN, lines) or _first(_KECAMATAN, names)


def _first(pattern: re.Pattern[str], lines: Iterable[str]) -> str | None:
    for line in lines:
        if found := pattern.search(" ".join(line.split())):
            return found[1].strip(" .'-")
    return None


def _bare_name(stem: str, own: Container[str]) -> str | None:
    stem = re.sub(r"\b(?:kecamatan|kec)\b.*", "", stem, flags=re.I)
    words = [w for w in re.sub(r"[\d()]+", " ", stem).split() if w.casefold() not in _NOT_A_NAME]
    words = [w for w in words if w.casefold() not in own]
    return " ".join(words) or None
