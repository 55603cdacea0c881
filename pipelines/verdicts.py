"""What is done with a pair, read off its levels: linked, asked of a person, or left as two.

Weights alone would join twins and a son named as his father: what agrees in them agrees because they are one family.
The rules here say what must agree, whatever the sum.
"""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from pipelines.comparisons import COMPARISONS
from pipelines.linkage import Keep
from pipelines.newborn_pairs import BY_CARD, NEWBORN_SCORE
from pipelines.pair_decisions import OTHER, SAME
from pipelines.stages.baris import ORDER_BITS
from pipelines.weights import levels_in

SURE, ASKED = 10.0, 0.0  # bits: 99.9 % and 50 %
MARGIN = 7.0  # bits to the next person: 128 to 1
ASKED_SHARE = 0.01  # questions a row, at most: more nobody answers
# What becomes of a pair; those that link are the `cara_padan` of its rows.
BY_WEIGHT, BY_PERSON, APART, ASK = "padanan", "keputusan", "beda", "tanya"
LINKING = (BY_WEIGHT, BY_PERSON, *NEWBORN_SCORE)

_SAME, _MISSPELT, _OTHER_NAME = "nama sama", "nama beda ejaan", "nama beda"
_SAME_BIRTH, _OTHER_BIRTH = "tanggal lahir sama", "tanggal lahir beda"
_ALIKE_BIRTH = "tanggal lahir mirip"
_SLIP, _SERIAL, _FIRST12 = "NIK beda satu angka", "NIK beda satu angka di nomor urut", "12 angka pertama NIK sama"
_SAME_NIK, _OTHER_NIK, _SAME_CARD = "NIK sama", "NIK beda", "nomor peserta BPJS sama"
_SAME_KK, _SLIPPED_KK, _SAME_MOTHER = "No KK sama", "No KK beda satu angka", "nama ibu sama"
_SAME_DESA, _OTHER_DESA = "desa sama", "desa beda"
_OTHER_SEX = "jenis kelamin beda"

_PLACE = {level.kalimat: (c.name, at) for c in COMPARISONS for at, level in enumerate(c.levels, 1)}


def _says(pairs: ir.Table) -> Callable[..., ir.BooleanValue]:
    """Whether pairs, by their columns `taraf_<comparison>`, reach one of some levels, named by their sentences."""

    def holds(*sentences: str) -> ir.BooleanValue:
        reached: dict[str, list[int]] = {}
        for name, at in (_PLACE[sentence] for sentence in sentences):
            reached.setdefault(name, []).append(at)
        return ibis.or_(*(pairs[f"taraf_{name}"].isin(levels) for name, levels in reached.items()))

    return holds


def may_be_linked(pairs: ir.Table, together: ir.BooleanValue, two_spellings: ir.BooleanValue) -> ir.BooleanValue:
    """A number or the birth says the same, the family or the place too, the name as well, and nothing another person.

    Twins have the birth, the family and all but a digit of the NIK in common, and names alike: a name that is misspelt
    is the same only where the numbers were given out for two regions or births, and no list has both; nor are two
    numbers on one list one person's that are of one region and birth, or stand beside two spellings, as HASAN and
    HASSAN are one name to us. Two sound numbers that differ are one person's by the family, not by the desa: of one
    name and birth a desa may have two. `together`: both stand on one list of this period; `two_spellings`: where they
    do, their names are not written alike.
    """
    says = _says(pairs)
    name = says(_SAME) | (says(_MISSPELT) & says(_SLIP, _OTHER_NIK) & ~together)
    number = says(_SAME_NIK, _SLIP, _SERIAL, _SAME_CARD)
    family = says(_SAME_KK, _SAME_MOTHER) | (says(_SLIPPED_KK) & ~says(_OTHER_DESA))
    place = family | (says(_SAME_DESA) & ~says(_SLIP, _SERIAL, _OTHER_NIK))
    twin = (together & says(_SERIAL, _FIRST12)) | (two_spellings & says(_SLIP, _OTHER_NIK))
    other = (says(_OTHER_BIRTH) & ~says(_SAME_NIK, _SLIP)) | says(_OTHER_SEX) | twin
    return name & (number | says(_SAME_BIRTH)) & place & ~other


def may_be_asked(pairs: ir.Table, together: ir.BooleanValue) -> ir.BooleanValue:
    """The name is alike, something beside name and desa says the same, and nothing says another person.

    `together`: both stand on one list of this period; under two names they are two, as a registry tells twins apart.
    """
    says = _says(pairs)
    beside = says(
        _SAME_NIK, _SLIP, _SERIAL, _FIRST12, _SAME_CARD, _SAME_BIRTH, _ALIKE_BIRTH, _SAME_KK, _SLIPPED_KK, _SAME_MOTHER
    )
    other = (says(_OTHER_BIRTH) & ~says(_SAME_NIK, _SLIP)) | says(_OTHER_SEX) | says(_OTHER_NAME)
    return beside & ~other & (says(_SAME) | ~together)


def decided(pairs: ir.Table, links: ir.Table, answers: ir.Table, rows: ir.Table, keep: Keep) -> ir.Table:
    """Add `putusan`, what becomes of each pair (one of LINKING, APART, ASK), and `taraf_<comparison>`; the rest is left
    out.

    `pairs`: orang_a (who stays), orang_b or rid_b (who goes), bit, kode, asal, tinjauan_id, sidik. `links`: what the
    named steps found. `answers`: tinjauan_id, sidik, keputusan; `rows`: all rows of the period. An answer to other
    evidence answers nothing. By weight only who was founded now, or a row, is linked: of two keys that are published
    already a person decides, and of two founded on one list who could both be a third.
    """
    given = answers.select("tinjauan_id", sidik_jawab="sidik", jawaban="keputusan")
    pairs = pairs.left_join(given, "tinjauan_id").drop("tinjauan_id_right")
    together = _on_one_list(pairs, links, rows, keep)
    pairs = pairs.left_join(together, "tinjauan_id").drop("tinjauan_id_right")
    pairs = pairs.mutate(
        pergi=pairs.orang_b.coalesce(pairs.rid_b),
        jawaban=ibis.cases((pairs.sidik == pairs.sidik_jawab, pairs.jawaban), else_="-"),
        **levels_in(pairs.kode),
    )
    pairs = _ranked(pairs)
    together, two_spellings = pairs.sedaftar.notnull(), pairs.dua_ejaan.fill_null(False)
    link = may_be_linked(pairs, together, two_spellings) & (pairs.bit >= SURE) & (pairs.pergi > 0)
    pairs = keep(pairs.mutate(dapat=link & (pairs.jawaban != OTHER)))
    contested = _contested(pairs.filter(pairs.dapat))
    pairs = pairs.left_join(contested, "tinjauan_id").drop("tinjauan_id_right")
    together, link = pairs.sedaftar.notnull(), pairs.dapat & pairs.unggul & pairs.rebutan.isnull()
    ask = may_be_asked(pairs, together) & (pairs.bit >= ASKED)
    judged = pairs.mutate(
        putusan=ibis.cases(
            (pairs.jawaban == OTHER, APART),
            ((pairs.jawaban == SAME) & (pairs.urut == 0), BY_PERSON),
            (pairs.disamakan, ibis.null("string")),
            (pairs.asal.notnull() & ~((pairs.asal == BY_CARD) & together), pairs.asal),
            (link, BY_WEIGHT),
            (ask, ASK),
        )
    )
    judged = judged.filter(judged.putusan.notnull())
    linking = judged.putusan.isin(list(LINKING))
    order = [(judged.putusan != BY_PERSON), judged.asal.isnull(), judged.bit.desc(), judged.tinjauan_id]
    judged = judged.mutate(
        # somebody goes to one person only, and of questions the likeliest are asked
        ke=ibis.row_number().over(group_by=[linking, judged.pergi], order_by=order),
        kuat=ibis.row_number().over(group_by=judged.putusan, order_by=order[2:]),
    )
    few = (judged.putusan != ASK) | (judged.kuat < ibis.greatest(1, rows.count().as_scalar() * ASKED_SHARE))
    return judged.filter(few, ~judged.putusan.isin(list(LINKING)) | (judged.ke == 0))


def _ranked(pairs: ir.Table) -> ir.Table:
    """Who of those that one may be comes first: urut (0 the first), unggul (by the margin), disamakan (a person said
    which it is). Whom a person said that it is not counts no more."""
    ruled_out = pairs.jawaban == OTHER
    order = [ruled_out, (pairs.jawaban != SAME), pairs.bit.desc(), pairs.orang_id_a]
    window = ibis.window(group_by=pairs.pergi, order_by=order)
    rivals = pairs.mutate(
        urut=ibis.row_number().over(window),
        bit_lawan=ibis.cases((~ruled_out, pairs.bit)).lead().over(window),
        disamakan=(pairs.jawaban == SAME).any().over(group_by=pairs.pergi),
    )
    ahead = rivals.bit_lawan.isnull() | (rivals.bit - rivals.bit_lawan >= MARGIN)
    return rivals.mutate(unggul=(rivals.urut == 0) & ahead)


def _contested(strong: ir.Table) -> ir.Table:
    """The pairs of two persons of whom one could be another as well, founded on the same list: tinjauan_id, rebutan.

    The named steps gave him to neither of the two, and weights would toss a coin.
    """
    persons = strong.filter(strong.orang_b.notnull())
    one, other = (
        persons.select("tinjauan_id", siapa=who, daftar=persons[founded] >> ORDER_BITS, kini=persons[founded] > 0)
        for who, founded in (("orang_a", "orang_b"), ("orang_b", "orang_a"))
    )
    claims = one.union(other)
    claims = claims.filter(claims.kini).drop("kini")
    several = claims.group_by("siapa", "daftar").agg(banyak=claims.count()).filter(lambda t: t.banyak > 1)
    both = claims.semi_join(several, ["siapa", "daftar"]).select("tinjauan_id").distinct()
    return both.mutate(rebutan=True)


def _on_one_list(pairs: ir.Table, links: ir.Table, rows: ir.Table, keep: Keep) -> ir.Table:
    """The pairs of which both stand on one list of this period: tinjauan_id, sedaftar, dua_ejaan (their names are
    written in two ways there)."""
    parties = pairs.select(orang="orang_a").union(pairs.select(orang="orang_b"))
    # few: in one query the engine joins all rows of a list to all of it first
    listed = keep(links.semi_join(parties, "orang").select("orang", "rid", daftar=links.rid >> ORDER_BITS))
    first = pairs.select("tinjauan_id", "orang_a").inner_join(listed, [("orang_a", "orang")])
    second = pairs.filter(pairs.orang_b.notnull()).select("tinjauan_id", "orang_b")
    second = second.inner_join(listed, [("orang_b", "orang")]).select("tinjauan_id", "daftar", rid_lain="rid")
    loose = pairs.filter(pairs.rid_b.notnull())
    loose = loose.select("tinjauan_id", daftar=loose.rid_b >> ORDER_BITS, rid_lain="rid_b")
    both = first.inner_join(second.union(loose), ["tinjauan_id", "daftar"])
    both = keep(both.select("tinjauan_id", "rid", "rid_lain"))
    told = both.select("rid").union(both.select(rid="rid_lain"))
    names = keep(rows.semi_join(told, "rid").select("rid", "nama"))
    named = both.inner_join(names, "rid").inner_join(names.rename(rid_lain="rid", nama_lain="nama"), "rid_lain")
    return named.group_by("tinjauan_id").agg(
        sedaftar=ibis.literal(True), dua_ejaan=(named.nama != named.nama_lain).any()
    )
