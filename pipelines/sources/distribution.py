"""The layout that the ministry's distribution lists share: PKH and Sembako come as one file type."""

from functools import partial

from pipelines import fields as f
from pipelines.declaration import FAMILIES, Field, Layout, Source
from pipelines.handover import POPULATION

_FIELDS = (
    *f.FAMILY, *f.ABOUT, *f.REGION,
    f.PERSON_KEY,
    Field("bansos", "program yang disalurkan", "teks", ("program", "jenis bansos")),
    Field("nominal", "jumlah bantuan yang disalurkan", "rupiah", ("jumlah", "besaran", "nilai bantuan"), unit="rupiah"),
    Field("status", "keadaan penyaluran", "status", ()),
)  # fmt: skip
# How far the payment has come (SI: the bank's standing instruction); who failed to be paid, or is out, stands under
# another word.
_STATUSES = dict.fromkeys(("", "aktif", "si", "sudah si", "berhasil salur", "sudah salur", "sudah transaksi"), "AKTIF")
_IGNORED = (
    "penyaluran_oleh", "kode_batch", "bansos_bpnt", "bansos_bpnt_ppkm", "no peserta pkh", "tahap",
    "pendamping", "komponen", "no peserta", "nomor kks", "no kks",
)  # fmt: skip
# A declaration of one, with what is its own.
distribution_list = partial(
    Source,
    satuan="keluarga",
    publisher="Kementerian Sosial",
    code_system="kemendagri",
    max_rows=FAMILIES,
    trust=3,
    from_registry=True,
    fields=_FIELDS,
    statuses=_STATUSES,
    required=(("nik",), ("nama",), ("no_kk",), ("desa", "kode_wilayah")),
    ignored=(*f.COMMON_IGNORED, *_IGNORED),
)
# Who is to take whose place is no list of who receives: the ministry's answer is the next list.
REPLACEMENT = Layout(
    name="penggantian",
    title="Usul penggantian KPM",
    marks=("nkk_ganti", "nik_ganti"),
    refusal="berkas ini usul penggantian KPM, bukan daftar penerima; keluarkan dari folder kiriman, dan pakai daftar "
    "penerima sesudah usul itu ditetapkan",
)
# The guideline's record of a change (its items a to q): the family in the person of its recipient.
CHANGE_RECORD = Layout(
    name="catatan_perubahan",
    title="Catatan perubahan KPM (pedoman BPNT)",
    marks=("nomor kks", "id bdt kpm", "nik pengurus"),
    reads={
        "nama pengurus kpm": "nama", "nik pengurus": "nik", "id bdt kpm": "id_registri", "nama kk": "",
        "status kepesertaan bpnt": "status_dasar",
        **dict.fromkeys((
            "nomor kks", "no. rekening bansos", "id pengurus", "no peserta pkh", "status pkh", "anggota", "alamat",
        ), ""),
    },
    codes={"status_dasar": POPULATION | {"nonaktif": "NONAKTIF", "tidakaktif": "NONAKTIF"}},
    required=(("nik",), ("nama",), ("no_kk",)),
)  # fmt: skip
