"""The warehouse's tables, declared once: DDL, comments, Parquet schemas and views are derived from here.

A versioned table starts with `publikasi_id`; its rows are never changed after they were published. What
readers see (schema `public`) are views that follow `penunjuk`, the pointer to the publication of each period.
"""

from collections.abc import Mapping

import pyarrow as pa

from pipelines.columns import ARROW_TYPES
from pipelines.publications import METADATA
from pipelines.versioned import VERSIONED, versioned

__all__ = ["METADATA", "VERSIONED", "arrow_schema_of", "columns_of", "period_column"]  # whole once this is imported

# What only grows: a publication holds what is new, a stage is given everything known before its period.
CUMULATIVE = frozenset({"pengenal", "kartu_keluarga", "log_kunci", "temuan_riwayat"})
# A publication holds the versions that begin in its period; the end of a version is computed by its view.
HISTORY_KEY: Mapping[str, str] = {"dim_orang": "orang_id", "dim_keluarga": "keluarga_id"}
# Stored whole with every publication; readers see those of the latest period.
REFERENCE = frozenset({"dim_wilayah", "dim_program"})
_OF_FINDINGS = {
    "program": "program yang dimaksud, bila aturannya membedakan program",
    "sidik": "sidik (hash) buktinya; berganti bila buktinya berganti",
    "alasan": "alasan putusan petugas; kosong: bukan putusan petugas",
}


versioned(
    "dim_wilayah",
    "satu baris: satu desa atau kelurahan",
    "kode_desa nama_desa jenis kode_kecamatan nama_kecamatan kode_kabupaten nama_kabupaten"
    " berlaku_dari berlaku_sampai kode_bps kode_lama nama_lain",
    required="kode_desa",
    index="kode_desa",
    meanings={"jenis": "desa atau kelurahan"},
)
versioned(
    "dim_program",
    "satu baris: satu program atau registri",
    "program nama satuan penyelenggara dasar_hukum",
    key="program",
    meanings={"nama": "nama lengkap program"},
)
versioned(
    "dim_orang",
    "satu baris: satu versi satu orang",
    "orang_id nik nama tanggal_lahir jenis_kelamin keluarga_id kode_desa status berlaku_dari"
    " nama_baku hubungan_keluarga nik_jenis",
    key="orang_id",
    required="berlaku_dari",
)
versioned(
    "dim_keluarga",
    "satu baris: satu versi satu keluarga",
    "keluarga_id no_kk kepala_orang_id kode_desa berlaku_dari",
    key="keluarga_id",
    required="berlaku_dari",
)
versioned(
    "fakta_kepesertaan",
    "satu baris: satu orang atau keluarga dalam satu program pada satu periode",
    "periode program orang_id keluarga_id kode_desa segmen nominal berkas lembar baris desil",
    required="program",
    index="kode_desa",
)
versioned(
    "fasilitas",
    "satu baris: satu fasilitas bersama satu dusun, misalnya WC komunal",
    "periode kode_desa dusun jenis jumlah pengguna sumber berkas lembar baris",
    required="jenis",
    index="kode_desa",
    meanings={"jenis": "jenis fasilitas seperti tertulis", "jumlah": "banyaknya unit; kosong: tidak disebut"},
)
versioned(
    "fakta_perubahan",
    "satu baris: satu perubahan sejak periode sebelumnya",
    "periode periode_sebelum program orang_id keluarga_id kode_desa jenis sebab",
    required="program jenis",
    index="kode_desa",
    meanings={"jenis": "masuk, keluar, pindah_masuk, pindah_keluar, atau ubah"},
)
versioned(
    "daftar_tidak_dikirim",
    "satu baris: satu orang atau keluarga pada daftar yang tidak dikirim dan dikonfirmasi petugas tidak ada",
    "periode program orang_id keluarga_id kode_desa sumber pengirim sejak",
    required="program sumber pengirim sejak",
    index="kode_desa",
    meanings={
        "kode_desa": "desanya pada daftar terakhir yang dikirim",
        "pengirim": "siapa yang tidak mengirim: sumber, dengan kode desa atau subfoldernya",
        "sejak": "periode pertama tanpa daftar itu, YYYY-MM",
    },
)
versioned(
    "tertahan",
    "satu baris: satu orang atau keluarga yang tidak terhitung, sedangkan baris yang mungkin miliknya dikarantina",
    "periode program orang_id keluarga_id kode_desa sejak",
    required="program sejak",
    meanings={"kode_desa": "desanya ketika terakhir terhitung", "sejak": "periode pertama tidak terhitung, YYYY-MM"},
)
versioned(
    "snapshot_desa",
    "satu baris: satu desa, satu program, satu periode",
    "periode kode_desa program satuan jumlah masuk keluar pindah_masuk pindah_keluar tetap periode_sebelum",
    key="kode_desa program",
    required="satuan jumlah masuk keluar pindah_masuk pindah_keluar tetap",
    meanings={"periode_sebelum": "periode pembanding, YYYY-MM; kosong: periode pertama, belum ada pembanding"},
)
versioned(
    "temuan",
    "satu baris: satu temuan",
    "temuan_id periode aturan tingkat orang_id keluarga_id kode_desa keterangan dasar_hukum status"
    " program sejak status_sejak sidik alasan oleh pada",
    key="temuan_id",
    required="aturan",
    index="orang_id",
    meanings={
        "status": "terbuka, dikonfirmasi, atau muncul_lagi; yang ditutup hanya ada di temuan_riwayat",
        **_OF_FINDINGS,
    },
)
versioned(
    "temuan_riwayat",
    "satu baris: satu perubahan keadaan satu temuan",
    "temuan_id periode aturan program orang_id keluarga_id kode_desa status sebab sejak sidik alasan oleh pada",
    key="temuan_id",
    required="aturan status sebab",
    meanings={
        "periode": "bulan keadaannya berubah, YYYY-MM",
        "status": "keadaannya sejak itu: terbuka, dikonfirmasi, ditutup, atau muncul_lagi",
        "sebab": "sebab keadaannya berubah; DAFTAR_TIDAK_DIKIRIM, BARIS_DIKARANTINA: tidak terlihat, belum tentu beres",
        **_OF_FINDINGS,
    },
)
versioned(
    "karantina",
    "satu baris: satu alasan satu baris kiriman ditolak",
    "periode sumber berkas lembar baris kolom alasan pesan kode_desa",
    required="sumber berkas baris alasan",
)
versioned(
    "jejak_baris",
    "satu baris: satu baris fisik satu berkas",
    "periode sumber berkas lembar baris nasib orang_id keluarga_id cara_padan skor_padan jenis",
    required="sumber berkas baris nasib",
    meanings={"jenis": "data, judul, kepala, nomor, total, tanda_tangan, catatan, atau nihil"},
)
versioned(
    "neraca_baris",
    "satu baris: satu berkas",
    "periode sumber berkas sidik_berkas dibaca dimuat diperbaiki dikarantina duplikat diabaikan pengirim",
    required="sumber dibaca dimuat diperbaiki dikarantina duplikat diabaikan",
    key="berkas",
)
versioned(
    "konfirmasi",
    "satu baris: satu jawaban petugas atas yang ditanyakan penilaian, yang membuat periode itu terbit",
    "periode aturan pengirim alasan oleh pada sidik",
    required="aturan pengirim alasan oleh",
    meanings={
        "aturan": "aturan penilaian yang dijawab",
        "alasan": "mengapa kiriman itu benar, menurut petugas",
        "sidik": "sidik (hash) kiriman dan angka yang dikonfirmasi",
    },
)
versioned(
    "tinjauan",
    "satu baris: satu pasangan yang harus diputus petugas, atau yang sudah ia putus",
    "tinjauan_id periode orang_id_a orang_id_b skor bukti keputusan sidik berkas lembar baris",
    key="tinjauan_id",
    required="orang_id_a sidik",
    meanings={
        "orang_id_b": "orang kedua dari pasangan; kosong: baris yang belum milik siapa pun",
        "sidik": "sidik (hash) bukti yang ditanyakan",
        "berkas": "berkas baris kedua, bila orang keduanya kosong",
    },
)
versioned(
    "log_kunci",
    "satu baris: satu perubahan satu kunci pada satu periode",
    "periode jenis unit kunci_lama kunci_baru bukti cara skor",
    required="jenis unit kunci_lama kunci_baru bukti",
    meanings={
        "jenis": "gabung: dua kunci menjadi satu; pecah: satu kunci menjadi dua",
        "bukti": "mengapa, tanpa nomor atau nama orang",
        "skor": "kuatnya bukti, 0 sampai 1; kosong: tidak diukur",
    },
)
versioned(
    "asesmen_kohort",
    "satu baris: satu kohort yang diases, satu program, satu ukuran",
    "periode kohort program satuan jumlah dari ukuran lokasi sebab",
    required="kohort program satuan jumlah dari ukuran",
    meanings={"sebab": "sebab dikeluarkan dari registri", "program": "program; ASESMEN: kohort itu sendiri"},
)
versioned(
    "anggota_kohort",
    "satu baris: satu orang dalam satu kohort yang diases; kohort diikuti dari periode ke periode",
    "periode kohort lokasi orang_id keluarga_id kode_desa",
    key="kohort orang_id",
)
versioned(
    "pengenal",
    "satu baris: satu bukti pengenal satu orang, pada periode pertama kali terlihat",
    "periode orang_id keluarga_id nik no_kk nama_baku tanggal_lahir jenis_kelamin psnoka id_registri kode_desa"
    " nama_ibu nik12",
    required="orang_id",
    meanings={"periode": "bulan bukti pertama kali terlihat, YYYY-MM"},
)
versioned(
    "kartu_keluarga",
    "satu baris: satu nomor Kartu Keluarga yang dikenal dari satu keluarga",
    "periode no_kk keluarga_id",
    required="no_kk keluarga_id",
    meanings={"periode": "bulan nomor pertama kali terlihat, YYYY-MM"},
)
versioned(
    "kolom_berkas",
    "satu baris: satu kolom satu lembar satu berkas, dan artinya menurut pembacaan",
    "periode sumber pengirim berkas lembar baris nomor kolom arti",
    required="sumber berkas baris nomor",
    meanings={"kolom": "judul kolom seperti tertulis", "baris": "baris kepala tabel"},
)
versioned(
    "ukuran_kiriman",
    "satu baris: satu ukuran satu kiriman",
    "periode sumber ukuran nilai",
    required="sumber ukuran",
)


def columns_of(table: str) -> tuple[str, ...]:
    """Column names of a versioned table as a stage delivers them, in order: all but `publikasi_id`."""
    return tuple(c.name for c in VERSIONED[table].columns if c.name != "publikasi_id")


def arrow_schema_of(table: str) -> pa.Schema:
    """Parquet schema in which a stage delivers the table: text, int64, double, date32; no `publikasi_id`."""
    return pa.schema([(name, ARROW_TYPES[name]) for name in columns_of(table)])


def period_column(table: str) -> str | None:
    """The column that must equal the period a row is published in; None for reference tables."""
    if table in REFERENCE:
        return None
    return "berlaku_dari" if table in HISTORY_KEY else "periode"
