"""Why a row is refused: the rules as values. A row that breaks one goes to `karantina` with its sentence."""

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir

from pipelines.declaration import Source

_MONTHS = 12


@dataclass(frozen=True)
class Rule:
    """`broken` is true for rows that break the rule; `kalimat` tells the sender what is wrong and what to do.

    `of`: which sources are asked.
    """

    code: str
    column: str
    kalimat: str
    broken: Callable[[ir.Table], ir.BooleanValue]
    of: Callable[[Source], bool] = lambda _: True


def _months_lived(t: ir.Table) -> ir.IntegerValue:
    """Months from the month of birth to that of the list, which its path begins with."""
    year, month = t.berkas.substr(0, 4).cast("int64"), t.berkas.substr(5, 2).cast("int64")
    return (year - t.tanggal_lahir.year()) * _MONTHS + month - t.tanggal_lahir.month()


def _of_another_age(t: ir.Table) -> ir.BooleanValue:
    """On no day of the month is he of an age that his category has."""
    young = _months_lived(t) // _MONTHS < t.umur_dari
    old = (_months_lived(t) - 1) // _MONTHS > t.umur_sampai
    return (young | old).fill_null(False)


def _sorts(source: Source) -> bool:
    return bool(source.categories)


# Asked of the standardised row alone (columns: pipelines/stages/baris.py).
ROW_RULES: tuple[Rule, ...] = (
    Rule(
        "jumlah_kolom", "", "Banyaknya kolom baris ini berbeda dari kepala tabel; periksa tanda pemisah di baris ini.",
        lambda t: t.alasan_baca.notnull(),
    ),
    Rule(
        "nama_kosong", "nama", "Nama kosong atau tidak berhuruf; isi nama sesuai KTP.",
        lambda t: t.nama_baku.isnull() & t.fasilitas.isnull(),
    ),
    Rule(
        "desa_tak_dikenal", "desa",
        "Desa atau kelurahan ini, atau kecamatannya, tidak ada di tabel wilayah; perbaiki namanya atau lengkapi tabel "
        "wilayah kantor.",
        lambda t: t.desa_alasan == "desa_tak_dikenal",
    ),
    Rule(
        "desa_bertentangan", "desa",
        "Kabupaten, kecamatan, desa, dan kode wilayah menunjuk desa yang berlainan; pastikan desa yang dimaksud.",
        lambda t: t.desa_alasan == "desa_bertentangan",
    ),
    Rule(
        "kode_desa_ganda", "kode_wilayah",
        "Kode desa tanpa titik ini berarti desa yang berlainan menurut Kemendagri dan BPS; tulis juga nama desanya.",
        lambda t: t.desa_alasan == "kode_desa_ganda",
    ),
    Rule(
        "program_lain", "bansos",
        "Baris ini milik program lain; pindahkan ke folder sumbernya, atau minta daftar program ini saja.",
        lambda t: t.program_lain,
    ),
    Rule(
        "bukan_pbi", "segmen",
        "Segmen baris ini bukan PBI (APBN atau APBD); keluarkan barisnya, atau perbaiki segmennya.",
        lambda t: t.segmen_lain, lambda source: bool(source.segments),
    ),
    Rule(
        "status_tak_dikenal", "status",
        'Status kepesertaan tidak dikenal; tulis AKTIF, atau kata sumber ini pada "Kata status" di panduan operator.',
        lambda t: t.status.isnull(),
    ),
    Rule(
        "desil_tak_dikenal", "desil", "Desil bukan angka 1 sampai 10; kosongkan bila keluarga belum diperingkat.",
        lambda t: t.desil.isnull(), lambda source: "desil" in source.kinds(),
    ),
    Rule(
        "jenis_tak_dikenal", "kategori",
        "Jenis ini tidak ada dalam daftar jenis yang sah; tulis nomor, kode, atau namanya menurut peraturan.",
        lambda t: t.kategori.isnull(), _sorts,
    ),
    Rule(
        "umur_bertentangan", "tanggal_lahir",
        "Umur orang ini pada bulan daftar tidak sesuai dengan jenisnya; periksa tanggal lahir dan jenisnya.",
        _of_another_age, _sorts,
    ),
    Rule(
        "kelamin_bertentangan", "jenis_kelamin",
        "Jenis kelamin orang ini tidak sesuai dengan jenisnya; periksa keduanya.",
        lambda t: (t.jenis_kelamin != t.kelamin_jenis).fill_null(False), _sorts,
    ),
)  # fmt: skip

# Given by linkage, when nothing in the row points to exactly one person.
_NO_PROOF = "dan tidak ada bukti lain yang menunjuk tepat satu orang"
LINK_RULES: dict[str, tuple[str, str]] = {
    "nik_rusak": ("nik", f"NIK rusak {_NO_PROOF}; isi NIK dari KTP atau KK."),
    "nik_kosong": ("nik", f"NIK kosong {_NO_PROOF}; isi NIK dari KTP atau KK."),
    "nik_tersamar": ("nik", f"NIK disamarkan {_NO_PROOF}; minta NIK lengkap."),
    "nik_tak_ada": ("nik", f"Berkas tanpa kolom NIK {_NO_PROOF}; tambahkan kolom NIK."),
    "nik_sah": ("nik", "NIK ini milik orang lain dengan nama yang jauh berbeda; pastikan NIK dan nama dari KTP."),
}


def refusals(rows: ir.Table, source: Source) -> ir.StringValue:
    """The codes of every broken row rule, each followed by a blank; '' for a lawful row."""
    codes = [rule.broken(rows).ifelse(f"{rule.code} ", "") for rule in ROW_RULES if rule.of(source)]
    total = codes[0]
    for code in codes[1:]:
        total = total + code
    return total


def sentences() -> dict[str, tuple[str, str]]:
    """Code of a refusal -> (column, Indonesian sentence), row rules and linkage together."""
    return {r.code: (r.column, r.kalimat) for r in ROW_RULES} | LINK_RULES
