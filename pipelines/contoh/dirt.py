"""What goes wrong in the offices: the rate of each kind of dirt by source, and what it does to a row."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipelines.contoh.draws import Bools, Ints, chance
from pipelines.contoh.names import vary_names

# Share of a source's rows, at `kotor` = 1.
RATES: Mapping[str, Mapping[str, float]] = {
    "dtks": {
        "nik_kosong": 0.0006, "nik_nol": 0.0005, "nik_15_digit": 0.0006, "nik_huruf": 0.0005,
        "nik_sama": 0.001, "nik_satu_angka": 0.003, "desa_tak_dikenal": 0.002,
    },
    "pbi_jk": {"nik_kosong": 0.0014, "nik_nol": 0.0013, "nik_15_digit": 0.0014, "nik_satu_angka": 0.0054},
    "pkh": {
        "nik_kosong": 0.003, "nik_15_digit": 0.0035, "nik_huruf": 0.0015, "nik_satu_angka": 0.011,
        "kk_lama": 0.028,
    },
    "bpnt": {
        "nik_kosong": 0.0035, "nik_15_digit": 0.0027, "nik_huruf": 0.0022, "nik_satu_angka": 0.0144,
        "kk_lama": 0.028,
    },
    "blt_dd": {"nik_kosong": 0.007, "nik_15_digit": 0.0085, "nik_17_digit": 0.009},
}  # fmt: skip
NAME_RATES = {"dtks": 0.008, "pbi_jk": 0.022, "pkh": 0.022, "bpnt": 0.022, "blt_dd": 0.035}
EXACT_DUPLICATES = 0.002
DESA_VARIANTS, KECAMATAN_VARIANTS = 0.015, 0.002
DUMMIES = ("9999999999999999", "9999999999999999", "1111111111111111", "1234567890123456")
SHORT_RIVERS = ((0.8, "^SUNGAI", "SEI"), (0.1, "^SUNGAI ", "S. "), (0.1, "^SUNGAI", "DS. SUNGAI"))
UNKNOWN_DESA = ("DESA TIDAK ADA", "DESA TIDAK ADA", "NEGERI ENTAH")
UNUSABLE = frozenset(("nik_kosong", "nik_nol", "nik_15_digit", "nik_17_digit", "nik_huruf", "nik_sama", "nik_excel_15"))


def place_kinds(rng: np.random.Generator, rates: Mapping[str, float], kotor: float, spared: Bools) -> pd.Series:
    """Choose rows for each kind of dirt, at most one kind a row, none where `spared`. Text, '' is clean."""
    rows = len(spared)
    kinds = [kind for kind, rate in rates.items() for _ in range(_count(rng, rate * kotor * rows))]
    free = rng.permutation(np.flatnonzero(~spared))[: len(kinds)]
    placed = pd.Series("", index=range(rows), dtype="str")
    placed.iloc[free.tolist()] = pd.Series(kinds[: len(free)], dtype="str")
    return placed


def write_nik(rng: np.random.Generator, taken: Ints, nik: Ints, kotor: pd.Series) -> pd.Series:
    """Write NIK as text with the damage of each row's kind. Text, 16 digits where sound.

    A slip that would hit a number in `taken` falls on the first digit of the serial instead.
    """
    slipped = np.flatnonzero(kotor == "nik_satu_angka")
    wrong = _slip_digit(rng, nik[slipped])
    typed = nik.copy()
    typed[slipped] = np.where(np.isin(wrong, taken), nik[slipped] + 5_000, wrong)
    text = pd.Series(typed).astype("str")
    for kind in sorted(set(kotor.unique()) & (UNUSABLE | {"nik_tersamar"})):
        at = np.flatnonzero(kotor == kind)
        number, sound = nik[at], text.iloc[at].reset_index(drop=True)
        match kind:
            case "nik_15_digit":
                damaged = (pd.Series(number) // 10).astype("str")
            case "nik_17_digit":
                damaged = sound + pd.Series(rng.integers(0, 10, len(at))).astype("str")
            case "nik_huruf":
                damaged = sound.str[:6] + sound.str[6:].str.replace("0", "O", n=1)
            case "nik_sama":
                damaged = pd.Series(rng.choice(DUMMIES, len(at)), dtype="str")
            case "nik_tersamar":
                damaged = sound.str[:12] + "****"
            case "nik_excel_15":
                damaged = sound.str[:15] + "0"
            case _:
                damaged = pd.Series("0" if kind == "nik_nol" else "", index=range(len(at)), dtype="str")
        text.iloc[at.tolist()] = pd.Series(damaged.to_list(), dtype="str")
    return text


def write_kk(rng: np.random.Generator, no_kk: Ints, kotor: pd.Series, families: int) -> pd.Series:
    """Write KK numbers as text; `kk_lama` rows show the number of 1999, which several families share."""
    number = no_kk.copy()
    at = np.flatnonzero(kotor == "kk_lama")
    serial = rng.integers(1, max(4, families // 2_700), len(at))
    number[at] = (number[at] // 10**10 * 10**6 + 10_199) * 10_000 + serial
    return pd.Series(number).astype("str")


def write_desa(rng: np.random.Generator, desa: pd.Series, kotor: pd.Series, rate: float) -> pd.Series:
    """Write desa as offices do: `SEI` for `SUNGAI`, a leading `DS.`, or a name that is nowhere."""
    written = desa.copy()
    river = desa.str.startswith("SUNGAI").to_numpy()
    for share, pattern, short in SHORT_RIVERS:
        at = np.flatnonzero(river & chance(rng, share * DESA_VARIANTS * rate, len(desa)))
        written.iloc[at] = desa.iloc[at].str.replace(pattern, short, regex=True).to_numpy()
    at = np.flatnonzero(kotor == "desa_tak_dikenal")
    written.iloc[at] = rng.choice(np.array(UNKNOWN_DESA, dtype=object), len(at))
    return written


def write_kecamatan(rng: np.random.Generator, kecamatan: pd.Series, rate: float) -> pd.Series:
    """Write kecamatan, now and then with a leading `KEC.`."""
    at = np.flatnonzero(chance(rng, KECAMATAN_VARIANTS * rate, len(kecamatan)))
    written = kecamatan.copy()
    written.iloc[at] = ("KEC. " + kecamatan.iloc[at]).to_numpy()
    return written


def write_nama(rng: np.random.Generator, source: str, nama: pd.Series, rate: float) -> pd.Series:
    """Write names as the source's office spells them."""
    return vary_names(rng, nama, NAME_RATES[source] * rate)


def choose_duplicates(rng: np.random.Generator, kotor: pd.Series, rate: float) -> Ints:
    """Choose clean rows that are delivered twice: positions."""
    clean = np.flatnonzero(kotor == "")
    count = min(_count(rng, EXACT_DUPLICATES * rate * len(clean)), len(clean))
    return np.sort(rng.choice(clean, count, replace=False))


def expect(kotor: pd.Series) -> pd.Series:
    """Say what a faithful pipeline does with a row of each kind."""
    fate = {
        **dict.fromkeys(UNUSABLE, "diperbaiki|dikarantina"),
        "desa_tak_dikenal": "dikarantina", "ganda_persis": "duplikat",
    }  # fmt: skip
    return kotor.map(fate).fillna("dimuat").astype("str")


def _count(rng: np.random.Generator, expected: float) -> int:
    return int(expected + rng.random())


def _slip_digit(rng: np.random.Generator, nik: Ints) -> Ints:
    """Change one digit of the birth date or serial, or swap two neighbours that differ."""
    n = len(nik)
    unit = 10 ** rng.integers(0, 9, n)
    low, high = nik // unit % 10, nik // (unit * 10) % 10
    swapped = nik + (low - high) * 9 * unit
    replaced = nik + ((low + rng.integers(1, 10, n)) % 10 - low) * unit
    return np.where(chance(rng, 0.5, n) & (low != high), swapped, replaced)
