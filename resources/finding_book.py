"""The findings of a period as a workbook for who visits: names, cards and the sentence of each, all of it text."""

from collections.abc import Mapping

import pandas as pd

from resources.warehouse import Warehouse

_FINDINGS = (
    "select t.*, w.nama_desa from temuan t left join (select distinct kode_desa, nama_desa from dim_wilayah) w"
    " using (kode_desa) where t.periode = :periode and (cast(:desa as text) is null or t.kode_desa = :desa)"
    " and (cast(:aturan as text) is null or t.aturan = :aturan) order by w.nama_desa, t.aturan, t.temuan_id"
)
_AT = "berlaku_dari <= :periode and (berlaku_sampai is null or berlaku_sampai > :periode)"
_FAMILIES = f"select keluarga_id, no_kk, kepala_orang_id from dim_keluarga where keluarga_id = any(:keluarga) and {_AT}"  # noqa: S608
_LISTED = (
    "select distinct keluarga_id, program, orang_id from fakta_kepesertaan"
    " where periode = :periode and keluarga_id = any(:keluarga) order by program, orang_id"
)
_PERSONS = f"select orang_id, nama, nik from dim_orang where orang_id = any(:orang) and {_AT}"  # noqa: S608
_NUMBERS = (
    "select distinct orang_id, nik from pengenal where orang_id = any(:orang) and nik is not null"
    " and periode <= :periode order by orang_id, nik"
)
# Column of the workbook -> that of the findings; the two before the key are for the visitor to fill in.
_COLUMNS: Mapping[str, str] = {
    "desa": "nama_desa", "nama": "nama", "NIK": "nik", "No KK": "no_kk", "kepala keluarga": "kepala",
    "yang ditemukan": "keterangan", "tercantum pada daftar": "daftar", "NIK lain": "nik_lain", "tingkat": "tingkat",
    "keadaan": "keadaan", "sejak": "sejak", "dasar hukum": "dasar_hukum", "aturan": "aturan",
    "tanggal kunjungan": "", "hasil kunjungan": "", "kunci temuan": "temuan_id",
}  # fmt: skip


def finding_rows(warehouse: Warehouse, periode: str, desa: str | None, aturan: str | None) -> pd.DataFrame:
    """One row a finding, in the columns of the workbook; of a family its head stands for it, where he is on a list,
    else who draws."""
    found = warehouse.query(_FINDINGS, periode=periode, desa=desa, aturan=aturan)
    homes = [str(key) for key in found.keluarga_id.dropna().unique()]
    families = warehouse.query(_FAMILIES, keluarga=homes, periode=periode).set_index("keluarga_id")
    counted = warehouse.query(_LISTED, keluarga=homes, periode=periode)
    named = found[["keluarga_id", "program", "orang_id"]].dropna()  # the dead stand on a list and are counted on none
    listed = pd.concat([counted, named]).drop_duplicates().sort_values(["program", "orang_id"])
    keys = pd.concat([found.orang_id, families.kepala_orang_id, listed.orang_id]).dropna().unique()
    asked = {"orang": [str(key) for key in keys], "periode": periode}
    persons = warehouse.query(_PERSONS, **asked).set_index("orang_id")
    head = _known(found.keluarga_id, families.kepala_orang_id)
    first = _known(found.keluarga_id, listed.drop_duplicates("keluarga_id").set_index("keluarga_id").orang_id)
    who = found.orang_id.fillna(head.where(head.isin(listed.orang_id))).fillna(first).fillna(head)
    nik = _known(who, persons.nik)
    names = listed.program + ": " + _known(listed.orang_id, persons.nama).fillna("-")
    rows = found.assign(
        nama=_known(who, persons.nama), nik=nik, kepala=_known(head, persons.nama),
        no_kk=_known(found.keluarga_id, families.no_kk),
        daftar=_known(found.keluarga_id, names.groupby(listed.keluarga_id).agg(", ".join)),
        nik_lain=_others(who, nik, warehouse.query(_NUMBERS, **asked)),
        keadaan=found.status.str.replace("_", " "),
    )  # fmt: skip
    columns = {title: rows[source] if source else "" for title, source in _COLUMNS.items()}
    return pd.DataFrame(columns, index=rows.index).astype("object").fillna("").astype(str)


def _known(keys: pd.Series, values: pd.Series) -> pd.Series:
    """What is known of each key; where nothing is, no number either."""
    return keys.map(values).astype("object")


def _others(who: pd.Series, nik: pd.Series, numbers: pd.DataFrame) -> pd.Series:
    """The NIKs of a person beside the one that he is known by."""
    every = numbers.groupby("orang_id").nik.agg(list)
    pairs = zip(who.map(every), nik, strict=True)
    return pd.Series(
        [", ".join(n for n in known if n != own) if isinstance(known, list) else "" for known, own in pairs],
        index=who.index, dtype="str",
    )  # fmt: skip
