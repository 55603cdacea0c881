"""From the truth to what an office sends: the rows of one list of one period, with their dirt."""

import numpy as np
import pandas as pd

from pipelines.contoh import dirt
from pipelines.contoh.lists import Lists, living_recipient
from pipelines.contoh.people import Bools, Ints, People

MINISTRY = ("pkh", "bpnt", "pbi_jk")
PERSONAL = ("dtks", "pbi_jk")


def deliver(
    rng: np.random.Generator, people: People, lists: Lists, source: str, rate: float, masked: bool = False
) -> pd.DataFrame:
    """Write the rows of a list as one office sends them, exact duplicates last.

    One row is one delivered row: `orang, keluarga, desa_ke` (numbers of the truth), `nik, no_kk, nama, desa,
    kecamatan` (text as written) and `kotor` ('' is clean).
    """
    rows = _members(rng, people, lists, source)
    orang, keluarga = rows["orang"].to_numpy(), rows["keluarga"].to_numpy()
    ministry = source in MINISTRY
    nik = (people.nik_lama if ministry else people.nik)[orang]
    old = nik != people.nik[orang]
    kotor = dirt.place_kinds(rng, source, len(rows), rate, spared=old)
    kotor.iloc[np.flatnonzero(old)] = "nik_lama"
    if masked:
        kotor = kotor.mask(kotor.isin(["", "kk_lama"]), "nik_tersamar")
    rows["kotor"] = kotor
    _write(rng, people, lists, rows, source, rate, nik)
    again = dirt.choose_duplicates(rng, rows["kotor"], rate)
    return pd.concat([rows, rows.iloc[again].assign(kotor="ganda_persis")], ignore_index=True)


def deliver_desa(
    rng: np.random.Generator, people: People, lists: Lists, rate: float, without_nik: Bools, cut_by_excel: Bools
) -> pd.DataFrame:
    """Write the rows of BLT-DD, sorted by desa: as `deliver`, one file a desa.

    `without_nik`, `cut_by_excel`: by desa, what kind of workbook it keeps.
    """
    rows = _members(rng, people, lists, "blt_dd").sort_values("desa_ke", kind="stable", ignore_index=True)
    desa = rows["desa_ke"].to_numpy()
    kotor = dirt.place_kinds(rng, "blt_dd", len(rows), rate, spared=without_nik[desa] | cut_by_excel[desa])
    rows["kotor"] = kotor.mask(without_nik[desa], "tanpa_kolom_nik").mask(cut_by_excel[desa], "nik_excel_15")
    _write(rng, people, lists, rows, "blt_dd", rate, people.nik[rows["orang"].to_numpy()])
    cut = rows["kotor"] == "nik_excel_15"
    rows["no_kk"] = rows["no_kk"].mask(cut, rows["no_kk"].str[:15] + "0")
    return rows


def _members(rng: np.random.Generator, people: People, lists: Lists, source: str) -> pd.DataFrame:
    if source in PERSONAL:
        orang: Ints = np.flatnonzero(lists.registered if source == "dtks" else lists.pbi)
        keluarga = people.keluarga[orang]
    else:
        drawing = {"pkh": lists.pkh, "bpnt": lists.bpnt, "blt_dd": lists.blt}[source]
        keluarga = np.flatnonzero(drawing)
        other = rng.random(len(keluarga)) < 0.12
        wife_first = (people.prefers_wife[keluarga] ^ other) & (source != "blt_dd")
        orang = living_recipient(people, lists.status, keluarga, wife_first)
    return pd.DataFrame({"orang": orang, "keluarga": keluarga, "desa_ke": lists.desa[keluarga]})


def _write(
    rng: np.random.Generator, people: People, lists: Lists, rows: pd.DataFrame, source: str, rate: float, nik: Ints
) -> None:
    """Add the written columns to `rows`, in place."""
    desa = rows["desa_ke"].to_numpy()
    kotor = rows["kotor"]
    rows["nik"] = dirt.write_nik(rng, people, nik, kotor)
    rows["no_kk"] = dirt.write_kk(rng, lists.no_kk[rows["keluarga"].to_numpy()], kotor, len(people.head))
    names = people.nama.take(rows["orang"].to_numpy()).reset_index(drop=True)
    rows["nama"] = dirt.write_nama(rng, source, names, rate)
    region = people.wilayah[["nama_desa", "nama_kecamatan"]].astype("str")
    rows["desa"] = dirt.write_desa(rng, _take_upper(region["nama_desa"], desa), kotor, rate)
    rows["kecamatan"] = dirt.write_kecamatan(rng, _take_upper(region["nama_kecamatan"], desa), rate)


def _take_upper(names: pd.Series, at: Ints) -> pd.Series:
    return names.str.upper().take(at).reset_index(drop=True)
