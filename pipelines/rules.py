"""Why a row is refused: the rules as values. A row that breaks one goes to `karantina` with its sentence."""

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir


@dataclass(frozen=True)
class Rule:
    """`broken` is true for rows that break the rule; `kalimat` tells the sender what is wrong and what to do."""

    code: str
    column: str
    kalimat: str
    broken: Callable[[ir.Table], ir.BooleanValue]


# Asked of the standardised row alone (columns: pipelines/stages/baris.py).
ROW_RULES: tuple[Rule, ...] = (
    Rule(
        "jumlah_kolom", "", "Banyaknya kolom baris ini berbeda dari kepala tabel; periksa tanda pemisah di baris ini.",
        lambda t: t.alasan_baca.notnull(),
    ),
    Rule(
        "nama_kosong", "nama", "Nama kosong atau tidak berhuruf; isi nama sesuai KTP.",
        lambda t: t.nama_baku.isnull(),
    ),
    Rule(
        "desa_tak_dikenal", "desa",
        "Desa atau kelurahan ini tidak ada di tabel wilayah; perbaiki namanya atau lengkapi tabel wilayah kantor.",
        lambda t: t.desa_alasan == "desa_tak_dikenal",
    ),
    Rule(
        "desa_bertentangan", "desa",
        "Kecamatan, desa, dan kode wilayah menunjuk desa yang berlainan; pastikan desa yang dimaksud.",
        lambda t: t.desa_alasan == "desa_bertentangan",
    ),
    Rule(
        "program_lain", "bansos",
        "Baris ini milik program lain; pindahkan ke folder sumbernya, atau minta daftar program ini saja.",
        lambda t: t.program_lain,
    ),
    Rule(
        "status_tak_dikenal", "status", "Status kepesertaan tidak dikenal; pakai AKTIF atau alasan penghapusan.",
        lambda t: t.status.isnull(),
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


def refusals(rows: ir.Table) -> ir.StringValue:
    """The codes of every broken row rule, each followed by a blank; '' for a lawful row."""
    codes = [rule.broken(rows).ifelse(f"{rule.code} ", "") for rule in ROW_RULES]
    total = codes[0]
    for code in codes[1:]:
        total = total + code
    return total


def sentences() -> dict[str, tuple[str, str]]:
    """Code of a refusal -> (column, Indonesian sentence), row rules and linkage together."""
    return {r.code: (r.column, r.kalimat) for r in ROW_RULES} | LINK_RULES
