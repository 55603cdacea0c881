"""Header words as offices write them, and the field that each means."""

import pytest

from pipelines.declaration import fold_header
from pipelines.fields import COMMON_IGNORED
from pipelines.sources import blt_dd

WORDS = {
    "nik": ["NO. KTP/NIK", "Nomor Induk Kependudukan (NIK)", "NIK Penerima Manfaat"],
    "no_kk": ["No. Kartu Keluarga (KK)", "KARTU KELUARGA", "Nomor KK KPM"],
    "nama": ["Nama Penerima BLT-DD", "NAMA KPM BLT DD", "Nama Keluarga Penerima Manfaat (KPM)", "Nama Sesuai KTP"],
    "tanggal_lahir": ["Tempat & Tanggal Lahir", "Tmp/Tgl. Lahir"],
    "jenis_kelamin": ["Jenis Kelamin (L/P)", "JNS. KEL"],
    "kabupaten": ["KAB./KOTA"],
    "desa": ["KEL", "Kel./Desa", "Nama Kelurahan"],
    "hubungan_keluarga": ["Hub. Dgn KK", "Status Hubungan"],
    "nominal": ["Jumlah Uang (Rp)", "Jumlah yang Diterima"],
    "": ["Tanda Tangan/Cap Jempol", "Alamat/Dusun", "No. HP/WA", "Nama Dusun", "Propinsi", "Nama Bank"],
    "unknown": ["Nama (Suami)", "Kelas", "No. Identitas", "Nama Anggota"],
}


@pytest.mark.parametrize(("meaning", "word"), [(m, word) for m, words in WORDS.items() for word in words])
def test_a_word_means_one_field_or_is_unknown(meaning: str, word: str) -> None:
    known = [field.name for field in blt_dd.SOURCE.fields if fold_header(word) in field.folded]
    ignored = fold_header(word) in {fold_header(w) for w in COMMON_IGNORED}
    assert (known, ignored) == ([meaning] if meaning not in ("", "unknown") else [], meaning == "")
