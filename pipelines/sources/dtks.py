"""DTKS, the registry of the poor and the vulnerable until 2024: one row is one person.

A list of anomalies (`nama_anomali`) names people of the registry and is read as such; a proposal (`program_bansos`) and
the ministry's answer to one (`nik_usulan`) name people who are not in it yet: they are refused by name.
"""

from pipelines import fields as f
from pipelines.declaration import Field, Layout, Source

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

_PROPOSED = (
    "bukan daftar registri: orang yang diusulkan belum terdaftar; keluarkan dari folder kiriman, dan pakai daftar DTKS "
    "sesudah usulan itu ditetapkan"
)

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
        f.PERSON_KEY,
        *f.PERSON,
        *f.ABOUT,
        *f.REGION,
        Field("status", "status kepesertaan di registri", "status", ("status_dtks", "status kepesertaan")),
    ),
    beside=f.BESIDE_PERSON,
    required=(("nik",), ("nama",), ("no_kk",), ("desa", "kode_wilayah")),
    ignored=(
        *f.COMMON_IGNORED,
        "bansos_bpnt",
        "bansos_pkh",
        "bansos_bpnt_ppkm",
        "pbi_jkn",
        "tgl_kejadian",
        "noreg_kejadian",
        "pkh",
        "bpnt",
        "bst",
        "bpnt_ppkm",
        "pbi",
        "nama_anomali",
    ),
    statuses=STATUSES,
    berlaku_sampai="2025-01",  # Inpres 4/2025: DTSEN takes its place
    layouts=(
        Layout(
            "jawaban_usulan",
            "Jawaban SIKS atas usulan",
            ("nik_usulan",),
            refusal=f"jawaban atas usulan ini {_PROPOSED}",
        ),
        Layout("usulan", "Usulan DTKS", ("program_bansos",), refusal=f"berkas usulan ini {_PROPOSED}"),
    ),
)
