"""Which desa a row means: by name, alias, old kecamatan or code, never by the prefix of a number (domain.md section 3).

A region table has one row a desa or kelurahan: kode_desa, nama_desa, jenis, kode_kecamatan, nama_kecamatan,
kode_kabupaten, nama_kabupaten, kode_bps_2018, kode_lama, nama_lain.
"""

import ibis
import ibis.expr.types as ir

from pipelines.names import edits

UNKNOWN_DESA = "Desa belum diketahui"

_WORDS = (
    (r"\b(KABUPATEN|KAB|KECAMATAN|KEC|KELURAHAN|KEL|DESA|DS)\b\.? *:? *", ""),
    (r"\b(SEI|SUNGEI|S)\b\.? *", "SUNGAI "),
    (r"\b(P|PL|PLU)\b\.? *", "PULAU "),
    (r"\b(TJ|TG|TJG|TANJONG)\b\.? *", "TANJUNG "),
    (r"[^A-Z0-9]+", ""),
    (r"^SEI", "SUNGAI"),
)


def fold_place(text: ir.StringValue) -> ir.StringValue:
    """A place's name for comparison: capitals without blanks, `Sei` and `S.` as SUNGAI, DESA and KEC. dropped."""
    folded = text.upper()
    for pattern, replacement in _WORDS:
        folded = folded.re_replace(pattern, replacement)
    return folded


def unknown_desa(wilayah: ir.Table) -> ir.Table:
    """The desa of people whose desa no list names: kode_desa, kode_kabupaten; one row a kabupaten."""
    kabupaten = wilayah.select("kode_kabupaten").distinct()
    return kabupaten.mutate(kode_desa=kabupaten.kode_kabupaten + ".00.0000")


def wilayah_kunci(wilayah: ir.Table) -> ir.Table:
    """Every way to name a desa: kunci_kecamatan ('' = any), kunci_desa, kode_desa, kabupaten (folded); unambiguous
    ones only.

    A desa answers to its names under its kecamatan, under the kecamatan of its old code (14 desa of Lingga moved
    between kecamatan in 2018 to 2022 and lists still carry the old one), and, where its name is unique in the
    kabupaten, under no kecamatan at all.
    """
    kecamatan = wilayah.select("kode_kecamatan", lama=fold_place(wilayah.nama_kecamatan)).distinct()
    named = wilayah.select("kode_desa", "kode_kecamatan", "kode_lama", "nama_kecamatan", nama=wilayah.nama_desa)
    aliased = wilayah.filter(wilayah.nama_lain.fill_null("") != "").select(
        "kode_desa",
        "kode_kecamatan",
        "kode_lama",
        "nama_kecamatan",
        nama=wilayah.nama_lain.split(";").unnest(),
    )
    names = named.union(aliased).mutate(kunci_desa=lambda t: fold_place(t.nama))
    current = names.select("kode_desa", "kunci_desa", kunci_kecamatan=fold_place(names.nama_kecamatan))
    former = names.mutate(kode_kecamatan=names.kode_lama.substr(0, 8)).drop("nama_kecamatan")
    former = former.inner_join(kecamatan, "kode_kecamatan").select(
        "kode_desa", "kunci_desa", kunci_kecamatan=lambda t: t.lama
    )
    anywhere = names.select("kode_desa", "kunci_desa", kunci_kecamatan=ibis.literal(""))
    every = current.union(former).union(anywhere).distinct()
    return (
        every.group_by("kunci_kecamatan", "kunci_desa")
        .agg(kode_desa=every.kode_desa.min(), banyak=every.kode_desa.nunique())
        .filter(lambda t: t.banyak == 1)
        .drop("banyak")
        .inner_join(wilayah.select("kode_desa", kabupaten=fold_place(wilayah.nama_kabupaten)), "kode_desa")
    )


def wilayah_kode(wilayah: ir.Table) -> ir.Table:
    """Every code that means one desa: kode_sistem (kemendagri, bps), kode (digits), kode_desa; an old code that two
    desa share after a split means neither.

    Ten undotted codes mean different desa in the two systems: a source declares its system, and where the row names no
    desa beside such a code (`bermakna_dua`) nothing tells whether the sender kept to it.
    """
    own = wilayah.select("kode_desa", kode_sistem=ibis.literal("kemendagri"), kode=wilayah.kode_desa.replace(".", ""))
    old = wilayah.select("kode_desa", kode_sistem=ibis.literal("kemendagri"), kode=wilayah.kode_lama.replace(".", ""))
    bps = wilayah.select("kode_desa", kode_sistem=ibis.literal("bps"), kode=wilayah.kode_bps_2018)
    every = own.union(old.anti_join(own, "kode")).union(bps)
    every = every.filter(every.kode.fill_null("") != "")
    single = every.group_by("kode_sistem", "kode").agg(
        kode_desa=every.kode_desa.min(), banyak=every.kode_desa.nunique()
    )
    single = single.filter(single.banyak == 1).drop("banyak")
    systems = single.group_by("kode").agg(bermakna_dua=single.kode_desa.nunique() > 1)
    return single.inner_join(systems, "kode")


def places_called(wilayah: ir.Table, said: str) -> ir.Table:
    """The desa that somebody may mean by a code or a name: kode_desa, nama_desa, jenis, nama_kecamatan, beda (0: it is
    called just so; else the letters that differ, or 1 for its old code)."""
    every = wilayah.mutate(nama=(wilayah.nama_desa + ";" + wilayah.nama_lain.fill_null("")).split(";").unnest())
    every = every.filter(every.nama != "")
    digits = "".join(filter(str.isdigit, said)) or "-"
    own, old = (every[c].fill_null("").replace(".", "") == digits for c in ("kode_desa", "kode_lama"))
    by_code = ibis.cases((own, 0), (old, 1))
    by_name = edits(fold_place(every.nama), fold_place(ibis.literal(said)))
    every = every.mutate(beda=by_name if any(map(str.isalpha, said)) else by_code)
    found = every.filter(every.beda <= _SLIPS).group_by("kode_desa", "nama_desa", "jenis", "nama_kecamatan")
    return found.agg(beda=lambda t: t.beda.min()).order_by("beda", "nama_desa", "kode_desa")


PLACE = ("kabupaten", "kecamatan", "desa", "kode_wilayah")
_SAID_SYSTEM = r"^(bps|kemendagri) "  # before a code: its sender's own, as the operator answered
_SLIPS = 2  # letters of the name of a kecamatan or kabupaten that may be wrong; no two of a kabupaten's are so near


def resolve_desa(places: ir.Table, kunci: ir.Table, kode: ir.Table, system: str) -> ir.Table:
    """Add kode_desa and desa_alasan to places: the text columns kabupaten, kecamatan, desa, kode_wilayah ('' = none).

    desa_alasan: '' (resolved, or none named), desa_tak_dikenal, desa_bertentangan (kabupaten, kecamatan, desa and code
    do not name one and the same desa), or kode_desa_ganda (an undotted code of two desa, and no name beside it). Names
    of desa are alike from kabupaten to kabupaten: under a kecamatan that nobody knows a name is no proof.
    """
    places = places.mutate(
        kunci_kabupaten=fold_place(places.kabupaten).re_replace(r"[0-9]", ""),  # a code alone names none
        kunci_kecamatan=fold_place(places.kecamatan),
        kunci_desa=fold_place(places.desa),
        kode=places.kode_wilayah.re_replace(r"[^0-9]", ""),
        # a dotted code can only be Kemendagri's
        kode_sistem=ibis.cases(
            (places.kode_wilayah.contains("."), "kemendagri"),
            else_=places.kode_wilayah.re_extract(_SAID_SYSTEM, 1).nullif("").coalesce(ibis.literal(system)),
        ),
    )
    exact = kunci.select("kunci_kecamatan", "kunci_desa", kode_tepat=kunci.kode_desa)
    by_name = kunci.filter(kunci.kunci_kecamatan == "").select("kunci_desa", kode_nama=kunci.kode_desa)
    known = kunci.filter(kunci.kunci_kecamatan != "").select(kecamatan_dikenal="kunci_kecamatan").distinct()
    either = kode.filter(~kode.bermakna_dua).mutate(kode_sistem=ibis.literal("mana_saja")).distinct()
    by_code = kode.union(either.select(*kode.columns)).rename(kode_angka="kode_desa")
    homes = kunci.filter(kunci.kunci_kecamatan != "").select(
        "kunci_desa", kecamatan_asal="kunci_kecamatan", kode_mirip="kode_desa"
    )
    near = places.inner_join(homes, "kunci_desa").filter(lambda t: edits(t.kunci_kecamatan, t.kecamatan_asal) <= _SLIPS)
    near = near.group_by("kunci_kecamatan", "kunci_desa").agg(
        kode_mirip=near.kode_mirip.min(), kode_mirip_lain=near.kode_mirip.max()
    )
    near = near.filter(near.kode_mirip == near.kode_mirip_lain).drop("kode_mirip_lain")
    found = (
        places.left_join(exact, ["kunci_kecamatan", "kunci_desa"])
        .drop("kunci_kecamatan_right", "kunci_desa_right")
        .left_join(by_name, "kunci_desa")
        .drop("kunci_desa_right")
        .left_join(known, [("kunci_kecamatan", "kecamatan_dikenal")])
        .left_join(near, ["kunci_kecamatan", "kunci_desa"])
        .drop("kunci_kecamatan_right", "kunci_desa_right")
        .left_join(by_code, ["kode_sistem", "kode"])
        .drop("kode_sistem_right", "kode_right")
    )
    two_witnesses = found.kecamatan_dikenal.isnull() & (found.kode_nama == found.kode_angka)
    named = found.kode_tepat.coalesce(
        ibis.cases(((found.kunci_kecamatan == "") | two_witnesses, found.kode_nama)), found.kode_mirip
    )
    contradicts = (
        (named.isnull() & found.kode_nama.notnull() & found.kecamatan_dikenal.notnull())
        | (named != found.kode_angka).fill_null(False)
        | ((found.kunci_desa != "") & named.isnull() & found.kode_angka.notnull())
    )
    dotted = found.kode_wilayah.contains(".")
    unnamed = (found.kunci_desa == "") & ~dotted & found.bermakna_dua.fill_null(False)
    placed = named.coalesce(found.kode_angka)
    own = kunci.select("kode_desa", "kabupaten").distinct()
    found = found.mutate(tempat=placed, bertentangan=contradicts, tak_bernama=unnamed)
    found = found.left_join(own, [("tempat", "kode_desa")]).drop("kode_desa")
    elsewhere = (found.kunci_kabupaten != "") & ~found.kunci_kabupaten.startswith(found.kabupaten_right)
    elsewhere = (elsewhere & (edits(found.kunci_kabupaten, found.kabupaten_right) > _SLIPS)).fill_null(False)
    contradicts, unnamed = found.bertentangan | elsewhere, found.tak_bernama
    resolved = ibis.cases((~contradicts & ~unnamed, found.tempat))
    mentioned = (found.kunci_desa != "") | (found.kode != "")
    return found.select(
        *PLACE,
        kode_desa=resolved,
        desa_alasan=ibis.cases(
            (contradicts, "desa_bertentangan"),
            (unnamed, "kode_desa_ganda"),
            (mentioned & resolved.isnull(), "desa_tak_dikenal"),
            else_="",
        ),
    )
