"""The shared fields: a header word has one meaning in a source, and every known word is used or ignored."""

import pytest

from pipelines import fields
from pipelines.declaration import Field, Source, fold_header
from pipelines.fields import COMMON_IGNORED
from pipelines.sources import REGISTER, blt_dd

SHARED = [value for value in vars(fields).values() if isinstance(value, Field)]

# Header words of real layouts (domain.md section 1) and the field that they mean.
HEADERS = (
    ("nomor_nik", "nik"), ("Nik", "nik"), ("NO KTP", "nik"), ("nik_siks", "nik"), ("nomor_kk", "no_kk"),
    ("Nokk", "no_kk"),
    ("kk", "no_kk"), ("nkk", "no_kk"), ("kkno", "no_kk"), ("NAMA_PENERIMA", "nama"), ("Nama KPM", "nama"),
    ("nama_lgkp", "nama"), ("Tanggal_Lahir", "tanggal_lahir"), ("tgl_lahir", "tanggal_lahir"),
    ("tgllhr", "tanggal_lahir"),
    ("Tgl/Bln/Th", "tanggal_lahir"), ("jenkel_id", "jenis_kelamin"), ("Jenis_Kelamin", "jenis_kelamin"),
    ("nama_ibu_kandung", "nama_ibu"), ("ibu_kandung", "nama_ibu"), ("Hub_Keluarga", "hubungan_keluarga"),
    ("shdk_id", "hubungan_keluarga"), ("KEC_NAME", "kecamatan"), ("KEL_NAME", "desa"),
    ("Desa_Kelurahan", "desa"),
    ("village", "desa"), ("kode wilayah", "kode_wilayah"),
)  # fmt: skip


# Words that offices use besides; "" stands for a known column that no stage reads.
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
    "": [
        "Tanda Tangan/Cap Jempol",
        "Alamat/Dusun",
        "No. HP/WA",
        "Nama Dusun",
        "Propinsi",
        "Nama Bank",
        "JALAN",
        "Nama Jalan",
        "Jln.",
        "No. Rumah",
        "Gang",
        "Jenis_Pekerjaan",
        "Tanda tangan/No Rek",
    ],
    "unknown": ["Nama (Suami)", "Kelas", "No. Identitas", "Nama Anggota", "No. Jalan", "Jalan Kaki"],
}


@pytest.mark.parametrize(("header", "name"), HEADERS)
def test_a_header_of_a_real_layout_means_its_field(header: str, name: str) -> None:
    assert [f.name for f in SHARED if fold_header(header) in f.folded] == [name]


@pytest.mark.parametrize(("meaning", "word"), [(m, word) for m, words in WORDS.items() for word in words])
def test_a_word_means_one_field_or_is_unknown(meaning: str, word: str) -> None:
    known = [field.name for field in blt_dd.SOURCE.fields if fold_header(word) in field.folded]
    ignored = fold_header(word) in {fold_header(w) for w in COMMON_IGNORED}
    assert (known, ignored) == ([meaning] if meaning not in ("", "unknown") else [], meaning == "")


@pytest.mark.parametrize("source", REGISTER, ids=lambda s: s.name)
def test_a_header_word_means_one_field_of_a_source(source: Source) -> None:
    words = [word for f in source.fields for word in f.folded]
    assert sorted(w for w in set(words) if words.count(w) > 1) == []


@pytest.mark.parametrize("source", REGISTER, ids=lambda s: s.name)
def test_no_word_is_both_used_and_ignored(source: Source) -> None:
    assert source.header().keys() & source.ignored_words() == set()


@pytest.mark.parametrize("source", REGISTER, ids=lambda s: s.name)
def test_what_a_source_requires_it_declares(source: Source) -> None:
    names = {f.name for f in source.fields}
    assert len(names) == len(source.fields)
    assert all(set(alternatives) <= names for alternatives in source.required)


@pytest.mark.parametrize("field", SHARED, ids=lambda f: f.name)
def test_a_field_is_explained(field: Field) -> None:
    assert field.name.isidentifier() and field.meaning
