"""Why a person came, went or changed: the codes of `fakta_perubahan.sebab` in words (docs/gudang.md has them too)."""

NOT_SENT, SENT_AGAIN = "DAFTAR_TIDAK_DIKIRIM", "DAFTAR_DIKIRIM_LAGI"
HELD, ACCEPTED_AGAIN = "BARIS_DIKARANTINA", "BARIS_DITERIMA_LAGI"
NOT_LISTED, NEW_PERSON, NEW_MEMBER = "TIDAK_ADA_DI_DAFTAR", "ORANG_BARU", "BARU_DI_PROGRAM"
MOVED, OTHER_SEGMENT, OTHER_AMOUNT = "PINDAH_DESA", "SEGMEN", "NOMINAL"

CAUSES = {
    NOT_SENT: "daftarnya tidak dikirim; belum tentu keluar",
    HELD: "satu baris daftarnya yang dikarantina mungkin miliknya; belum tentu keluar",
    NOT_LISTED: "daftarnya dikirim, tanpa dia",
    SENT_AGAIN: "ada pada daftar yang sempat tidak dikirim",
    ACCEPTED_AGAIN: f"keluar dengan sebab {HELD}, dan barisnya dikarantina sampai bulan lalu",
    NEW_PERSON: "belum ada di daftar mana pun",
    NEW_MEMBER: "sudah dikenal; periode lalu tidak ada pada program ini",
    MOVED: "tetap pada program itu, di desa lain",
    OTHER_SEGMENT: "segmennya berganti",
    OTHER_AMOUNT: "jumlah rupiahnya berganti",
}


def with_words(cause: str) -> str:
    """The code, and what it means; a removal that a registry states (MENINGGAL, ...) is a word already."""
    return f"{cause} ({CAUSES[cause]})" if cause in CAUSES else cause
