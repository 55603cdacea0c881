"""What the findings of one period are sought in: memberships, removals, moves, doubtful numbers, repetitions."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from pipelines.linkage import Keep
from pipelines.linkage_steps import BY_NIK, FOUNDED_BY_NIK
from pipelines.period import Period
from pipelines.stages.orang import ABLE, MOVED

_UNIT = ("orang_id", "keluarga_id", "kode_desa")


@dataclass(frozen=True)
class Evidence:
    """What the kinds of findings look at, one period; where there is a finding a row has its kode_desa.

    periode: the month itself.
    members: programme membership (program, registri: of the registry of this period, memberi: the programme gives
    something, dari_registri, per_orang: it counts persons, orang_id, keluarga_id, nominal, desil).
    persons: orang_id, keluarga_id, status, tanggal_lahir.
    listed: persons whom a registry removed and who stand on a programme's list that is no registry (program, orang_id,
    keluarga_id, status of the person).
    left: persons whom a registry recorded as moved away and who stand on a programme's list of the desa that they left
    (program, orang_id, keluarga_id).
    able: families of whom a registry removed somebody because they need no aid, whether a list still names him or not
    (keluarga_id, status: which cause it was).
    numbers: one row a doubtful NIK and person (nik, orang_id, keluarga_id).
    strangers: rows refused because their NIK is another's (nik).
    awaited: families of whom somebody may stand on a refused row of a registry in force (keluarga_id).
    repeated: units twice on one list that gives something, copies left out (program, orang_id, keluarga_id, siapa: one
    of those who stand there); orang_id is null where the programme counts families.
    segments: rows of persons who stand more than once on one list, as that list sorts them (program, orang_id,
    keluarga_id, segmen).
    """

    periode: str
    members: ir.Table
    persons: ir.Table
    listed: ir.Table
    left: ir.Table
    able: ir.Table
    numbers: ir.Table
    strangers: ir.Table
    awaited: ir.Table
    repeated: ir.Table
    segments: ir.Table


def gathered(  # noqa: PLR0913, PLR0917 - the tables that it is gathered from
    fakta: ir.Table, baris: ir.Table, tautan: ir.Table, orang: ir.Table, anggota: ir.Table, sources: ir.Table,
    before: ir.Table, periode: Period, keep: Keep,
) -> Evidence:  # fmt: skip
    """The evidence out of the period's tables; `before`: the persons as last published."""
    members = _members(fakta, sources)
    persons = orang.inner_join(anggota.select("orang", "keluarga_id"), "orang")
    persons = persons.select("orang", *_UNIT, "status", "tanggal_lahir")
    kinds = sources.select("sumber", "program", "registri", "memberi", per_orang=sources.satuan == "orang")
    links = tautan.inner_join(kinds, "sumber")
    aided = links.filter(~links.registri, links.program != "")
    listed = aided.inner_join(persons.filter(persons.status != "AKTIF"), "orang")
    again = keep(aided.filter(aided.memberi, aided.nasib == "duplikat", ~aided.salinan).inner_join(persons, "orang"))
    refused = keep(_refused(baris, tautan, keep))
    strangers = keep(refused.filter(refused.alasan == "", refused.nik.notnull()).select("nik").distinct())
    gone = before.anti_join(persons, "orang_id")
    return Evidence(
        periode=periode.kini,
        members=members,
        persons=persons.drop("orang"),
        listed=listed.select("program", *_UNIT, "status"),
        left=_left(baris, tautan, persons, aided, keep),
        able=_able(persons).union(_able(gone)),
        numbers=_numbers(baris, tautan, persons, strangers, keep),
        strangers=strangers,
        awaited=_awaited(refused.semi_join(sources.filter(sources.registri_berlaku), "sumber"), orang, persons, keep),
        repeated=_repeated(members, again),
        segments=_segments(baris, aided, again, persons),
    )


def _members(fakta: ir.Table, sources: ir.Table) -> ir.Table:
    registry = sources.group_by("program").agg(
        registri=sources.registri_berlaku.any(),
        memberi=sources.memberi.any(),
        dari_registri=sources.dari_registri.any(),
        per_orang=(sources.satuan == "orang").any(),
    )
    rows = fakta.inner_join(registry, "program")
    return rows.select("registri", "memberi", "dari_registri", "per_orang", "program", *_UNIT, "nominal", "desil")


def _able(persons: ir.Table) -> ir.Table:
    return persons.filter(persons.status.isin(ABLE)).select("keluarga_id", "status")


def _refused(baris: ir.Table, tautan: ir.Table, keep: Keep) -> ir.Table:
    """What the rows in quarantine tell of a person; one of a facility is nobody's."""
    nobody = keep(baris.filter(baris.fasilitas.isnull()).select("rid").anti_join(tautan, "rid"))
    return baris.semi_join(nobody, "rid").select(
        "sumber", "alasan", "status", "nik", "nik_calon", "no_kk", "nama_baku", "tanggal_lahir", "kode_desa"
    )


def _awaited(refused: ir.Table, orang: ir.Table, persons: ir.Table, keep: Keep) -> ir.Table:
    """By a number, by the card, or by name and desa where neither the number nor the birth is another's."""
    listed = refused.filter((refused.status == "AKTIF").fill_null(True))
    rows = keep(listed.mutate(nik=listed.nik.coalesce(listed.nik_calon)))
    by_number = orang.semi_join(rows, "nik").union(orang.semi_join(rows, "no_kk")).select("orang")
    named = rows.anti_join(orang, "nik").select("nama_baku", "kode_desa", lahir="tanggal_lahir")
    named = orang.inner_join(named, ["nama_baku", "kode_desa"])
    named = named.filter((named.tanggal_lahir == named.lahir).fill_null(True)).select("orang")
    return persons.semi_join(keep(by_number.union(named)), "orang").select("keluarga_id").distinct()


def _numbers(baris: ir.Table, tautan: ir.Table, persons: ir.Table, strangers: ir.Table, keep: Keep) -> ir.Table:
    sound = tautan.inner_join(baris.filter(baris.nik.notnull()).select("rid", "nik"), "rid")
    # only where a row was not placed by its own NIK can a NIK have two persons, or a person two NIKs
    doubtful = keep(sound.filter(~sound.cara_padan.isin([BY_NIK.name, FOUNDED_BY_NIK])).select("nik", "orang"))
    seen = sound.semi_join(doubtful, "orang").union(sound.semi_join(doubtful.select("nik").union(strangers), "nik"))
    numbers = keep(seen.select("nik", "orang").distinct().inner_join(persons, "orang"))
    return numbers.select("nik", *_UNIT)


def _repeated(members: ir.Table, again: ir.Table) -> ir.Table:
    rows = again.select(
        "program", "keluarga_id", "kode_desa", siapa="orang_id", orang_id=again.per_orang.ifelse(again.orang_id, None)
    )
    families = members.filter(members.memberi, ~members.per_orang)
    many = families.group_by("program", "keluarga_id").agg(banyak=families.count())
    twice = families.semi_join(many.filter(many.banyak > 1), ["program", "keluarga_id"])
    twice = twice.select("program", "keluarga_id", "kode_desa", siapa="orang_id", orang_id=ibis.null("string"))
    return rows.union(twice)


def _segments(baris: ir.Table, aided: ir.Table, again: ir.Table, persons: ir.Table) -> ir.Table:
    rows = aided.semi_join(again, ["program", "orang"]).select("rid", "program", "orang")
    told = baris.filter(baris.segmen.notnull(), baris.status == "AKTIF").select("rid", "segmen")
    return rows.inner_join(told, "rid").inner_join(persons, "orang").select("program", *_UNIT, "segmen")


def _left(baris: ir.Table, tautan: ir.Table, persons: ir.Table, aided: ir.Table, keep: Keep) -> ir.Table:
    """Rows of persons on a list of the desa that they left: by a registry's row now, or as last recorded."""
    stated = baris.filter(baris.alasan == "", baris.status == MOVED).inner_join(tautan.select("rid", "orang"), "rid")
    recorded = persons.filter(persons.status == MOVED)
    moved = keep(
        stated.select("orang", desa_lama="kode_desa").union(
            recorded.select("orang", desa_lama="kode_desa"), distinct=True
        )
    )
    rows = aided.semi_join(moved, "orang").select("rid", "program", "orang")
    told = rows.inner_join(baris.select("rid", "kode_desa"), "rid").inner_join(moved, "orang")
    told = told.filter(told.kode_desa.coalesce(told.desa_lama) == told.desa_lama)
    there = told.select("program", "orang", "desa_lama").inner_join(
        persons.select("orang", "orang_id", "keluarga_id"), "orang"
    )
    return there.select("program", "orang_id", "keluarga_id", kode_desa="desa_lama")
