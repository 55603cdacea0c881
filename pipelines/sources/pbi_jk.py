"""PBI-JK, health insurance paid by the state: one row is one person, keyed by BPJS with PSNOKA.

BPJS's own NIK leads where a file has two; that of SIKS or of the master (`nik_siks`, `nik_pm`, `noktp`) is its witness.
The list of those whose membership ended is read, and gives none.
"""

from pipelines import fields as f
from pipelines.declaration import Field, Layout, Source
from pipelines.sources.dtks import STATUSES

# PISA, the member's place in the family that is insured.
_PLACES = {
    "1": "PESERTA", "2": "SUAMI", "3": "ISTRI", "4": "ANAK", "5": "TAMBAHAN", "peserta": "PESERTA", "suami": "SUAMI",
    "istri": "ISTRI", "anak": "ANAK", "tambahan": "TAMBAHAN",
}  # fmt: skip
# The registry's words for a removal; its numbers are other codes here.
_STATUSES = {word: cause for word, cause in STATUSES.items() if not word.isdecimal()} | {
    "pendaftaran sk*": "AKTIF", "nonaktif": "NONAKTIF", "tidak aktif": "NONAKTIF",
}  # fmt: skip
_MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember", "jan", "feb", "mar", "apr", "jun", "jul", "agu", "ags", "agt", "sep", "okt", "nov", "des",
)  # fmt: skip

SOURCE = Source(
    name="pbi_jk",
    program="PBI_JK",
    title="Penerima Bantuan Iuran Jaminan Kesehatan",
    satuan="orang",
    publisher="BPJS Kesehatan",
    legal_basis="PP 101/2012 jo. PP 76/2015",
    code_system="",  # BPJS has codes of its own: the desa counts by name
    trust=2,
    from_registry=True,
    fields=(
        *f.PERSON,
        f.NIK_SAKSI,
        *f.ABOUT,
        *f.REGION,
        Field("psnoka", "nomor peserta BPJS, 13 angka", "psnoka", ("psnoka_bpjs", "ps_noka", "no kartu peserta")),
        Field("segmen", "segmen kepesertaan BPJS", "teks", ("segmen peserta", "jenis kepesertaan")),
        Field("status", "keadaan kepesertaan", "status", ("status peserta", "status kepesertaan")),
        f.PERSON_KEY,
    ),
    beside=f.BESIDE_PERSON,
    required=(("nik", "psnoka"), ("nama",)),
    ignored=(
        *f.COMMON_IGNORED, "noka_bpjs", "noka", "bulan", "tahun", "kelas_rawat", "kddati2", "nmdati2",
        "kddati2_ppk", "nmdati2_ppk", "keterangan_bayi", "ket_aktivasi", "kdkepwil", "kdkc", "nmkc", "flag_mutasi",
        *(f"flag_mutasi_{month}" for month in _MONTHS), "flag_data_sk", "ket_data_sk",
    ),
    statuses=_STATUSES,
    segments=("PBI APBN", "APBN", "PBI APBD", "APBD"),
    layouts=(
        Layout(
            name="verval",
            title="Verval PBI BPJS",
            marks=("nik", "nik_siks", "pisat"),
            reads={"nik_siks": "nik_saksi"},
            codes={"hubungan_keluarga": _PLACES},
        ),
        Layout(
            name="nonaktif",
            title="Peserta PBI yang dinonaktifkan",
            marks=("nik_kis", "nama_kis"),
            reads={
                "nik_kis": "nik", "nama_kis": "nama", "ps_noka": "psnoka", "nik_pm": "nik_saksi", "nkk_pm": "no_kk",
                **dict.fromkeys((
                    "noka_kis", "alamat_kis", "faskes_kis", "nama_pm", "alamat_pm", "tmp_lhr_pm", "tgl_lhr_pm",
                ), ""),
            },
            status="NONAKTIF",
        ),
        Layout(
            name="master",
            title="Ekstrak master BPJS",
            marks=("psnoka", "psnokalama", "kdstatuspst"),
            reads={
                "noktp": "nik_saksi", "kdhubkel": "hubungan_keluarga", "kdstatuspst": "status_dasar",
                **dict.fromkeys((
                    "psnokalama", "psnokalama2", "nmcetak", "flagtanggungan", "tmt", "tat", "npwp", "email", "noka",
                    "kdstawin",
                ), ""),
            },
            codes={"hubungan_keluarga": _PLACES, "status_dasar": {"0": "AKTIF"}},  # other codes are not published
        ),
    ),
)  # fmt: skip
