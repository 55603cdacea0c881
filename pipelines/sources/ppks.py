"""PPKS, people in need of social welfare services: one row is one person of one of 26 kinds (Permensos 5/2019).

Some kinds are of an age or a sex; who is of another is refused with the reason. Who stands under two kinds counts once,
under the first; the other rows are `duplikat`. It says who is in need, and gives nothing.
"""

from dataclasses import replace

from pipelines import fields as f
from pipelines.declaration import Category, Field, Source

_CHILD, _TODDLER, _OLD = (6, 18), (0, 5), (60, 150)

_KINDS = (
    Category("PMKS-01", "anak balita terlantar", ("balita terlantar",), _TODDLER),
    Category("PMKS-02", "anak terlantar", (), _CHILD),
    Category("PMKS-03", "anak yang berhadapan dengan hukum", ("abh", "anak berhadapan dengan hukum"), _CHILD),
    Category("PMKS-04", "anak jalanan", ("anjal",), _CHILD),
    Category("PMKS-05", "anak dengan kedisabilitasan", ("adk", "anak penyandang disabilitas"), _CHILD),
    Category("PMKS-06", "anak yang menjadi korban tindak kekerasan", (
        "anak korban kekerasan", "anak korban tindak kekerasan", "anak yang menjadi korban kekerasan"), _CHILD),
    Category("PMKS-07", "anak yang memerlukan perlindungan khusus", (
        "ampk", "anak perlindungan khusus", "anak memerlukan perlindungan khusus"), _CHILD),
    Category("PMKS-08", "lanjut usia terlantar", ("lansia terlantar", "lut"), _OLD),
    Category("PMKS-09", "penyandang disabilitas", ("disabilitas", "pd")),
    Category("PMKS-10", "tuna susila", ("tunasusila",)),
    Category("PMKS-11", "gelandangan"),
    Category("PMKS-12", "pengemis"),
    Category("PMKS-13", "pemulung"),
    Category("PMKS-14", "kelompok minoritas", ("minoritas",)),
    Category("PMKS-15", "bekas warga binaan lembaga pemasyarakatan", ("bwblp",)),
    Category("PMKS-16", "orang dengan HIV/AIDS", ("odha", "odhiv")),
    Category("PMKS-17", "korban penyalahgunaan NAPZA", ("korban napza", "napza")),
    Category("PMKS-18", "korban trafficking", ("korban perdagangan orang", "trafficking")),
    Category("PMKS-19", "korban tindak kekerasan", ("korban kekerasan",)),
    Category("PMKS-20", "pekerja migran bermasalah sosial", ("pmbs", "pekerja migran bermasalah")),
    Category("PMKS-21", "korban bencana alam", ("kba",)),
    Category("PMKS-22", "korban bencana sosial", ("kbs",)),
    Category("PMKS-23", "perempuan rawan sosial ekonomi", ("prse",), sex="P"),
    Category("PMKS-24", "fakir miskin"),
    Category("PMKS-25", "keluarga bermasalah sosial psikologis", ("kbsp",)),
    Category("PMKS-26", "komunitas adat terpencil", ("kat",)),
)  # fmt: skip

KINDS = tuple(replace(kind, also=(*kind.also, kind.code.replace("PMKS", "PPKS"))) for kind in _KINDS)

SOURCE = Source(
    name="ppks",
    program="PPKS",
    title="Pemerlu Pelayanan Kesejahteraan Sosial",
    satuan="orang",
    publisher="Dinas Sosial",
    legal_basis="Permensos 8/2012; Permensos 5/2019",
    code_system="mana_saja",
    trust=4,
    mandatory=False,
    cadence_months=12,  # a survey: it stands until the next, a year at most
    aid=False,
    categories=KINDS,
    fields=(
        *f.PERSON,
        *f.ABOUT,
        *f.REGION,
        f.PERSON_KEY,
        Field("kategori", "jenis PPKS: nomor, kode, atau nama", "teks", (
            "jenis ppks", "jenis pmks", "kategori ppks", "kategori pmks", "kode ppks", "kode pmks", "ppks", "pmks",
            "jenis", "kode jenis",
        )),
    ),
    beside=f.BESIDE_PERSON,
    required=(("nama",), ("kategori",), ("desa", "kode_wilayah")),
    ignored=(*f.COMMON_IGNORED, "tahun", "kecacatan", "jenis disabilitas", "jenis kecacatan", "kondisi",
             "permasalahan", "kebutuhan", "bantuan", "pendamping", "tksk", "lks", "foto"),
)  # fmt: skip
