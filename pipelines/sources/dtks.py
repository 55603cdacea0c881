"""DTKS, the registry of the poor and the vulnerable until 2024: one row is one person."""

from pipelines import fields as f
from pipelines.declaration import Field, Source

STATUSES = {
    "": "AKTIF", "aktif": "AKTIF", "1": "AKTIF", "hidup": "AKTIF",
    "meninggaldunia": "MENINGGAL", "meninggal": "MENINGGAL", "2": "MENINGGAL", "mati": "MENINGGAL",
    "ganda": "GANDA", "3": "GANDA",
    "pindah": "PINDAH", "4": "PINDAH", "pindahdomisili": "PINDAH",
    "tidakditemukan": "TIDAK_DITEMUKAN", "5": "TIDAK_DITEMUKAN",
    "mampu": "MAMPU", "sudahmampu": "MAMPU", "6": "MAMPU",
    "menolak": "MENOLAK", "7": "MENOLAK",
    "adaanggotaasntnipolriguru": "ADA_ANGGOTA_ASN_TNI_POLRI_GURU", "asn": "ADA_ANGGOTA_ASN_TNI_POLRI_GURU",
    "pns": "ADA_ANGGOTA_ASN_TNI_POLRI_GURU", "guru": "ADA_ANGGOTA_ASN_TNI_POLRI_GURU",
    "niktidakpadan": "NIK_TIDAK_PADAN", "belumcek": "BELUM_CEK",
}  # fmt: skip

SOURCE = Source(
    name="dtks",
    program="DTKS",
    title="Data Terpadu Kesejahteraan Sosial",
    satuan="orang",
    publisher="Kementerian Sosial (SIKS-NG)",
    legal_basis="Permensos 3/2021",
    code_system="kemendagri",
    registry=True,
    trust=1,
    fields=(
        Field("id_registri", "nomor DTKS orang (UUID)", "teks", ("iddtks", "id_dtks", "no_dtks")),
        *f.PERSON,
        f.TANGGAL_LAHIR,
        f.JENIS_KELAMIN,
        f.NAMA_IBU,
        f.HUBUNGAN,
        *f.REGION,
        Field("status", "status kepesertaan di registri", "status", ("status_dtks", "status kepesertaan")),
    ),
    required=(("nik",), ("nama",), ("no_kk",), ("desa", "kode_wilayah")),
    ignored=(
        *f.COMMON_IGNORED,
        "keterangan_padan",
        "bansos_bpnt",
        "bansos_pkh",
        "bansos_bpnt_ppkm",
        "pbi_jkn",
        "periode",
        "nama_ayah",
        "tgl_kejadian",
        "noreg_kejadian",
        "pkh",
        "bpnt",
        "bst",
        "bpnt_ppkm",
        "pbi",
    ),
    statuses=STATUSES,
)
