"""Chances, ranks and dates as whole arrays: the small arithmetic that every draw needs."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.integer]
Bools = NDArray[np.bool_]


def chance(rng: np.random.Generator, share: float | NDArray[np.float64], n: int) -> Bools:
    """Decide `n` times whether something happens that happens to `share` of all."""
    return rng.random(n) < share


def rank_within(key: Ints) -> Ints:
    """Number equal keys 0, 1, 2 ... in their order."""
    return pd.Series(key).groupby(key, sort=False).cumcount().to_numpy(dtype=np.int64)


def days_of(date: str) -> int:
    """Count days from 1970-01-01 to an ISO date; a month is its first day."""
    return int(np.datetime64(date, "D").astype(np.int64))


def ddmmyy(days: Ints) -> Ints:
    """Write days since 1970 as the number DDMMYY."""
    date = days.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    year = month.astype("datetime64[Y]")
    day_number = (date - month).astype(np.int64) + 1
    month_number = (month - year).astype(np.int64) + 1
    return day_number * 10_000 + month_number * 100 + (year.astype(np.int64) + 1970) % 100
