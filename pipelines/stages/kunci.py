"""`log_kunci`: which keys of persons and families became one, or two, in this period, and on what evidence."""

import ibis
import ibis.expr.types as ir

from pipelines.linkage import Keep
from pipelines.linkage_steps import BY_NIK, ID_REGISTRI, PSNOKA
from pipelines.period import Period
from pipelines.stages.keluarga_kunci import changed_families
from pipelines.stages.orang import DEAD
from pipelines.verdicts import BY_PERSON

MERGED, SPLIT = "gabung", "pecah"
PERSON, FAMILY = "orang", "keluarga"
CHANGE = ("unit", "jenis", "kunci_lama", "kunci_baru", "cara", "bukti", "skor")
# A number tells a person only with the name beside it: a registry's number of a family goes over to the next head.
_EVIDENCE = {
    "nik": ("nik_nama", BY_NIK.skor, "NIK dan nama yang sama"),
    "id_registri": ("registri_nama", ID_REGISTRI.skor, "nomor registri dan nama yang sama"),
    "psnoka": ("psnoka_nama", PSNOKA.skor, "nomor peserta BPJS dan nama yang sama"),
}
_USED_AGAIN = ("dipakai_lagi", "gabungan kedua kunci dibatalkan: kunci yang berakhir dipakai lagi")


def gabung_kunci(pasangan: ir.Table) -> ir.Table:
    """One row is one pair of persons' keys that the linkage made one: kunci_lama, kunci_baru, jenis, bukti, skor.

    Only officers make two keys one: who is linked by weight has no key of his own.
    """
    joined = pasangan.filter(pasangan.putusan == BY_PERSON, pasangan.orang_id_b.notnull())
    return joined.select("bukti", "skor", kunci_lama="orang_id_b", kunci_baru="orang_id_a", jenis=ibis.literal(MERGED))


def log_kunci(
    pengenal_lalu: ir.Table, pengenal: ir.Table, gabung_kunci: ir.Table, baris: ir.Table, tautan: ir.Table,
    orang: ir.Table, anggota_keluarga: ir.Table, dim_orang_lalu: ir.Table, kartu_keluarga: ir.Table,
    kartu_keluarga_lalu: ir.Table, log_kunci_lalu: ir.Table, periode: Period, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one change of a key in this period that the log does not say already.

    Of several reasons for one pair of keys the first in this order counts: the linkage's own word, a key used again,
    the evidence.
    """
    last = keep(_last_said(log_kunci_lalu))
    living = anggota_keluarga.semi_join(orang.filter(orang.status != DEAD), "orang")
    alive = orang.select(kunci="orang_id", unit=ibis.literal(PERSON)).union(
        living.select(kunci="keluarga_id", unit=ibis.literal(FAMILY))
    )
    told = gabung_kunci.mutate(unit=ibis.literal(PERSON), cara=ibis.literal("padanan")).select(*CHANGE)
    again = _used_again(last, alive)
    seen = _moved_evidence(pengenal, pengenal_lalu, baris, tautan, orang, keep)
    families = changed_families(orang, living, dim_orang_lalu, kartu_keluarga, kartu_keluarga_lalu)
    families = families.mutate(unit=ibis.literal(FAMILY), skor=ibis.null("float64")).select(*CHANGE)
    found = told.mutate(urutan=ibis.literal(0, "int8"))
    for order, changes in enumerate((again, seen, families), 1):
        found = found.union(changes.mutate(urutan=ibis.literal(order, "int8")))
    pair = _pair(found)
    by = (pair.urutan, pair.skor.desc(), pair.cara, pair.kunci_lama, pair.bukti)
    first = pair.mutate(ke=ibis.row_number().over(group_by=["unit", "satu", "dua"], order_by=by))
    new = first.filter(first.ke == 0).anti_join(last, ["unit", "satu", "dua", "jenis"])
    return new.select(*CHANGE, periode=ibis.literal(periode.kini))


def _pair(changes: ir.Table) -> ir.Table:
    """Add the two keys in an order that does not depend on which of them was first: satu, dua."""
    one, other = changes.kunci_lama, changes.kunci_baru
    return changes.mutate(satu=ibis.least(one, other), dua=ibis.greatest(one, other))


def _last_said(log: ir.Table) -> ir.Table:
    """What the log said last of each pair of keys: unit, satu, dua, jenis, kunci_lama, kunci_baru."""
    pair = _pair(log)
    latest = {c: pair[c].argmax(pair.periode) for c in ("jenis", "kunci_lama", "kunci_baru")}
    return pair.group_by("unit", "satu", "dua").agg(**latest)


def _used_again(last: ir.Table, alive: ir.Table) -> ir.Table:
    """Keys that had ended in another and have rows again."""
    ended = last.filter(last.jenis == MERGED).semi_join(alive, ["unit", ("kunci_lama", "kunci")])
    cara, bukti = _USED_AGAIN
    return ended.select(
        "unit", jenis=ibis.literal(SPLIT), kunci_lama="kunci_baru", kunci_baru="kunci_lama", cara=ibis.literal(cara),
        bukti=ibis.literal(bukti), skor=ibis.null("float64"),
    )  # fmt: skip


def _moved_evidence(
    pengenal: ir.Table, pengenal_lalu: ir.Table, baris: ir.Table, tautan: ir.Table, orang: ir.Table, keep: Keep
) -> ir.Table:
    """Evidence that pointed to one person only, and in this period points to another one only."""
    moved = keep(ibis.union(*(_moved(pengenal, pengenal_lalu, column) for column in _EVIDENCE), distinct=True))
    former = orang.semi_join(moved, [("orang_id", "kunci_lama")]).select("orang", "orang_id")
    links = tautan.inner_join(former, "orang").select("rid", "orang_id")
    rows = keep(links.inner_join(baris.select("rid", "nama_baku", *_EVIDENCE), "rid"))
    said = ibis.union(*(_values(rows, column).rename(kunci_lama="orang_id") for column in _EVIDENCE))
    moved = moved.anti_join(said, ["macam", "nilai", "nama_baku", "kunci_lama"])
    known, present = pengenal_lalu.select(kunci_baru="orang_id").distinct(), former.select(kunci_lama="orang_id")
    joined = moved.left_join(known.mutate(dikenal=True), "kunci_baru").left_join(present.mutate(ada=True), "kunci_lama")
    whole = joined.dikenal.fill_null(False) & ~joined.ada.fill_null(False)
    ways = [(column, *told) for column, told in _EVIDENCE.items()]
    return joined.select(
        "kunci_lama", "kunci_baru", unit=ibis.literal(PERSON), jenis=whole.ifelse(MERGED, SPLIT),
        cara=joined.macam.cases(*((column, cara) for column, cara, _, _ in ways)),
        bukti=joined.macam.cases(*(
            (column, f"{what} dahulu menunjuk kunci lama, kini kunci baru") for column, _, _, what in ways
        )),
        skor=joined.macam.cases(*((column, score) for column, _, score, _ in ways)),
    ).select(*CHANGE)  # fmt: skip


def _moved(pengenal: ir.Table, pengenal_lalu: ir.Table, column: str) -> ir.Table:
    """Of one kind of number: macam, nilai, nama_baku, kunci_lama, kunci_baru."""
    new, before = _values(pengenal, column), _values(pengenal_lalu, column)
    told = before.semi_join(new, ["nilai", "nama_baku"])
    now = new.group_by("macam", "nilai", "nama_baku").agg(kunci_baru=new.orang_id.min(), lain=new.orang_id.max())
    then = told.group_by("nilai", "nama_baku").agg(kunci_lama=told.orang_id.min(), lain_lalu=told.orang_id.max())
    both = now.inner_join(then, ["nilai", "nama_baku"])
    single = (both.kunci_baru == both.lain) & (both.kunci_lama == both.lain_lalu)
    return both.filter(single, both.kunci_baru != both.kunci_lama).select(
        "macam", "nilai", "nama_baku", "kunci_lama", "kunci_baru"
    )


def _values(rows: ir.Table, column: str) -> ir.Table:
    """The numbers of one kind with the name beside each, and whose they are."""
    return rows.filter(rows[column].notnull()).select(
        "nama_baku", "orang_id", macam=ibis.literal(column), nilai=rows[column]
    )
