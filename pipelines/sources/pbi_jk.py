"""PBI-JK, health insurance paid by the state: one row is one person, keyed by BPJS with PSNOKA."""

from pipelines import fields as f
from pipelines.declaration import Field, Source

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
        f.TANGGAL_LAHIR,
        f.JENIS_KELAMIN,
        f.NAMA_IBU,
        f.HUBUNGAN,
        *f.REGION,
        Field("psnoka", "nomor peserta BPJS, 13 angka", "psnoka", ("psnoka_bpjs", "ps_noka", "no kartu peserta")),
        Field("segmen", "segmen kepesertaan BPJS", "teks", ("segmen peserta", "jenis kepesertaan")),
        Field("id_registri", "nomor DTKS orang (UUID)", "teks", ("iddtks", "id_dtks")),
    ),
    required=(("nik", "psnoka"), ("nama",)),
    ignored=(*f.COMMON_IGNORED, "noka_bpjs", "noka", "bulan", "tahun", "status", "kelas_rawat", "kdstawin"),
)
