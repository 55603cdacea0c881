"""From the truth to what an office sends: the rows of one list of one period, with their dirt."""

import numpy as np
import pandas as pd

from pipelines.contoh import dirt
from pipelines.contoh.draws import Bools, Ints, chance
from pipelines.contoh.lists import living_recipient
from pipelines.contoh.period import Period

MINISTRY = ("pkh", "bpnt", "pbi_jk")
PERSONAL = ("dtks", "pbi_jk")


def deliver(period: Period, source: str, masked: bool = False) -> pd.DataFrame:
    """Write the rows of a list as one office sends them, exact duplicates last.

    One row is one delivered row: `orang, keluarga, desa_ke` (numbers of the truth), `nik, no_kk, nama, desa,
    kecamatan` (text as written) and `kotor` ('' is clean).
    `masked`: the last four digits of each NIK are stars.
    """
    people = period.people
    rows = _members(period, source)
    orang = rows["orang"].to_numpy()
    nik = (people.nik_lama if source in MINISTRY else people.nik)[orang]
    old = nik != people.nik[orang]
    kotor = dirt.place_kinds(period.rng, dirt.RATES[source], period.kotor, spared=old)
    kotor = kotor.mask(old, "nik_lama")
    if masked:
        kotor = kotor.mask(kotor.isin(["", "kk_lama"]), "nik_tersamar")
    rows = _write(period, source, rows.assign(kotor=kotor), nik)
    again = dirt.choose_duplicates(period.rng, rows["kotor"], period.kotor)
    return pd.concat([rows, rows.iloc[again].assign(kotor="ganda_persis")], ignore_index=True)


def deliver_desa(period: Period, without_nik: Bools, cut_by_excel: Bools) -> pd.DataFrame:
    """Write the rows of BLT-DD, sorted by desa: as `deliver`, one file a desa.

    `without_nik`, `cut_by_excel`: by desa, what kind of workbook it keeps.
    """
    rows = _members(period, "blt_dd").sort_values("desa_ke", kind="stable", ignore_index=True)
    desa = rows["desa_ke"].to_numpy()
    spared = without_nik[desa] | cut_by_excel[desa]
    kotor = dirt.place_kinds(period.rng, dirt.RATES["blt_dd"], period.kotor, spared=spared)
    kotor = kotor.mask(without_nik[desa], "tanpa_kolom_nik").mask(cut_by_excel[desa], "nik_excel_15")
    rows = _write(period, "blt_dd", rows.assign(kotor=kotor), period.people.nik[rows["orang"]])
    cut = rows["kotor"] == "nik_excel_15"
    return rows.assign(no_kk=rows["no_kk"].mask(cut, rows["no_kk"].str[:15] + "0"))


def _members(period: Period, source: str) -> pd.DataFrame:
    people, lists = period.people, period.lists
    if source in PERSONAL:
        orang: Ints = np.flatnonzero(lists.registered if source == "dtks" else lists.pbi)
        keluarga = people.keluarga[orang]
    else:
        drawing = {"pkh": lists.pkh, "bpnt": lists.bpnt, "blt_dd": lists.blt}[source]
        keluarga = np.flatnonzero(drawing)
        other = chance(period.rng, 0.12, len(keluarga))
        wife_first = (people.prefers_wife[keluarga] ^ other) & (source != "blt_dd")
        orang = living_recipient(people, lists.status, keluarga, wife_first)
    return pd.DataFrame({"orang": orang, "keluarga": keluarga, "desa_ke": lists.desa[keluarga]})


def _write(period: Period, source: str, rows: pd.DataFrame, nik: Ints) -> pd.DataFrame:
    """Add the written columns to `rows`."""
    rng, people, rate, kotor = period.rng, period.people, period.kotor, rows["kotor"]
    no_kk = period.lists.no_kk[rows["keluarga"]]
    nama = people.nama.take(rows["orang"].to_numpy()).reset_index(drop=True)
    return rows.assign(
        nik=dirt.write_nik(rng, people.nik, nik, kotor),
        no_kk=dirt.write_kk(rng, no_kk, kotor, len(people.head)),
        nama=dirt.write_nama(rng, source, nama, rate),
        desa=dirt.write_desa(rng, _place(period, rows, "nama_desa"), kotor, rate),
        kecamatan=dirt.write_kecamatan(rng, _place(period, rows, "nama_kecamatan"), rate),
    )


def _place(period: Period, rows: pd.DataFrame, column: str) -> pd.Series:
    names = period.people.wilayah[column].astype("str").str.upper()
    return names.take(rows["desa_ke"].to_numpy()).reset_index(drop=True)
