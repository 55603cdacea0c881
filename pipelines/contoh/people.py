"""The invented population: families in desa, persons in families, lawful NIK and KK numbers.

Everything is drawn as arrays: a NIK is an integer until it is written, so no step loops over persons.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.contoh.draws import Bools, Ints, chance, days_of, ddmmyy, rank_within
from pipelines.contoh.names import LAST, draw_names, spell_names

HUBUNGAN = ("KEPALA KELUARGA", "ISTRI", "ANAK", "FAMILI LAIN")
HEAD, WIFE, CHILD, OTHER = range(4)
ALAMAT = (
    "DUSUN I", "DUSUN II", "JL. ISTANA ROBAT", "JL. MERDEKA", "JL. PELABUHAN", "KAMPUNG BARU",
    "KAMPUNG TENGAH", "TANJUNG", "JL. DATUK KAYA MÉPAR",
)  # fmt: skip
FOREIGN = (1371, 1403, 1501, 2101, 2171, 2172, 3173, 3201, 3302)
_DEFAULT_BIRTHDAYS = ((0.06, 12, 31), (0.032, 7, 1), (0.012, 6, 30))
_SIZES = (0.09, 0.16, 0.22, 0.25, 0.16, 0.08, 0.04)


@dataclass(frozen=True)
class People:
    """Persons (one array element each) and families. Days count from 1970-01-01; numbers are integers.

    `nik_lama` is the number under which a ministry still knows a person, else equal to `nik`.
    """

    keluarga: Ints
    hubungan: Ints
    male: Bools
    lahir: Ints
    nik: Ints
    nik_lama: Ints
    kembar: Bools
    nama: pd.Series
    nama_ibu: pd.Series
    head: Ints
    wife: Ints
    desa: Ints
    no_kk: Ints
    alamat: Ints
    rt: Ints
    rw: Ints
    prefers_wife: Bools
    wilayah: pd.DataFrame

    def __len__(self) -> int:
        """Count persons."""
        return len(self.keluarga)


def draw_people(rng: np.random.Generator, orang: int, wilayah: pd.DataFrame, periode: str, kotor: float) -> People:
    """Draw `orang` persons in families over the desa of `wilayah`, as they stand before `periode`."""
    size = _draw_sizes(rng, orang)
    families = len(size)
    keluarga = np.repeat(np.arange(families), size)
    head = np.cumsum(size) - size
    place = np.arange(orang) - head[keluarga]
    married = (size > 1) & (chance(rng, 0.85, families))
    hubungan = np.full(orang, CHILD)
    hubungan[(place == size[keluarga] - 1) & (place > 1) & (chance(rng, 0.12, orang))] = OTHER
    hubungan[(place == 1) & married[keluarga]] = WIFE
    hubungan[place == 0] = HEAD

    male = chance(rng, 0.5, orang)
    male[head] = married | (chance(rng, 0.4, families))
    male[hubungan == WIFE] = False
    today = days_of(periode)
    lahir = _draw_births(rng, keluarga, hubungan, head, today)
    pieces = draw_names(rng, male)
    kembar = _make_twins(rng, np.where(hubungan == CHILD, keluarga, -1), pieces, male, lahir)
    nama = spell_names(pieces)

    desa = _draw_desa(rng, families, len(wilayah))
    region = wilayah["kode_desa"].str.replace(".", "").str[:6].astype("int64").to_numpy()[desa]
    nik = _number_persons(rng, region[keluarga], lahir, male, today)
    wife = np.where(married, head + 1, -1)
    return People(
        keluarga=keluarga, hubungan=hubungan, male=male, lahir=lahir, nik=nik,
        nik_lama=_old_numbers(rng, nik, min(0.011 * kotor, 1)), kembar=kembar, nama=nama,
        nama_ibu=_mothers(rng, nama, hubungan, wife[keluarga]), head=head, wife=wife, desa=desa,
        no_kk=_serial(rng, region * 10**6 + ddmmyy(today - rng.integers(30, 5_600, families))),
        alamat=rng.choice(len(ALAMAT), families, p=(*[0.124] * 8, 0.008)),
        rt=rng.integers(1, 9, families), rw=rng.integers(1, 4, families),
        prefers_wife=married & (chance(rng, 0.8, families)), wilayah=wilayah,
    )  # fmt: skip


def _serial(rng: np.random.Generator, key: Ints) -> Ints:
    """Append a serial of four digits that makes each number unique."""
    serial = rank_within(key) * 3 + rng.integers(1, 4, len(key))
    if len(serial) and serial.max() > 9_999:  # noqa: PLR2004
        raise ValueError("terlalu banyak orang untuk wilayah ini: nomor urut melewati 9999")
    return key * 10_000 + serial


def _draw_sizes(rng: np.random.Generator, orang: int) -> Ints:
    size = rng.choice(np.arange(1, 8), orang, p=_SIZES)
    size = size[: int(np.searchsorted(np.cumsum(size), orang)) + 1]
    size[-1] -= size.sum() - orang
    return size


def _draw_desa(rng: np.random.Generator, families: int, desa: int) -> Ints:
    weight = rng.lognormal(0, 0.5, desa)
    return rng.choice(desa, families, p=weight / weight.sum())


def _draw_births(rng: np.random.Generator, keluarga: Ints, hubungan: Ints, head: Ints, today: int) -> Ints:
    n = len(keluarga)
    head_age = rng.integers(21, 78, len(head))[keluarga]
    age = np.select(
        [hubungan == HEAD, hubungan == WIFE, hubungan == CHILD],
        [head_age, np.maximum(head_age - rng.integers(-3, 9, n), 19),
         rng.integers(0, 30, n) % np.maximum(head_age - 17, 1)],
        rng.integers(50, 90, n),
    )  # fmt: skip
    born = (today - 40 - age * 365.25 - rng.integers(0, 365, n)).astype(np.int64)
    year = born.astype("datetime64[D]").astype("datetime64[Y]")
    draw = rng.random(n)
    for share, month, day in _DEFAULT_BIRTHDAYS:
        default = (year + np.timedelta64(0, "Y")).astype("datetime64[M]") + np.timedelta64(month - 1, "M")
        days = default.astype("datetime64[D]").astype(np.int64) + day - 1
        born = np.where((draw >= 0) & (draw < share) & (days < today - 40), days, born)
        draw = draw - share
    return born


def _make_twins(rng: np.random.Generator, family: Ints, pieces: pd.DataFrame, male: Bools, lahir: Ints) -> Bools:
    """Make the second of some pairs of siblings the twin of the first, with a name alike: changes in place.

    `family` is the family of each child, -1 for who is none.
    """
    siblings = (family[:-1] >= 0) & (family[:-1] == family[1:])
    first = np.flatnonzero(siblings & chance(rng, 0.012, len(family) - 1))
    first = first[np.append(True, np.diff(first) > 1)] if len(first) else first
    second = first + 1
    lahir[second], male[second] = lahir[first], male[first]
    last = pieces["last"].to_numpy(copy=True)
    last[second] = 1 + (last[first] + rng.integers(0, len(LAST) - 1, len(first))) % len(LAST)
    pieces["last"] = last
    for column in ("first", "middle"):
        piece = pieces[column].to_numpy(copy=True)
        piece[second] = piece[first]
        pieces[column] = piece
    twin = np.zeros(len(family), dtype=bool)
    twin[first] = twin[second] = True
    return twin


def _number_persons(rng: np.random.Generator, region: Ints, lahir: Ints, male: Bools, today: int) -> Ints:
    n = len(region)
    elsewhere = chance(rng, 0.067, n)
    prefix = np.where(elsewhere, rng.choice(FOREIGN, n) * 100 + rng.integers(1, 16, n), region)
    off = np.where(chance(rng, 0.048, n), rng.integers(-400, 400, n), 0)
    date = ddmmyy(np.minimum(lahir + off, today - 1)) + np.where(male, 0, 400_000)
    return _serial(rng, prefix * 10**6 + date)


def _old_numbers(rng: np.random.Generator, nik: Ints, share: float) -> Ints:
    """Give some persons an older number: other region, same birth date; never another person's."""
    at = np.flatnonzero(chance(rng, share, len(nik)))
    prefix = rng.choice([*FOREIGN, 2104], len(at)) * 100 + rng.integers(1, 6, len(at))
    old = prefix * 10**10 + nik[at] // 10_000 % 10**6 * 10_000 + rng.integers(10, 100, len(at))
    lawful = ~np.isin(old, nik) & (rank_within(old) == 0)
    numbers = nik.copy()
    numbers[at[lawful]] = old[lawful]
    return numbers


def _mothers(rng: np.random.Generator, nama: pd.Series, hubungan: Ints, wife: Ints) -> pd.Series:
    """Name each person's mother: a child's is the wife of the family, where there is one."""
    drawn = spell_names(draw_names(rng, np.zeros(len(nama), dtype=bool)))
    wives = nama.take(np.maximum(wife, 0)).reset_index(drop=True)
    return drawn.mask((hubungan == CHILD) & (wife >= 0), wives)
