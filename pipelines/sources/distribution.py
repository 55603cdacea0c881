"""The layout that the ministry's distribution lists share: PKH and Sembako come as one file type."""

from pipelines import fields as f
from pipelines.declaration import Field

DISTRIBUTION_FIELDS = (
    *f.PERSON, f.TANGGAL_LAHIR, f.JENIS_KELAMIN, f.NAMA_IBU, f.HUBUNGAN, *f.REGION,
    Field("id_registri", "nomor DTKS orang (UUID)", "teks", ("iddtks", "id_dtks")),
    Field("bansos", "program yang disalurkan", "teks", ("program", "jenis bansos")),
    Field("nominal", "jumlah bantuan yang disalurkan", "rupiah", ("jumlah", "besaran", "nilai bantuan"), unit="rupiah"),
)  # fmt: skip
DISTRIBUTION_IGNORED = (
    "penyaluran_oleh", "status", "kode_batch", "keterangan_padan", "bansos_bpnt", "bansos_bpnt_ppkm",
    "pekerjaan_id", "no peserta pkh", "tahap", "pendamping", "komponen",
)  # fmt: skip
