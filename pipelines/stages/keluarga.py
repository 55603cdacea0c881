"""`anggota_keluarga`: the family of every person of this period; a family keeps its key through a new No KK."""

import ibis
import ibis.expr.types as ir

from pipelines.keys import minted
from pipelines.linkage import Keep
from pipelines.stages.orang import DEAD


def anggota_keluarga(
    orang: ir.Table, kartu_keluarga_lalu: ir.Table, kantor: ir.Table, family_rids: int, keep: Keep
) -> ir.Table:
    """One row is one person of this period: orang (number), orang_id, keluarga_id, no_kk, kartu_sah (this card shows
    this family).

    `family_rids`: rows below this rid are of sources that name whole families.
    - A card that is known belongs to its family; a weak source alone moves nobody out of his family.
    - A new card whose known members all come from one family is that family's new card, unless others of the
      family, alive, still hold the old one: then, on strong evidence, it is a new family.
    - Members from several families under one new card are a new family on strong evidence, else each stays.
    """
    cards = kartu_keluarga_lalu.group_by("no_kk").agg(keluarga_kartu=kartu_keluarga_lalu.keluarga_id.max())
    persons = keep(
        orang.select(
            "orang",
            "orang_id",
            "no_kk",
            "keluarga_lalu",
            "status",
            kuat=(orang.rid_no_kk < family_rids).fill_null(False),
        )
        .left_join(cards, "no_kk")
        .drop("no_kk_right")
    )
    new_cards = keep(_families_of_new_cards(persons))
    joined = persons.left_join(new_cards, "no_kk").drop("no_kk_right")
    alone = ibis.literal("orang:") + joined.orang_id
    stays = joined.keluarga_lalu.notnull() & ~joined.kuat
    founded = ibis.cases(
        (joined.no_kk.isnull(), joined.keluarga_lalu.coalesce(alone)),
        (joined.keluarga_kartu.notnull() & stays, joined.keluarga_lalu),
        (joined.keluarga_kartu.notnull(), joined.keluarga_kartu),
        (joined.keluarga_baru.contains(":") & stays, joined.keluarga_lalu),
        else_=joined.keluarga_baru,
    )
    keluarga_id = minted(founded, kantor.kunci.as_scalar(), "K")
    by_card = founded.identical_to(joined.keluarga_kartu) | founded.identical_to(joined.keluarga_baru)
    return joined.select("orang", "orang_id", keluarga_id=keluarga_id, no_kk=joined.no_kk, kartu_sah=by_card)


def _families_of_new_cards(persons: ir.Table) -> ir.Table:
    """The family of each No KK that is not known yet: no_kk, keluarga_baru (a key, or `kk:` and the card)."""
    held = persons.filter(persons.keluarga_kartu == persons.keluarga_lalu, persons.status != DEAD)
    still = held.select(tinggal="keluarga_lalu").distinct()
    new = persons.filter(persons.no_kk.notnull(), persons.keluarga_kartu.isnull())
    cards = new.group_by("no_kk").agg(
        asal=new.keluarga_lalu.min(), asal_lain=new.keluarga_lalu.max(), kuat=new.kuat.any()
    )
    cards = cards.left_join(still, [("asal", "tinggal")])
    one_family = cards.asal.notnull() & (cards.asal == cards.asal_lain)
    continues = one_family & (cards.tinggal.isnull() | ~cards.kuat)
    return cards.select("no_kk", keluarga_baru=continues.ifelse(cards.asal, ibis.literal("kk:") + cards.no_kk))
