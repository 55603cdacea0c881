"""Why a person came, went or changed: the codes of `fakta_perubahan.sebab` in words (docs/gudang.md has them too)."""

CAUSES = {
    "DAFTAR_TIDAK_DIKIRIM": "daftarnya tidak dikirim, dan petugas mengonfirmasinya; belum tentu keluar",
    "TIDAK_ADA_DI_DAFTAR": "daftarnya dikirim, tanpa dia",
    "DAFTAR_DIKIRIM_LAGI": "ada pada daftar yang sempat tidak dikirim",
    "ORANG_BARU": "belum ada di daftar mana pun",
    "BARU_DI_PROGRAM": "sudah dikenal, baru pada program ini",
    "PINDAH_DESA": "tetap pada program itu, di desa lain",
    "SEGMEN": "segmennya berganti",
    "NOMINAL": "jumlah rupiahnya berganti",
}


def with_words(cause: str) -> str:
    """The code, and what it means; a removal that a registry states (MENINGGAL, ...) is a word already."""
    return f"{cause} ({CAUSES[cause]})" if cause in CAUSES else cause
