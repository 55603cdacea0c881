"""Children who stand on a list as BAYI NY SITI and later, or on another list, under their name: which two are one.

The registry's number and the birth date tell it, or the No KK and the birth date. Neither does where anything speaks
of two children: a letter of twins, two names for one row, another number of the registry; or, what `verdicts.py` looks
at, a list that has both.
"""

import ibis
import ibis.expr.types as ir

from pipelines.candidates import COUPLE, sided
from pipelines.linkage import Keep
from pipelines.newborns import is_of_twins, is_unnamed

BY_REGISTRY, BY_CARD = "bayi_bernama", "bayi_bernama_kk"
NEWBORN_SCORE = {BY_REGISTRY: 0.94, BY_CARD: 0.88}
_TOLD = ("pihak", "lepas", "nama_baku", "lahir", "tahun", "no_kk", "id_registri")


def newborns(new: ir.Table, everybody: ir.Table, keep: Keep) -> ir.Table:
    """The couples of a child without a name and one with: COUPLE and `asal`, one of the two ways.

    `new` and `everybody` as in `candidates.couples`. No couple is of two persons known from before.
    """
    unnamed = everybody.filter(everybody.nik.isnull(), is_unnamed(everybody.nama_baku))
    unnamed = unnamed.anti_join(everybody.filter(everybody.nik.notnull()).select("pihak"), "pihak").select(*_TOLD)
    fresh = new.filter(new.nik.isnull(), is_unnamed(new.nama_baku)).select(*_TOLD)
    on_the_left = _joined(keep(sided(fresh, "l")), sided(everybody.select(*_TOLD), "r"), "lr")
    # of two that are new the one without a name is on the left, but for a row that is nobody's
    on_the_right = _joined(sided(new.select(*_TOLD), "l"), keep(sided(unnamed, "r")), "rl")
    on_the_right = on_the_right.filter(on_the_right.lepas_l | (on_the_right.pihak_r < 0))
    pairs = keep(on_the_left.union(on_the_right))
    single = keep(_unless_registered_apart(pairs, everybody))
    return _of_one_child(single).select(*COUPLE, "asal")


def _joined(left: ir.Table, right: ir.Table, sides: str) -> ir.Table:
    """Couples that share a number and the birth; `sides`: the one without a name, the one with."""
    registry = left.inner_join(right, [("id_registri_l", "id_registri_r")])
    default = registry.lahir_l.isnull() & registry.lahir_r.isnull() & (registry.tahun_l == registry.tahun_r)
    registry = registry.filter((registry.lahir_l == registry.lahir_r).fill_null(False) | default.fill_null(False))
    card = left.inner_join(right, [("no_kk_l", "no_kk_r"), ("lahir_l", "lahir_r")])
    card = card.filter(~is_of_twins(card[f"nama_baku_{sides[0]}"]))
    child, named = sides[0], sides[1]
    told = {
        "anak": f"pihak_{child}", "nama_anak": f"nama_baku_{child}",
        "bernama": f"pihak_{named}", "nama_bernama": f"nama_baku_{named}",
    }  # fmt: skip
    both = [
        rows.select(*COUPLE, "lepas_l", "id_registri_l", **told, asal=ibis.literal(way))
        for rows, way in ((registry, BY_REGISTRY), (card, BY_CARD))
    ]
    pairs = both[0].union(both[1])
    return pairs.filter(~is_unnamed(pairs.nama_bernama))


def _unless_registered_apart(pairs: ir.Table, everybody: ir.Table) -> ir.Table:
    """Whom the registry has under two numbers, a card does not make one; nor anybody whom its number made another."""
    registry, card = pairs.filter(pairs.asal == BY_REGISTRY), pairs.filter(pairs.asal == BY_CARD)
    numbers = everybody.filter(everybody.id_registri.notnull()).select("pihak", nomor="id_registri")
    others = card.filter(card.id_registri_l.notnull()).inner_join(numbers, [("pihak_r", "pihak")])
    apart = others.filter(others.nomor != others.id_registri_l)
    card = card.anti_join(apart, COUPLE).anti_join(registry, "anak").anti_join(registry, "bernama")
    return registry.union(card)


def _of_one_child(pairs: ir.Table) -> ir.Table:
    """Of a child without a name one named person, of that person one name of a child without."""
    child = pairs.group_by("anak").agg(nama=pairs.nama_bernama.nunique(), orang=pairs.bernama.nunique())
    named = pairs.group_by("bernama").agg(nama=pairs.nama_anak.nunique())
    several = child.filter((child.nama > 1) | (child.orang > 1))
    return pairs.anti_join(several, "anak").anti_join(named.filter(named.nama > 1), "bernama")
