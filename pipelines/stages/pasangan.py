"""`pasangan`: the pairs that the named steps left open, and what weights or a person decide of each."""

import ibis
import ibis.expr.types as ir

from pipelines.candidates import COUPLE, PARTY, couples, couples_asked, sided
from pipelines.comparisons import as_record
from pipelines.identifiers import without_last
from pipelines.keys import minted
from pipelines.linkage import Keep
from pipelines.newborn_pairs import NEWBORN_SCORE, newborns
from pipelines.stages.baris import of_persons
from pipelines.verdicts import ASKED, decided
from pipelines.weights import Weights, bits_of, code_of, levels_of, name_share, probability, sentence

_FOUND, _AGAIN = "baru", "ulang"  # how a pair came here, beside the ways of newborns
_NOW = "9999-12"  # behind every period
_CODES = 10**9  # above every code of levels
_FLOOR = 1_000  # added to bits, to have no number below 0
_FINE = 10_000  # bits count to the fourth decimal


def pasangan(
    baris: ir.Table, langkah: ir.Table, dikenal: ir.Table, tinjauan_lalu: ir.Table, keputusan_masuk: ir.Table,
    kantor: ir.Table, bobot: Weights, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one pair that is linked, asked, or was judged: `a` the person who stays, `b` the other, or a row.

    Columns: orang_a, orang_b (numbers in this run; NULL: a row), rid_b (of that row), orang_id_a, orang_id_b, skor,
    bukti, sidik (of the evidence), tinjauan_id (of the pair), putusan (one of LINKING, beda, tanya). Who is
    known longer stays, then who is founded on a NIK, then the lower key.
    """
    new = keep(_new(baris, langkah))
    persons = new.filter(~new.lepas)
    everybody = keep(_record_of_known(dikenal).union(persons), written=False)
    listed = _listed(new, everybody, tinjauan_lalu, keep)
    left, right = (
        sided(_record_of_known(dikenal.semi_join(listed, [("orang", f"pihak_{side}")])).union(new), side)
        for side in "lr"
    )
    pairs = keep(listed.inner_join(left, "pihak_l").inner_join(right, "pihak_r"))
    best = keep(_best(_weighed(pairs, everybody, bobot)))
    oriented = keep(_oriented(keep(_named(best, baris, kantor)), dikenal))
    judged = keep(decided(oriented, langkah, keputusan_masuk, baris, keep))
    return judged.select(
        "orang_a", "orang_b", "rid_b", "orang_id_a", "orang_id_b", "sidik", "tinjauan_id", "putusan",
        skor=judged.putusan.cases(*NEWBORN_SCORE.items(), else_=probability(judged.bit)), bukti=sentence(judged),
    )  # fmt: skip


def _new(baris: ir.Table, langkah: ir.Table) -> ir.Table:
    """Records of the persons founded in this period, by the row that founds each, and of the rows that are nobody's."""
    lawful = of_persons(baris).filter(lambda t: t.nama_baku.notnull())
    founders = langkah.filter(langkah.orang == langkah.rid).select("rid", "pendiri")
    founding = lawful.inner_join(founders, "rid")
    nobody = lawful.anti_join(langkah, "rid")
    key = founding.pendiri.coalesce(ibis.literal("nik:") + founding.nik)
    return as_record(founding, pihak=founding.rid, lepas=ibis.literal(False), kunci=key).union(
        as_record(nobody, pihak=nobody.rid, lepas=ibis.literal(True), kunci=ibis.null("string"))
    )


def _listed(new: ir.Table, everybody: ir.Table, tinjauan_lalu: ir.Table, keep: Keep) -> ir.Table:
    """Each couple once, and how it came here (`asal`): as a newborn, as a question of the period before, or found."""
    found = couples(new, everybody).mutate(asal=ibis.literal(_FOUND))
    asked = couples_asked(tinjauan_lalu, everybody).mutate(asal=ibis.literal(_AGAIN))
    every = keep(found.union(asked).union(newborns(new, everybody, keep)))
    newborn = every.asal.max(where=every.asal.isin(list(NEWBORN_SCORE)))
    return keep(every.group_by(*COUPLE).agg(asal=newborn.coalesce(every.asal.max())))


def _record_of_known(dikenal: ir.Table) -> ir.Table:
    return as_record(dikenal, pihak=dikenal.orang, lepas=ibis.literal(False), kunci=dikenal.orang_id)


def _weighed(pairs: ir.Table, everybody: ir.Table, bobot: Weights) -> ir.Table:
    """Pairs with the bits and the code of their levels; those too weak to be asked are left out."""
    names = pairs.select(nama_baku="nama_baku_r").distinct()
    frequent = everybody.semi_join(names, "nama_baku").group_by(nama_kerap="nama_baku").agg(banyak=lambda t: t.count())
    counted = pairs.left_join(frequent, [("nama_baku_r", "nama_kerap")])
    records = everybody.count().as_scalar()
    levelled = counted.mutate(**levels_of(counted), kerap=name_share(counted.banyak.fill_null(1), records, bobot))
    weighed = levelled.select(
        *(f"{column}_{side}" for side in "lr" for column in PARTY), "asal",
        bit=bits_of(levelled, bobot), kode=code_of(levelled),
    )  # fmt: skip
    return weighed.filter((weighed.asal != _FOUND) | (weighed.bit >= ASKED))


def _best(weighed: ir.Table) -> ir.Table:
    """The strongest evidence of each pair: the most bits, of as many the highest code."""
    order = ((weighed.bit + _FLOOR) * _FINE).round().cast("int64") * _CODES + weighed.kode
    best = weighed.mutate(urutan=order).group_by("pihak_l", "pihak_r").agg(
        urutan=lambda t: t.urutan.max(), lepas=lambda t: t.lepas_l.any(), kunci_l=lambda t: t.kunci_l.max(),
        kunci_r=lambda t: t.kunci_r.max(), asal=lambda t: t.asal.max(where=t.asal.isin(list(NEWBORN_SCORE))),
    )  # fmt: skip
    return best.select(
        "pihak_l", "pihak_r", "lepas", "kunci_l", "kunci_r", "asal",
        bit=without_last(best.urutan, 9) / _FINE - _FLOOR, kode=best.urutan % _CODES,
    )  # fmt: skip


def _named(best: ir.Table, baris: ir.Table, kantor: ir.Table) -> ir.Table:
    """Add the keys of the persons, and the name of the pair, which follows from who and what they are."""
    secret = kantor.kunci.as_scalar()
    # few: neither all rows are to be told nor all persons known are to be dated
    told = baris.semi_join(best.filter(best.lepas), [("rid", "pihak_l")]).select(
        "rid", isi=lambda t: ibis.literal("|").join([
            t[c].fill_null("") for c in ("nama_baku", "nik_asli", "no_kk", "psnoka", "kode_desa")
        ]) + t.tanggal_lahir.cast("string").fill_null(""),
    )  # fmt: skip
    rows = best.left_join(told, [("pihak_l", "rid")])
    left, right = minted(rows.kunci_l, secret, "O"), minted(rows.kunci_r, secret, "O")
    both = ibis.least(left, right) + ":" + ibis.greatest(left, right)
    named = rows.mutate(
        **{f"tua_{side}": rows[f"kunci_{side}"].startswith("nik:").ifelse("0", "1") for side in "lr"},
        kunci_l=ibis.cases((~rows.lepas, left)),
        kunci_r=right,
        tinjauan_id=minted(ibis.cases((rows.lepas, right + ":" + rows.isi), else_=both), secret, "T"),
    )
    code = named.kode.cast("string")
    return named.mutate(sidik=(named.tinjauan_id + code).hexdigest("sha256").substr(0, 16)).drop("rid", "isi")


def _oriented(named: ir.Table, dikenal: ir.Table) -> ir.Table:
    """`b` goes, `a` stays: a row is nobody, who is founded now yields to who is known, the younger to the elder."""
    both = named.select(orang="pihak_l").union(named.select(orang="pihak_r"))
    known = dikenal.semi_join(both, "orang")
    since = known.group_by(orang_lama="orang").agg(sejak=known.periode.min())

    def age(side: str) -> ir.StringValue:
        return rows[f"sejak_{side}"].coalesce(ibis.literal(_NOW)) + rows[f"tua_{side}"] + rows[f"kunci_{side}"]

    rows = named.left_join(since, [("pihak_l", "orang_lama")]).drop("orang_lama").rename(sejak_l="sejak")
    rows = rows.left_join(since, [("pihak_r", "orang_lama")]).drop("orang_lama").rename(sejak_r="sejak")
    older = age("l") < age("r")
    stays = (~rows.lepas & older).fill_null(False)
    return rows.select(
        "bit", "kode", "asal", "tinjauan_id", "sidik",
        orang_a=stays.ifelse(rows.pihak_l, rows.pihak_r), orang_id_a=stays.ifelse(rows.kunci_l, rows.kunci_r),
        orang_b=ibis.cases((~rows.lepas, stays.ifelse(rows.pihak_r, rows.pihak_l))),
        orang_id_b=stays.ifelse(rows.kunci_r, rows.kunci_l),
        rid_b=ibis.cases((rows.lepas, rows.pihak_l)),
    )  # fmt: skip
