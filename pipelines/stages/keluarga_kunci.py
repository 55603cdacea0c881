"""When the key of a family ended or was divided: a change of the key, not the marriage or move of a member."""

import ibis
import ibis.expr.types as ir

from pipelines.stages.orang import DEAD

_SAME_CARD = "Kartu Keluarga yang sama dahulu menunjuk kunci lama, kini kunci baru"
_EVERYBODY = "semua anggota keluarga yang hidup kini berada dalam satu keluarga lain"
_NO_CARD = "keluarga yang belum pernah punya Kartu Keluarga kini ditemukan pada sebuah kartu"
_SEVERAL = 2


def changed_families(
    orang: ir.Table, living: ir.Table, dim_orang_lalu: ir.Table, kartu_keluarga: ir.Table,
    kartu_keluarga_lalu: ir.Table,
) -> ir.Table:  # fmt: skip
    """One row is one change of a family's key: jenis, kunci_lama, kunci_baru, cara, bukti.

    `living`: the persons of this period who are not dead, as `anggota_keluarga` has them.
    """
    ended = _ended(orang, living, dim_orang_lalu, kartu_keluarga_lalu)
    return ended.union(_on_the_same_card(living, kartu_keluarga, kartu_keluarga_lalu))


def _ended(orang: ir.Table, living: ir.Table, dim_orang_lalu: ir.Table, kartu_keluarga_lalu: ir.Table) -> ir.Table:
    """Families all of whose living members, absent ones included, are now in one other family."""
    now = living.select("orang", "keluarga_id")
    left = orang.filter(orang.keluarga_lalu.notnull()).select("orang", "keluarga_lalu").inner_join(now, "orang")
    left = left.filter(left.keluarga_id != left.keluarga_lalu)
    gone = left.group_by(kunci_lama="keluarga_lalu").agg(
        kunci_baru=left.keluarga_id.min(), lain=left.keluarga_id.max(), pergi=left.count()
    )
    gone = gone.filter(gone.kunci_baru == gone.lain).anti_join(now, [("kunci_lama", "keluarga_id")])
    members = dim_orang_lalu.filter(dim_orang_lalu.status != DEAD).semi_join(gone, [("keluarga_id", "kunci_lama")])
    members = members.anti_join(orang.filter(orang.status == DEAD), "orang_id")
    size = members.group_by(kunci_lama="keluarga_id").agg(anggota=members.count())
    whole = gone.inner_join(size, "kunci_lama")
    whole = whole.filter(whole.pergi == whole.anggota)
    carded = kartu_keluarga_lalu.select(kunci_lama="keluarga_id").distinct().mutate(berkartu=True)
    joined = whole.left_join(carded, "kunci_lama")
    provisional = joined.berkartu.isnull()
    return joined.filter(provisional | (joined.anggota >= _SEVERAL)).select(
        "kunci_lama", "kunci_baru", jenis=ibis.literal("gabung"),
        cara=provisional.ifelse("tanpa_kartu", "semua_anggota"), bukti=provisional.ifelse(_NO_CARD, _EVERYBODY),
    )  # fmt: skip


def _on_the_same_card(living: ir.Table, kartu_keluarga: ir.Table, kartu_keluarga_lalu: ir.Table) -> ir.Table:
    """Cards that showed one family and now show another."""
    known = kartu_keluarga_lalu.semi_join(kartu_keluarga, "no_kk")
    then = known.group_by("no_kk").agg(kunci_lama=known.keluarga_id.min(), lain=known.keluarga_id.max())
    both = then.filter(then.kunci_lama == then.lain).inner_join(kartu_keluarga, "no_kk")
    cards = both.filter(both.keluarga_id != both.kunci_lama).select("kunci_lama", kunci_baru="keluarga_id").distinct()
    known_now = kartu_keluarga_lalu.select(kunci_baru="keluarga_id").distinct().mutate(dikenal=True)
    present = living.select(kunci_lama="keluarga_id").distinct().mutate(ada=True)
    joined = cards.left_join(known_now, "kunci_baru").left_join(present, "kunci_lama")
    whole = joined.dikenal.fill_null(False) & ~joined.ada.fill_null(False)
    return joined.select(
        "kunci_lama", "kunci_baru", jenis=whole.ifelse("gabung", "pecah"), cara=ibis.literal("kartu_sama"),
        bukti=ibis.literal(_SAME_CARD),
    )  # fmt: skip
