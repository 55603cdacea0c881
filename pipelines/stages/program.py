"""The programmes, read off the register of sources: `program_sumber` and `dim_program`."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from pipelines.declaration import Source
from pipelines.period import Period


def program_sumber(sources: Sequence[Source], periode: Period) -> ir.Table:
    """One row is one source: sumber, program ('' = none), satuan, registri, registri_berlaku (and in force in this
    period), ditunggu (in force and of a programme: a delivery without it is asked about), memberi (who stands on it
    receives something), dari_registri, min_baris, maks_baris, selisih_maks, per_desa (comes as one file a desa), and
    its names."""
    rows = [
        {
            "sumber": s.name,
            "program": s.program,
            "nama": s.title,
            "satuan": s.satuan,
            "penyelenggara": s.publisher,
            "dasar_hukum": s.legal_basis,
            "registri": s.registry,
            "ditunggu": s.in_force(periode.kini) and bool(s.program),
            "registri_berlaku": s.registry and s.in_force(periode.kini),
            "memberi": s.gives(),
            "dari_registri": s.from_registry,
            "min_baris": float(s.min_rows if s.at(periode.kini).mandatory else 0),
            "maks_baris": float(s.max_rows),
            "selisih_maks": s.max_drift,
            "per_desa": s.one_file_per_desa,
        }
        for s in sources
    ]
    source = ibis.array([ibis.struct(row) for row in rows]).unnest().name("sumber").as_table().sumber
    return source.as_table().select(**{name: source[name] for name in rows[0]})


def dim_program(program_sumber: ir.Table) -> ir.Table:
    """One row is one programme or registry."""
    return (
        program_sumber.filter(program_sumber.program != "")
        .select("program", "nama", "satuan", "penyelenggara", "dasar_hukum")
        .distinct()
    )
