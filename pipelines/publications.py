"""The tables that say what is published, and by which office: `publikasi`, `penunjuk`, `kantor`."""

import sqlalchemy as sa

from pipelines.columns import column

METADATA = sa.MetaData(schema="terbitan")

PUBLIKASI = sa.Table(
    "publikasi",
    METADATA,
    sa.Column("publikasi_id", sa.BigInteger, sa.Identity(always=True), primary_key=True, comment="nomor terbitan"),
    column("periode", required=True),
    sa.Column(
        "terbit_pada",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="saat terbit (UTC)",
    ),
    column("sidik", required=True),
    column("run_id", required=True),
    comment="satu baris: satu terbitan dari satu periode",
)
KANTOR = sa.Table(
    "kantor",
    METADATA,
    sa.Column("sidik_kunci", sa.Text, primary_key=True, comment="sidik kunci kantor, bukan kuncinya"),
    comment="satu baris: kantor yang kuncinya membentuk kunci orang dan keluarga di gudang ini",
)
PENUNJUK = sa.Table(
    "penunjuk",
    METADATA,
    column("periode", primary_key=True),
    sa.Column(
        "publikasi_id",
        sa.BigInteger,
        sa.ForeignKey(PUBLIKASI.c.publikasi_id),
        nullable=False,
        unique=True,
        comment="terbitan yang berlaku untuk periode ini",
    ),
    comment="satu baris: satu periode dan terbitannya yang berlaku",
)
