"""The cohort of the story: people of Dusun Bentai who worked at three charcoal kilns, as one village assessed them.

27 June 2024, Desa Sungai Pinang: 55 people in 50 families; 51 in DTKS and 4 removed; 30 families with PKH or BPNT, 14
others with BLT-DD, 6 with nothing; 50 people PBI-JK; 47 families in a house unfit to live in; one communal WC
(figures: domain.md section 5; who they are is invented).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.contoh.draws import Ints, days_of, ddmmyy
from pipelines.contoh.lists import Lists
from pipelines.contoh.names import FEMALE, LAST, MALE
from pipelines.contoh.people import People

DESA, KOHORT, DUSUN = "21.04.07.2005", "Eks dapur arang", "Bentai"
LOKASI = ("Ayong", "Melalau", "Kuala")
FAMILIES, WORKERS = 50, 55
# Families of the cohort by number, from 0.
PKH_ONLY, BPNT_ONLY, BOTH = range(8), range(8, 18), range(18, 30)
SEMBAKO = (*BPNT_ONLY, *BOTH)
BLT = (*range(30, 40), *range(44, 48))
UNFIT = range(47)
REMOVED = {29: "GURU", 47: "ADA ANGGOTA ASN/TNI/POLRI/GURU", 48: "MAMPU", 49: "MAMPU"}
_WIVES = 40
_NOT_INSURED = 40  # of the family with that number: registered, and not insured
# Two families beside the cohort: one draws BLT-DD and PKH, in the other a dead person is still insured.
TWO_AIDS, DEAD_INSURED = 50, 51
_REGION, _FIRST_SERIAL, _NAMESAKES = 210_407, 8_001, (10, 11)


@dataclass(frozen=True)
class Story:
    """The desa's people beside those of the kabupaten, whose numbers they follow (`first`: of persons, of families).

    `people`: one row is one person: keluarga, nama, ibu, male, lahir (days since 1970), nik, no_kk, hubungan, lokasi
    ('' = no member of the cohort), status in June ('' = active), insured.
    """

    people: pd.DataFrame
    first: tuple[int, int]
    desa: int

    @classmethod
    def draw(cls, rng: np.random.Generator, around: People) -> "Story":
        """Draw who they are; the figures are always the same."""
        desa = int(np.flatnonzero(around.wilayah["kode_desa"] == DESA)[0])
        return cls(_draw_people(rng), (len(around), len(around.head)), desa)

    def without_list(self, lists: Lists) -> Lists:
        """The kabupaten's lists without the BLT-DD of the desa, which is the story's."""
        return replace(lists, blt=lists.blt & (lists.desa != self.desa))

    def heads(self, families: Iterable[int]) -> pd.DataFrame:
        """The heads of these families."""
        rows = self.people
        return rows[rows.keluarga.isin(list(families)) & (rows.hubungan == "KEPALA KELUARGA")]

    def recipients(self, families: Iterable[int]) -> pd.DataFrame:
        """Who draws for these families: the wife where there is one."""
        own = self.people[self.people.keluarga.isin(list(families))]
        wives = own[own.hubungan == "ISTRI"]
        return pd.concat([wives, self.heads(set(own.keluarga) - set(wives.keluarga))]).sort_index()

    @property
    def members(self) -> pd.DataFrame:
        """Those who were assessed."""
        return self.people[self.people.lokasi != ""]


def _draw_people(rng: np.random.Generator) -> pd.DataFrame:
    sons = np.arange(WORKERS - FAMILIES) + FAMILIES - (WORKERS - FAMILIES)
    families = np.concatenate([np.arange(FAMILIES + 2), np.arange(_WIVES), sons])
    hubungan = np.repeat(["KEPALA KELUARGA", "ISTRI", "ANAK"], [FAMILIES + 2, _WIVES, len(sons)])
    male = hubungan != "ISTRI"
    lahir = _births(rng, hubungan)
    serial = _FIRST_SERIAL + np.arange(len(families))
    works = male & (families < FAMILIES)
    people = pd.DataFrame({
        "keluarga": families, "hubungan": hubungan, "male": male, "lahir": lahir,
        "nama": _names(rng, male), "ibu": _names(rng, np.zeros(len(families), dtype=bool)),
        "nik": (_REGION * 10**6 + ddmmyy(lahir) + np.where(male, 0, 400_000)) * 10_000 + serial,
        "no_kk": (_REGION * 10**6 + 100_315) * 10_000 + _FIRST_SERIAL + families,
        "lokasi": np.where(works, np.array(LOKASI)[families % len(LOKASI)], ""),
        "status": pd.Series(REMOVED | {DEAD_INSURED: "MENINGGAL DUNIA"}).reindex(range(len(families)), fill_value=""),
    })  # fmt: skip
    people["nama"] = people.nama.mask(people.index.isin(_NAMESAKES), "AMAT")
    people["insured"] = ~people.index.isin([*REMOVED, _NOT_INSURED])
    return people


def _births(rng: np.random.Generator, hubungan: np.ndarray) -> Ints:
    age = np.where(hubungan == "ANAK", rng.integers(19, 24, len(hubungan)), rng.integers(42, 63, len(hubungan)))
    days: Ints = (days_of("2024-01") - age * 365 - rng.integers(0, 365, len(hubungan))).astype(np.int64)
    return days


def _names(rng: np.random.Generator, male: np.ndarray) -> list[str]:
    first = np.where(male, rng.choice(MALE, len(male)), rng.choice(FEMALE, len(male)))
    last = rng.choice(["", *LAST], len(male), p=[0.5, *[0.5 / len(LAST)] * len(LAST)])
    return [f"{a} {b}".strip() for a, b in zip(first, last, strict=True)]
