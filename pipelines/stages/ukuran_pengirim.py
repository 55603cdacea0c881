"""The measures of each sender that the judgement asks a person about, and the answers: `konfirmasi`.

A frame here has, beside its measures, `sidik` (what was found: the sender's bytes and the figure of the period before),
`keterangan` (the same for a reader) and `ditanya`, 0 where a confirmation of just that finding is there.
"""

import ibis
import ibis.expr.types as ir

from pipelines.linkage import Keep
from pipelines.period import Period
from pipelines.plausibility import ENDS_BY_ITSELF, FEW_ROWS, SAME_LIST, codes_of
from pipelines.stages.ukuran import SENDER, measure, measures_of

# What a file may be named after; a date, a desa's code and two months in one name are shorter. The engine's patterns
# know no exceptions: shorter numbers are hidden where the question is told (pipelines/long_numbers.py).
_NUMBER_OF_A_PERSON = r"\d{9,}|(\d[ .-]?){13,}"


def isi_pengirim(pengirim: ir.Table) -> ir.Table:
    """One row is one sender, or one source as a whole: pengirim, sumber, isi (text that follows from its bytes),
    berkas (how many different files)."""
    files = pengirim.filter(pengirim.salinan_dari.isnull())
    whole = files.mutate(pengirim=files.sumber)
    both = files.filter(files.pengirim != files.sumber).select(*whole.columns).union(whole)
    bytes_of = both.group_by("pengirim", "sumber").agg(isi=both.sidik_berkas.collect(), berkas=both.count())
    return bytes_of.mutate(isi=bytes_of.isi.sort().join(" ").hexdigest("sha256"))


def pergeseran(
    ukuran_kiriman: ir.Table, ukuran_kiriman_lalu: ir.Table, program_sumber: ir.Table, isi_pengirim: ir.Table,
    dim_wilayah: ir.Table, konfirmasi_masuk: ir.Table,
) -> ir.Table:  # fmt: skip
    """One row is one sender, or one source as a whole: its rows now and before, and the bounds between which they may
    move. Of a source the accepted rows count, of a sender those it sent: one damaged list of twenty rows is refused
    one month and repaired the next, and `karantina` says so. Who is gone is no matter of drift: `cakupan` asks."""
    awaited = program_sumber.filter(program_sumber.ditunggu)
    whole = awaited.select("sumber", "selisih_maks", pengirim="sumber")
    whole = whole.left_join(measure(ukuran_kiriman, "diterima", "baris"), "sumber").drop("sumber_right")
    whole = whole.left_join(measure(ukuran_kiriman_lalu, "diterima", "baris_lalu"), "sumber").drop("sumber_right")
    whole = whole.mutate(baris=whole.baris.fill_null(0.0))
    before = measures_of(ukuran_kiriman_lalu, SENDER).select("pengirim", baris_lalu="nilai")
    parts = (
        measures_of(ukuran_kiriman, SENDER).rename(baris="nilai").left_join(before, "pengirim").drop("pengirim_right")
    )
    parts = parts.inner_join(awaited.select("sumber", "selisih_maks"), "sumber")
    rows = whole.union(parts.filter(parts.pengirim != parts.sumber).select(*whole.columns))
    room = ibis.greatest(rows.baris_lalu * rows.selisih_maks, FEW_ROWS)
    rows = rows.mutate(min_baris=rows.baris_lalu - room, maks_baris=rows.baris_lalu + room)
    rows = rows.left_join(isi_pengirim.select("pengirim", "isi"), "pengirim").drop("pengirim_right")
    said = _number(rows.baris) + " baris, periode lalu " + _number(rows.baris_lalu)
    return asked(rows, rows.baris_lalu, said, "pergeseran", dim_wilayah, konfirmasi_masuk)


def berkas_ganda(
    pengirim: ir.Table, jejak_baris: ir.Table, program_sumber: ir.Table, isi_pengirim: ir.Table, dim_wilayah: ir.Table,
    konfirmasi_masuk: ir.Table, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one sender: `lebih`, how many of its files seem to be another form of one list.

    Of a desa's own list there is one file; a list of the kabupaten may come in parts, and two of its files are one
    list where they name mostly the same persons (SAME_LIST of those in either).
    """
    files = pengirim.filter(pengirim.salinan_dari.isnull())
    files = files.inner_join(program_sumber.select("sumber", "per_desa"), "sumber").drop("salinan_dari")
    count = files.group_by("pengirim", "per_desa").agg(berkas=files.count())
    several = files.filter(~files.per_desa).semi_join(count.filter(count.berkas > 1), "pengirim")
    named = jejak_baris.filter(jejak_baris.orang_id.notnull()).select("berkas", "orang_id")
    named = named.inner_join(several.select("berkas", "pengirim"), "berkas").select("pengirim", "berkas", "orang_id")
    named = named.distinct()
    size = named.group_by("berkas").agg(banyak=named.count())
    other = named.select("pengirim", "orang_id", lain=named.berkas)
    pairs = named.inner_join(other, ["pengirim", "orang_id"]).filter(lambda t: t.berkas < t.lain)
    pairs = pairs.group_by("pengirim", "berkas", "lain").agg(sama=lambda t: t.count())
    pairs = pairs.inner_join(size, "berkas").inner_join(size.select(lain="berkas", banyak_lain="banyak"), "lain")
    one = keep(pairs.filter(pairs.sama >= SAME_LIST * (pairs.banyak + pairs.banyak_lain - pairs.sama)))
    alike = one.select("pengirim", "berkas").union(one.select("pengirim", berkas="lain"), distinct=True)
    own = files.filter(files.per_desa).semi_join(count.filter(count.berkas > 1), "pengirim")
    alike = alike.union(own.select("pengirim", "berkas")).group_by("pengirim").agg(nama=lambda t: t.berkas.collect())
    one = one.group_by("pengirim").agg(pasang=one.count())
    rows = count.left_join(one, "pengirim").drop("pengirim_right")
    rows = rows.mutate(lebih=rows.per_desa.ifelse(rows.berkas - 1, rows.pasang.fill_null(0)).cast("float64"))
    rows = rows.inner_join(isi_pengirim.select("pengirim", "isi"), "pengirim")
    rows = rows.left_join(alike, "pengirim").drop("pengirim_right")
    names = rows.nama.sort().join(" dan ").re_replace(_NUMBER_OF_A_PERSON, "...")
    said = (
        _number(rows.nama.length().fill_null(rows.berkas))
        + " berkas berlainan"
        + (ibis.literal(": ") + names).fill_null("")
    )
    said += "; bila salah satu menggantikan yang lain, keluarkan yang lama; konfirmasi berarti semuanya dihitung"
    return asked(rows, rows.lebih, said, "berkas_ganda", dim_wilayah, konfirmasi_masuk).drop("nama")


def cakupan(
    kehadiran: ir.Table, program_sumber: ir.Table, isi_pengirim: ir.Table, dim_wilayah: ir.Table,
    konfirmasi_masuk: ir.Table,
) -> ir.Table:  # fmt: skip
    """One row is one sender, or one desa on the list of a source: whether it is gone since the period before. A list
    of one or two rows may have ended."""
    asked_about = kehadiran.filter((kehadiran.hilang == 0) | (kehadiran.baris_lalu >= ENDS_BY_ITSELF))
    # the list of a desa that sends its own is bound to nothing but its absence
    lists = program_sumber.filter(~program_sumber.per_desa).select("sumber")
    lists = lists.inner_join(isi_pengirim.filter(isi_pengirim.pengirim == isi_pengirim.sumber), "sumber")
    rows = asked_about.left_join(lists.select("sumber", "isi"), "sumber").drop("sumber_right")
    said = ibis.literal("tidak ada lagi, periode lalu ") + _number(rows.baris_lalu) + " baris"
    return asked(rows, rows.baris_lalu, said, "cakupan", dim_wilayah, konfirmasi_masuk)


def konfirmasi(
    konfirmasi_masuk: ir.Table, kiriman: ir.Table, pergeseran: ir.Table, berkas_ganda: ir.Table, cakupan: ir.Table,
    kekosongan: ir.Table, periode: Period,
) -> ir.Table:  # fmt: skip
    """One row is one confirmation that counts: of this finding, not of an earlier one of the same sender."""
    frames = {
        "kiriman": kiriman, "pergeseran": pergeseran, "berkas_ganda": berkas_ganda, "cakupan": cakupan,
        "kekosongan": kekosongan,
    }  # fmt: skip
    counted = [
        konfirmasi_masuk.filter(konfirmasi_masuk.aturan.isin(codes_of(name))).semi_join(
            frame.filter(frame.ditanya == 0), ["pengirim", "sidik"]
        )
        for name, frame in frames.items()
    ]
    return ibis.union(*counted).mutate(periode=ibis.literal(periode.kini))


def _number(measure: ir.NumericValue) -> ir.StringValue:
    return measure.cast("int64").cast("string").fill_null("tidak diketahui")


def asked(
    rows: ir.Table, figure: ir.NumericValue, said: ir.StringValue, frame: str, dim_wilayah: ir.Table,
    konfirmasi_masuk: ir.Table,
) -> ir.Table:  # fmt: skip
    """Add sidik, keterangan with the desa's name, and ditanya."""
    found = rows.pengirim + "|" + rows.isi.fill_null("") + "|" + _number(figure)
    rows = rows.mutate(
        sidik=found.hexdigest("sha256").substr(0, 16), temuan=said, kode=rows.pengirim.re_extract(r"[^/]*$", 0)
    )
    names = dim_wilayah.select("nama_desa", kode="kode_desa").distinct(on="kode")
    rows = rows.left_join(names, "kode").drop("kode_right")
    answers = konfirmasi_masuk.filter(konfirmasi_masuk.aturan.isin(codes_of(frame))).select("pengirim", "sidik")
    answers = answers.distinct().mutate(ada=True)
    rows = rows.left_join(answers, ["pengirim", "sidik"]).drop("pengirim_right", "sidik_right")
    return rows.mutate(
        keterangan=(rows.nama_desa + ", ").fill_null("") + rows.temuan,
        ditanya=rows.ada.isnull().cast("float64"),
    ).drop("isi", "temuan", "kode", "nama_desa", "ada")
