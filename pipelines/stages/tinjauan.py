"""`tinjauan`: the pairs that an officer must judge, and those that one has judged."""

import ibis
import ibis.expr.types as ir

from pipelines.pair_decisions import SAME
from pipelines.period import Period
from pipelines.verdicts import APART, ASK, BY_PERSON


def tinjauan(pasangan: ir.Table, baris: ir.Table, periode: Period) -> ir.Table:
    """One row is one pair that a person must judge (`keputusan` empty) or has judged.

    A pair of which one side is a row that is nobody's names the row by its place; of rows that say the same, the first.
    """
    asked = pasangan.filter(pasangan.putusan.isin([ASK, BY_PERSON, APART]))
    place = baris.select("rid", "berkas", "lembar", "baris")
    placed = asked.left_join(place, [("rid_b", "rid")])
    first = placed.mutate(
        urut=ibis.row_number().over(group_by=placed.tinjauan_id, order_by=[placed.berkas, placed.lembar, placed.baris])
    )
    return first.filter(first.urut == 0).mutate(
        periode=ibis.literal(periode.kini),
        keputusan=first.putusan.cases((BY_PERSON, SAME), (APART, APART), else_=ibis.null("string")),
    )
