"""The words of the warehouse: a column name has one type and, unless a table says otherwise, one meaning."""

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa
import sqlalchemy as sa

_TEXT = {
    "alasan": "mengapa baris ditolak, satu kata baku",
    "arti": "kolom baku yang dimaksud; kosong: tidak dipakai",
    "aturan": "nama aturan yang dilanggar",
    "berkas": "jalur berkas di bawah folder kiriman, mulai dari periodenya",
    "berlaku_dari": "periode pertama berlakunya, YYYY-MM",
    "berlaku_sampai": "periode mulai tidak berlaku, YYYY-MM; kosong: masih berlaku",
    "bukti": "bukti yang mendukung dan yang menentang",
    "cara": "cara perubahan kunci diketahui",
    "cara_padan": "cara baris ditautkan ke orang atau keluarga",
    "dasar_hukum": "dasar hukum",
    "dusun": "dusun atau lingkungan di bawah desa",
    "hubungan_keluarga": "hubungan dengan kepala keluarga",
    "id_registri": "nomor orang atau keluarga pada registri sosial (DTKS, DTSEN)",
    "jenis": "jenis",
    "jenis_kelamin": "L atau P",
    "kepala_orang_id": "orang_id kepala keluarga",
    "keputusan": "putusan petugas; kosong: belum diputus",
    "keluarga_id": "kunci keluarga, tetap dari periode ke periode",
    "keterangan": "penjelasan untuk petugas, tanpa nomor identitas",
    "kode_bps": "kode desa menurut BPS",
    "kode_desa": "kode desa Kemendagri dengan titik, 21.04.07.2005",
    "kode_kabupaten": "kode kabupaten Kemendagri, 21.04",
    "kode_kecamatan": "kode kecamatan Kemendagri, 21.04.07",
    "kode_lama": "kode Kemendagri sebelum pemekaran",
    "kohort": "nama kelompok yang diases",
    "kolom": "kolom yang menjadi sebab; kosong: seluruh baris",
    "kunci_baru": "kunci yang kini dipakai",
    "kunci_lama": "kunci yang dahulu dipakai",
    "lembar": "nama lembar kerja; kosong untuk berkas teks",
    "lokasi": "tempat kohort diases",
    "nama": "nama orang seperti tertulis pada sumber tepercaya",
    "nama_baku": "nama yang dibakukan untuk pemadanan",
    "nama_ibu": "nama ibu kandung, dibakukan",
    "nama_desa": "nama desa atau kelurahan",
    "nama_kabupaten": "nama kabupaten",
    "nama_kecamatan": "nama kecamatan",
    "nama_lain": "ejaan atau nama lama yang juga dikenal",
    "nasib": "dimuat, diperbaiki, dikarantina, duplikat, atau diabaikan",
    "nik": "Nomor Induk Kependudukan, 16 angka",
    "nik12": "12 angka pertama NIK yang tersamar",
    "nik_jenis": "mutu NIK: sah, tersamar, atau rusak",
    "no_kk": "nomor Kartu Keluarga, 16 angka",
    "oleh": "pengguna komputer yang menulisnya",
    "orang_id": "kunci orang, tetap dari periode ke periode",
    "orang_id_a": "orang pertama dari pasangan",
    "orang_id_b": "orang kedua dari pasangan",
    "pada": "saat ditulis (UTC)",
    "pengirim": "siapa yang mengirim: sumber, dengan kode desa atau subfoldernya",
    "penyelenggara": "instansi penyelenggara",
    "periode": "bulan data, YYYY-MM",
    "periode_sebelum": "periode pembanding, YYYY-MM",
    "pesan": "penjelasan penolakan untuk petugas, tanpa isi sel",
    "program": "program atau registri: DTKS, PKH, BPNT, BLT_DD, PBI_JK, ...",
    "psnoka": "nomor peserta JKN, 13 angka",
    "run_id": "nomor proses yang menerbitkan",
    "satuan": "yang dihitung: orang atau keluarga",
    "sebab": "sebab perubahan",
    "sejak": "periode pertama kali ditemukan, YYYY-MM",
    "segmen": "segmen kepesertaan, misalnya PBI APBN",
    "sidik": "sidik (hash) isi terbitan",
    "sidik_berkas": "sidik SHA-256 isi berkas",
    "status": "AKTIF, atau sebab orang tidak lagi aktif",
    "status_sejak": "periode sejak keadaannya begitu, YYYY-MM",
    "sumber": "nama sumber, juga nama foldernya",
    "temuan_id": "kunci temuan",
    "tingkat": "beratnya temuan",
    "tinjauan_id": "kunci tinjauan",
    "ukuran": "nama ukuran",
    "unit": "milik siapa kuncinya: orang atau keluarga",
}
_COUNT = {
    "baris": "baris fisik, 1 adalah baris pertama berkas atau lembar",
    "diabaikan": "jumlah baris yang bukan data (judul, kepala, total, tanda tangan)",
    "dibaca": "jumlah baris tak kosong",
    "dikarantina": "jumlah baris yang ditolak",
    "dimuat": "jumlah baris yang dimuat",
    "diperbaiki": "jumlah baris yang dimuat setelah identitasnya dipulihkan",
    "duplikat": "jumlah baris yang mengulang baris lain",
    "dari": "banyaknya satuan dalam kohort",
    "desil": "desil kesejahteraan keluarga 1 sampai 10; kosong: belum diperingkat atau bukan registri berdesil",
    "jumlah": "banyaknya satuan yang berbeda",
    "keluar": "banyaknya yang keluar sejak periode sebelumnya",
    "masuk": "banyaknya yang masuk sejak periode sebelumnya",
    "nomor": "urutan kolom, 1 yang paling kiri",
    "nominal": "nilai bantuan dalam rupiah utuh",
    "pengguna": "banyaknya pemakai; kosong: tidak disebut",
    "pindah_keluar": "banyaknya yang pindah ke desa lain",
    "pindah_masuk": "banyaknya yang datang dari desa lain",
    "publikasi_id": "terbitan asal baris ini",
    "tetap": "banyaknya yang tetap sejak periode sebelumnya",
}
_MEASURE = {
    "nilai": "nilai ukuran",
    "skor": "kemiripan pasangan, 0 sampai 1",
    "skor_padan": "keyakinan pemadanan, 0 sampai 1",
}
_DATE = {"tanggal_lahir": "tanggal lahir"}

_KINDS: tuple[tuple[Mapping[str, str], type[sa.types.TypeEngine], pa.DataType], ...] = (
    (_TEXT, sa.Text, pa.string()),
    (_COUNT, sa.BigInteger, pa.int64()),
    (_MEASURE, sa.Double, pa.float64()),
    (_DATE, sa.Date, pa.date32()),
)
ARROW_TYPES: Mapping[str, pa.DataType] = MappingProxyType({name: arrow for words, _, arrow in _KINDS for name in words})
_SQL_TYPES = {name: (sql, words[name]) for words, sql, _ in _KINDS for name in words}


def column(name: str, *, required: bool = False, primary_key: bool = False, meaning: str = "") -> sa.Column:
    """Make a new column of that name; `meaning` where the table gives the word a narrower sense."""
    sql_type, usual = _SQL_TYPES[name]
    return sa.Column(
        name,
        sql_type(),
        nullable=not (required or primary_key),
        primary_key=primary_key,
        autoincrement=False,
        comment=meaning or usual,
    )
