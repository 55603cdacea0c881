"""The plan: every stage by name, and what each needs, read off the parameters of its function.

A parameter names a table. `mentah`, `berkas`, `kolom` and `baris` are those tables of all sources together;
`<table>_lalu` is what was published before the period; `kantor` holds the office's secret key (`kunci`), and
`putusan_masuk` what its officers decided about findings. Parameters that are no tables: `periode`, `sources`,
`present` (the sources that have a row), `registri`, `fields`, `family_rids`, `aturan` (the rules for findings in
force), `bobot` (the weights of the linkage), `keep`.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from pipelines import regions
from pipelines.declaration import Source, by_trust
from pipelines.period import Period
from pipelines.plausibility import FRAMES
from pipelines.rulebook import FindingRule
from pipelines.stages import (
    asesmen,
    daftar,
    dimensi,
    fakta,
    fasilitas,
    jejak,
    keluarga,
    kunci,
    orang,
    pasangan,
    pengirim,
    perubahan,
    program,
    snapshot,
    tautan,
    temuan,
    tertahan,
    tinjauan,
    ukuran,
    ukuran_pengirim,
    ukuran_sumber,
)
from pipelines.stages import baris as rows_stage
from pipelines.tables import arrow_schema_of
from pipelines.weights import DECLARED, Weights

# Sources of this trust or stronger name whole families; a recipient list often still carries the old card (4.3 % of
# the rows of a real village, domain.md 2.3).
_FAMILY_LISTS_TRUST = 2
KEEP = "keep"  # how a stage names what it needs more than once: `pipelines.linkage.Keep`
_VALUES = ("periode", "sources", "present", "registri", "fields", "family_rids", "aturan", "bobot", KEEP)
_LEDGER, _TITLES = ("berkas", "lembar", "baris", "jenis"), ("judul_desa", "judul_kecamatan")
_FILES = ("berkas", "sidik_berkas", "dibaca")  # what the stages ask of all files
COLLECTIVE = ("mentah", "berkas", "baris", "kolom")
BEFORE = "_lalu"
# What the office itself hands in; in the engine's memory only.
GIVEN = (OFFICE, DECISIONS) = ("kantor", "putusan_masuk")


@dataclass(frozen=True)
class Stage:
    """One table and the function that makes it. `group` is where it stands in the picture of the lineage, `asset` the
    asset that it is made in: its own, or that of the only table it serves. `empty`: what it makes where none of the
    tables that it is `made_of` has a row; None: it is asked all the same. `bound`: what its function follows from
    besides its parameters."""

    name: str
    function: Callable[..., ir.Table]
    group: str
    empty: pa.Schema | None = None
    made_of: tuple[str, ...] = ()
    bound: tuple[object, ...] = ()

    @property
    def asset(self) -> str:
        """Name of the asset."""
        return asset_of(self.name)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the function's parameters."""
        return tuple(inspect.signature(self.function).parameters)

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the tables it needs, collective ones unexpanded."""
        return tuple(p for p in self.parameters if p not in _VALUES)


_SHARED: tuple[tuple[str, tuple[Callable[..., ir.Table], ...]], ...] = (
    ("acuan", (regions.wilayah_kunci, regions.wilayah_kode, program.program_sumber, program.dim_program,
               dimensi.dim_wilayah)),
    ("identitas", (tautan.dikenal, tautan.langkah, pasangan.pasangan, tautan.tautan, tinjauan.tinjauan, orang.orang,
                   keluarga.anggota_keluarga, dimensi.dim_orang, dimensi.dim_keluarga, dimensi.pengenal,
                   dimensi.kartu_keluarga, kunci.gabung_kunci, kunci.log_kunci)),
    ("jejak", (pengirim.pengirim, jejak.jejak_baris, jejak.karantina, jejak.kolom_berkas, jejak.neraca_baris)),
    ("ukuran", (ukuran.ukuran_kiriman,)),
    ("kepesertaan", (fasilitas.fasilitas, fakta.fakta_kepesertaan, daftar.kehadiran, daftar.daftar_tidak_dikirim,
                     tertahan.tertahan, perubahan.fakta_perubahan, snapshot.snapshot_desa,
                     temuan.temuan_kini, temuan.temuan_riwayat, temuan.temuan, asesmen.anggota_kohort,
                     asesmen.asesmen_kohort)),
    ("ukuran", (ukuran_pengirim.isi_pengirim, ukuran_sumber.kiriman, ukuran_pengirim.pergeseran,
                ukuran_pengirim.berkas_ganda, ukuran_pengirim.cakupan, ukuran_sumber.kekosongan,
                ukuran_pengirim.konfirmasi, pengirim.isi_sama, jejak.semua_dikarantina, ukuran.keutuhan,
                ukuran.identitas, ukuran.neraca)),
)  # fmt: skip


GATE, REGIONS = "gerbang", "wilayah"
CONFIRMED = "konfirmasi_masuk"  # what officers confirmed, as it lies in the drop folder
DECIDED = "keputusan_masuk"  # what officers decided about pairs, of this and earlier periods
# Small tables that serve one asset: an asset of their own would cost more than it shows.
_WITHIN: Mapping[str, str] = {
    "wilayah_kunci": REGIONS, "wilayah_kode": REGIONS, "program_sumber": "dim_program", "gabung_kunci": "log_kunci",
    **dict.fromkeys(("dikenal", "langkah", "pasangan"), "tautan"),
    "pengirim": "jejak_baris", "kolom_berkas": "neraca_baris", "anggota_kohort": "asesmen_kohort",
    "kehadiran": "daftar_tidak_dikirim", "tertahan": "fakta_perubahan",
    "temuan_kini": "temuan", "temuan_riwayat": "temuan",
    **dict.fromkeys((*FRAMES, "isi_pengirim", "konfirmasi", "isi_sama", "semua_dikarantina"), GATE),
}  # fmt: skip

# No key changes where none was known, unless the linkage says so of the period's own; no row, nobody held up; nobody
# of whom a list says nothing who was on none; no cohort, nothing of one.
_MADE_OF = {
    name: (arrow_schema_of(name), tables)
    for name, tables in {
        "log_kunci": ("pengenal_lalu", "gabung_kunci"),
        "tertahan": ("karantina", "tertahan_lalu"),
        "daftar_tidak_dikirim": ("fakta_kepesertaan_lalu", "daftar_tidak_dikirim_lalu"),
        "asesmen_kohort": ("anggota_kohort",),
    }.items()
}


def asset_of(table: str) -> str:
    """Name of the asset that makes a table."""
    return _WITHIN.get(table, table)


def stages(sources: Sequence[Source]) -> list[Stage]:
    """Every stage, in an order in which each stands behind what it needs."""
    ordered = enumerate(by_trust(sources))
    own = [
        Stage(f"baris_{s.name}", _rows_of(s, order), s.name, rows_stage.SHAPE, (f"mentah_{s.name}",), (s, order))
        for order, s in ordered
    ]
    reference = [Stage(f.__name__, f, group) for group, functions in _SHARED[:1] for f in functions]
    shared = [
        Stage(f.__name__, f, group, *_MADE_OF.get(f.__name__, ()))
        for group, functions in _SHARED[1:]
        for f in functions
    ]
    return reference + own + shared


def _rows_of(source: Source, order: int) -> Callable[..., ir.Table]:
    """The stage of one source, over `mentah_<source>` without the files that only repeat another."""
    read, files = f"mentah_{source.name}", f"berkas_{source.name}"

    def rows(**tables: ir.Table) -> ir.Table:
        copies = pengirim.repeated(tables[files].mutate(sumber=ibis.literal(source.name)))
        mentah = tables[read].anti_join(copies, "berkas")
        return rows_stage.baris(source, order, mentah, tables["wilayah_kunci"], tables["wilayah_kode"])

    needs = (read, files, "wilayah_kunci", "wilayah_kode")
    rows.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in needs]
    )
    rows.__doc__ = rows_stage.baris.__doc__
    return rows


def by_asset(sources: Sequence[Source]) -> dict[str, list[Stage]]:
    """Name of each asset -> its stages, in their order."""
    made: dict[str, list[Stage]] = {}
    for stage in stages(sources):
        made.setdefault(stage.asset, []).append(stage)
    return made


def remembered(sources: Sequence[Source]) -> tuple[str, ...]:
    """The tables of which a stage needs what was published before the period."""
    needs = {name for stage in stages(sources) for name in stage.needs}
    return tuple(sorted(name.removesuffix(BEFORE) for name in needs if name.endswith(BEFORE)))


def expand(name: str, sources: Sequence[Source]) -> tuple[str, ...]:
    """The tables behind a parameter: those of every source for a collective one, else the table itself."""
    return tuple(f"{name}_{s.name}" for s in sources) if name in COLLECTIVE else (name,)


def values(
    sources: Sequence[Source],
    periode: Period,
    rules: Sequence[FindingRule] = (),
    bobot: Weights = DECLARED,
) -> dict[str, object]:
    """The parameters that are no tables; how to keep one is the engine's."""
    ordered = by_trust(sources)
    return {
        "periode": periode,
        "sources": tuple(sources),
        "present": tuple(sources),  # the engine knows which have rows
        "registri": tuple(s.name for s in sources if s.registry and s.in_force(periode.kini)),
        "fields": tuple(dict.fromkeys(f.name for s in sources for f in s.fields)),
        "family_rids": sum(s.trust <= _FAMILY_LISTS_TRUST for s in ordered) << rows_stage.ORDER_BITS,
        "aturan": tuple(rules),
        "bobot": bobot,
    }


def together(name: str, tables: Mapping[str, ir.Table], sources: Sequence[Source]) -> ir.Table:
    """One collective table out of those of every source, with the column `sumber`."""
    fields = dict.fromkeys((*_TITLES, *(f.name for s in sources for f in s.fields)))
    parts = []
    for source in sources:
        part = tables[f"{name}_{source.name}"]
        if name == "mentah":
            part = part.select(*_LEDGER, **{f: part[f] if f in part.columns else ibis.null("string") for f in fields})
        if name == "berkas":  # a state folder may hold ledgers of different times
            part = part.select(*_FILES)
        parts.append(part if "sumber" in part.columns else part.mutate(sumber=ibis.literal(source.name)))
    return reduce(lambda a, b: a.union(b), parts)
