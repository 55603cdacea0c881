"""The dimensions and the register of identities: what a publication adds to what was known before it."""

import ibis
import ibis.expr.types as ir

from pipelines.identifiers import FULL_LENGTH, PSNOKA_LENGTH, SHOWN_LENGTH, number_text
from pipelines.linkage import EVIDENCE, NUMBERS
from pipelines.period import Period
from pipelines.regions import UNKNOWN_DESA, unknown_desa
from pipelines.stages.orang import DEAD
from pipelines.verdicts import BY_PERSON

_PERSON = (
    "nik", "nama", "tanggal_lahir", "jenis_kelamin", "keluarga_id", "kode_desa", "status", "nama_baku",
    "hubungan_keluarga", "nik_jenis",
)  # fmt: skip
_FAMILY = ("no_kk", "kepala_orang_id", "kode_desa")
_BESIDE = ("nama_baku", "no_kk", "psnoka", "id_registri", "nik12")
_TOLD = ("jenis_kelamin", "nama_ibu", "nik12")  # no identity of their own, kept for comparing
_NO_NIK = 0  # stands for "without a NIK" where rows are matched: NULL equals nothing
_HEAD = ("KEPALA KELUARGA", "KEPALA", "1", "SUAMI/KEPALA KELUARGA")


def dim_orang(orang: ir.Table, anggota_keluarga: ir.Table, periode: Period) -> ir.Table:
    """One row is one version of a person that begins in this period: a new person, or one of whom something changed."""
    rows = orang.inner_join(anggota_keluarga.select("orang", "keluarga_id"), "orang")
    changed = rows.berubah | ~rows.keluarga_id.identical_to(rows.keluarga_lalu)
    return rows.filter(changed).select("orang_id", *_PERSON, berlaku_dari=ibis.literal(periode.kini))


def dim_keluarga(orang: ir.Table, anggota_keluarga: ir.Table, dim_keluarga_lalu: ir.Table, periode: Period) -> ir.Table:
    """One row is one version of a family that begins in this period; its desa is the head's, else a member's."""
    members = anggota_keluarga.inner_join(orang.select("orang", "hubungan_keluarga", "kode_desa", "status"), "orang")
    named = members.hubungan_keluarga.isin(_HEAD).fill_null(False)
    head = named & (members.status != DEAD)
    now = members.group_by("keluarga_id").agg(
        no_kk=members.no_kk.max(where=members.kartu_sah),
        kepala_orang_id=members.orang_id.min(where=head),
        kepala_wafat=members.orang_id.min(where=named),
        desa_kepala=members.kode_desa.min(where=head),
        desa_anggota=members.kode_desa.min(),
    )
    before = dim_keluarga_lalu.select("keluarga_id", **{f"{c}_lalu": c for c in _FAMILY})
    both = now.left_join(before, "keluarga_id")
    rows = both.select(
        "keluarga_id",
        no_kk=both.no_kk.coalesce(both.no_kk_lalu),
        kepala_orang_id=both.kepala_orang_id.coalesce(both.kepala_orang_id_lalu, both.kepala_wafat),
        kode_desa=both.desa_kepala.coalesce(both.desa_anggota, both.kode_desa_lalu),
    )
    new = rows.difference(dim_keluarga_lalu.select("keluarga_id", *_FAMILY))  # an empty value equals an empty one
    return new.mutate(berlaku_dari=ibis.literal(periode.kini))


def pengenal(
    baris: ir.Table, tautan: ir.Table, anggota_keluarga: ir.Table, dikenal: ir.Table, periode: Period
) -> ir.Table:
    """One row is one piece of evidence of a person that this period adds: a NIK, No KK and name that were not yet seen
    together, with the other identifiers beside them.

    What a person decided teaches nothing: withdrawn, the decision leaves no trace.
    """
    own = tautan.filter(tautan.cara_padan != BY_PERSON).select("rid", "orang")
    rows = own.inner_join(baris.select("rid", *EVIDENCE, *_TOLD), "rid")
    rows = rows.mutate(**{c: rows[c].cast("int64") for c in (*NUMBERS, "nik12")})  # as `dikenal` has them
    told = rows.select("rid", *EVIDENCE, "nik12", "orang", cari_nik=rows.nik.fill_null(_NO_NIK))
    known = dikenal.select("orang", cari_nik=dikenal.nik.fill_null(_NO_NIK), **{f"k_{c}": dikenal[c] for c in _BESIDE})
    said = told.inner_join(known, ["orang", "cari_nik", ("nama_baku", "k_nama_baku")])
    for column in _BESIDE[1:]:
        said = said.filter(said[column].isnull() | (said[column] == said[f"k_{column}"]))
    new = rows.anti_join(said.select("rid"), "rid")
    key = ("orang", "nik", "no_kk", "nama_baku")
    single = new.group_by(*key).agg(**{c: new[c].max() for c in (*EVIDENCE, *_TOLD) if c not in key})
    single = single.mutate(
        **{c: number_text(single[c], FULL_LENGTH) for c in ("nik", "no_kk")},
        psnoka=number_text(single.psnoka, PSNOKA_LENGTH),
        nik12=number_text(single.nik12, SHOWN_LENGTH),
    )
    named = single.inner_join(anggota_keluarga.select("orang", "orang_id", "keluarga_id"), "orang")
    return named.mutate(periode=ibis.literal(periode.kini))


def kartu_keluarga(anggota_keluarga: ir.Table, kartu_keluarga_lalu: ir.Table, periode: Period) -> ir.Table:
    """One row is one No KK first seen for a family in this period."""
    sure = anggota_keluarga.filter(anggota_keluarga.kartu_sah, anggota_keluarga.no_kk.notnull())
    rows = sure.select("no_kk", "keluarga_id").distinct()
    return rows.anti_join(kartu_keluarga_lalu, ["no_kk", "keluarga_id"]).mutate(periode=ibis.literal(periode.kini))


def dim_wilayah(wilayah: ir.Table) -> ir.Table:
    """One row is one desa or kelurahan, and one a kabupaten for people whose desa no list names."""
    real = wilayah.select(
        "kode_desa", "nama_desa", "jenis", "kode_kecamatan", "nama_kecamatan", "kode_kabupaten", "nama_kabupaten",
        berlaku_dari=ibis.null("string"), berlaku_sampai=ibis.null("string"), kode_bps="kode_bps_2018",
        kode_lama="kode_lama", nama_lain="nama_lain",
    )  # fmt: skip
    kabupaten = unknown_desa(wilayah)
    name = wilayah.select("kode_kabupaten", "nama_kabupaten").distinct()
    nowhere = kabupaten.inner_join(name, "kode_kabupaten").select(
        "kode_desa", nama_desa=ibis.literal(UNKNOWN_DESA), jenis=ibis.literal("belum diketahui"),
        kode_kecamatan=kabupaten.kode_kabupaten + ".00", nama_kecamatan=ibis.literal("Belum diketahui"),
        kode_kabupaten="kode_kabupaten", nama_kabupaten="nama_kabupaten", berlaku_dari=ibis.null("string"),
        berlaku_sampai=ibis.null("string"), kode_bps=ibis.null("string"), kode_lama=ibis.null("string"),
        nama_lain=ibis.null("string"),
    )  # fmt: skip
    return real.union(nowhere)
