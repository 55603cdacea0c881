"""Who is founded on a row that is nobody known: on the strongest identity that it carries itself."""

import ibis
import ibis.expr.types as ir

from pipelines.linkage_steps import FOUNDED_BY_KK, FOUNDED_BY_NIK, FOUNDED_BY_PSNOKA, FOUNDED_SCORE
from pipelines.names import SAME_NAME, similarity
from pipelines.stages.baris import ORDER_BITS

_MOST = 99  # rows of one name beyond which their number says no more


def found_by_nik(rows: ir.Table) -> ir.Table:
    """New persons, one a NIK; a row whose name is far from the one that most rows of the NIK bear (of as many the first
    by the letters) is left out."""
    first = rows.group_by("nik").agg(orang=rows.rid.min(), banyak=rows.count())
    alone = first.filter(first.banyak == 1)
    names = (
        rows.semi_join(first.filter(first.banyak > 1), "nik")
        .group_by("nik", "nama_baku")
        .agg(kerap=lambda t: t.count())
    )
    seldom = (_MOST - ibis.least(names.kerap, _MOST)).cast("string").lpad(len(str(_MOST)), "0")
    usual = names.group_by(nik_pertama="nik").agg(nama_pertama=(seldom + names.nama_baku).min())
    usual = usual.mutate(nama_pertama=usual.nama_pertama.substr(len(str(_MOST))))
    pairs = rows.inner_join(usual, [("nik", "nik_pertama")])
    same = (pairs.nama_baku == pairs.nama_pertama) | (similarity(pairs.nama_baku, pairs.nama_pertama) >= SAME_NAME)
    pairs = pairs.filter(same)
    pairs = pairs.mutate(orang=pairs.rid.min().over(group_by=pairs.nik))
    founded = alone.select("orang", rid="orang").union(pairs.select("orang", "rid"))
    return linked(founded, FOUNDED_BY_NIK, FOUNDED_SCORE[FOUNDED_BY_NIK])


def found_without_nik(rows: ir.Table, known: ir.Table) -> ir.Table:
    """New persons by No KK and name, else by PSNOKA.

    Two birth dates or sexes under one No KK and name are two persons (a son named as his father), as are two rows of
    one list of which one tells a birth and one none (whoever stands on another list with a birth is one of them all the
    same, without one he may be either), and two names under one PSNOKA: such rows, and rows with a sound NIK of
    somebody else, found nobody. Nor does a row whose No KK and name, or PSNOKA, are known already and yet decided
    nothing.
    """
    rows = rows.mutate(daftar=rows.rid >> ORDER_BITS)
    rows = rows.filter(rows.nik.isnull()).anti_join(known, [("no_kk", "e_no_kk"), ("nama_baku", "e_nama_baku")])
    lists = rows.filter(rows.no_kk.notnull()).group_by("no_kk", "nama_baku", "daftar").agg(
        pertama=rows.rid.min(), lahir_awal=rows.tanggal_lahir.min(), lahir_akhir=rows.tanggal_lahir.max(),
        kelamin_awal=rows.jenis_kelamin.min(), kelamin_akhir=rows.jenis_kelamin.max(),
        separuh=(rows.tanggal_lahir.count() > 0) & rows.tanggal_lahir.isnull().any(),
    )  # fmt: skip
    single = lists.group_by("no_kk", "nama_baku").agg(
        orang=lists.pertama.min(where=~lists.separuh),
        terbelah=lists.separuh.any() & ~(~lists.separuh & lists.lahir_awal.notnull()).any(),
        lahir_sama=(lists.lahir_awal.min() == lists.lahir_akhir.max()).fill_null(True),
        kelamin_sama=(lists.kelamin_awal.min() == lists.kelamin_akhir.max()).fill_null(True),
    )  # fmt: skip
    single = single.filter(single.lahir_sama, single.kelamin_sama, single.orang.notnull(), ~single.terbelah)
    single = single.rename(kk_baru="no_kk", nama_baru="nama_baku")
    by_kk = rows.inner_join(single, [("no_kk", "kk_baru"), ("nama_baku", "nama_baru")])
    by_kk = by_kk.anti_join(lists.filter(lists.separuh), ["no_kk", "nama_baku", "daftar"])
    by_kk = by_kk.mutate(pendiri=ibis.literal("kk:") + by_kk.no_kk.cast("string") + "|" + by_kk.nama_baku)
    others = rows.filter(rows.psnoka.notnull()).anti_join(by_kk, "rid").anti_join(known, [("psnoka", "e_psnoka")])
    cards = others.group_by("psnoka").agg(orang=others.rid.min(), nama_beda=others.nama_baku.nunique())
    cards = cards.filter(cards.nama_beda == 1).rename(psnoka_baru="psnoka")
    by_psnoka = others.inner_join(cards, [("psnoka", "psnoka_baru")])
    by_psnoka = by_psnoka.mutate(pendiri=ibis.literal("ps:") + by_psnoka.psnoka.cast("string"))
    by_kk, by_psnoka = (
        linked(founded, way, FOUNDED_SCORE[way], "pendiri")
        for founded, way in ((by_kk, FOUNDED_BY_KK), (by_psnoka, FOUNDED_BY_PSNOKA))
    )
    return by_kk.union(by_psnoka)


def linked(rows: ir.Table, way: str, score: float, *more: str) -> ir.Table:
    """Rows and their persons as links: rid, orang, cara_padan, skor_padan, and the columns named."""
    return rows.select("rid", "orang", *more, cara_padan=ibis.literal(way), skor_padan=ibis.literal(score))
