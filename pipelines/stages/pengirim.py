"""Who sends each file, and which file only repeats another: `pengirim`, `isi_sama`."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from pipelines.declaration import Source
from pipelines.dictionary import with_derived
from pipelines.regions import PLACE, resolve_desa

_FILE = ("sumber", "berkas", "sidik_berkas")


def pengirim(
    berkas: ir.Table, mentah: ir.Table, baris: ir.Table, sources: Sequence[Source], wilayah_kunci: ir.Table,
    wilayah_kode: ir.Table,
) -> ir.Table:  # fmt: skip
    """One row is one file: sumber, berkas, sidik_berkas, pengirim, and salinan_dari, the file of the same source and
    period whose bytes it repeats (NULL: none, or there is no data row to repeat).

    A file of a source that comes as one file a desa is sent by `<sumber>/<kode_desa>`: the desa of most of its rows,
    else that of its title or name, else its name without numbers. Any other by `<sumber>` and the folders below it.
    """
    each = [source.name for source in sources if source.one_file_per_desa]
    named = _by_folder(berkas.filter(berkas.sumber.notin(each)))
    if each:
        of_desa = berkas.filter(berkas.sumber.isin(each))
        named = named.union(_by_desa(of_desa, mentah, baris, wilayah_kunci, wilayah_kode))
    copies = repeated(berkas)
    copies = copies.semi_join(mentah.filter(mentah.jenis == "data").semi_join(copies, "berkas"), "berkas")
    of = named.select(salinan_dari="berkas", asal="pengirim")
    copies = copies.inner_join(of, "salinan_dari").select("berkas", "salinan_dari", "asal")
    whole = named.left_join(copies, "berkas").drop("berkas_right")
    return whole.mutate(pengirim=whole.asal.coalesce(whole.pengirim)).drop("asal")


def _by_folder(berkas: ir.Table) -> ir.Table:
    """The senders of whole lists: sumber, berkas, sidik_berkas, pengirim."""
    return berkas.select(*_FILE, pengirim=_sender(berkas, _folders(berkas.berkas)))


def _by_desa(
    berkas: ir.Table, mentah: ir.Table, baris: ir.Table, wilayah_kunci: ir.Table, wilayah_kode: ir.Table
) -> ir.Table:
    """The same of the lists of desa."""
    files = berkas.left_join(_desa_of_rows(berkas, baris), "berkas").drop("berkas_right")
    files = files.left_join(_places_of_titles(files, mentah), "berkas").drop("berkas_right")
    files = files.mutate(**{part: files[part].fill_null("") for part in PLACE})
    files = with_derived(files, (PLACE, lambda t: resolve_desa(t, wilayah_kunci, wilayah_kode, "").rename(
        desa_judul="kode_desa")))  # fmt: skip
    desa = files.desa_baris.coalesce(files.desa_judul, _plain_name(files.berkas))
    return files.select(*_FILE, pengirim=_sender(files, desa))


def _sender(files: ir.Table, last: ir.StringValue) -> ir.StringValue:
    return (files.sumber + "/" + last).re_replace("/$", "")


def repeated(berkas: ir.Table) -> ir.Table:
    """The files whose bytes stand under an earlier name of the same source: sumber, berkas, salinan_dari."""
    first = berkas.group_by("sumber", "sidik_berkas").agg(salinan_dari=berkas.berkas.min())
    rows = berkas.inner_join(first, ["sumber", "sidik_berkas"])
    return rows.filter(rows.berkas != rows.salinan_dari).select("sumber", "berkas", "salinan_dari")


def isi_sama(pengirim: ir.Table, neraca_baris_lalu: ir.Table) -> ir.Table:
    """One row is one file whose bytes were delivered before: berkas, sama_dengan (a file of this period, or of the
    last published one)."""
    now = pengirim.filter(pengirim.salinan_dari.notnull()).select("berkas", sama_dengan="salinan_dari")
    former = neraca_baris_lalu.group_by("sumber", "sidik_berkas").agg(sama_dengan=neraca_baris_lalu.berkas.min())
    return now.union(pengirim.inner_join(former, ["sumber", "sidik_berkas"]).select("berkas", "sama_dengan"))


def _desa_of_rows(files: ir.Table, baris: ir.Table) -> ir.Table:
    """One row is one file of a source that comes as one file a desa: berkas, desa_baris (of most of its rows)."""
    rows = baris.filter(baris.kode_desa.notnull()).semi_join(files, "berkas")
    places = rows.group_by("berkas", "kode_desa").agg(banyak=rows.count())
    order = ibis.row_number().over(group_by="berkas", order_by=[places.banyak.desc(), places.kode_desa])
    return places.mutate(urutan=order).filter(lambda t: t.urutan == 0).select("berkas", desa_baris="kode_desa")


def _places_of_titles(files: ir.Table, mentah: ir.Table) -> ir.Table:
    """One row is one file without such rows: berkas, and what its title or its name says, as PLACE."""
    rows = mentah.semi_join(files.filter(files.desa_baris.isnull()), "berkas")
    titles = rows.group_by("berkas").agg(kecamatan=rows.judul_kecamatan.max(), desa=rows.judul_desa.max())
    return titles.mutate(kabupaten=ibis.literal(""), kode_wilayah=ibis.literal(""))


def _folders(berkas: ir.StringValue) -> ir.StringValue:
    """`2024-06/pbi_jk/bpjs/x.csv` -> `bpjs`; an archive is no folder of the sender's."""
    below = berkas.re_extract(r"^[^/]+/[^/]+/(.*)/[^/]*$", 1).re_replace(r"[^/]*\.(zip|ZIP)(/|$)", "")
    return below.re_replace(r"\d{5,}", "...").re_replace(r"[^A-Za-z0-9_./-]+", " ").re_replace("/+$", "")


def _plain_name(berkas: ir.StringValue) -> ir.StringValue:
    """`2024-06/blt_dd/BLT Entah 06-2024.xlsx` -> `BLT Entah`: the months of one sender have one name."""
    stem = berkas.re_extract(r"([^/]*)$", 1).re_replace(r"\.[A-Za-z]+$", "")
    return stem.re_replace(r"[^A-Za-z]+", " ").strip()
