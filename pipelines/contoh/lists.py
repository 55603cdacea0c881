"""Who is on which list in a period, and what happens between two periods: the truth behind the files."""

from dataclasses import dataclass, replace

import numpy as np

from pipelines.contoh.draws import Bools, Ints, chance, days_of, ddmmyy, rank_within
from pipelines.contoh.people import People

AKTIF, MENINGGAL, MAMPU = range(3)


@dataclass(frozen=True)
class Lists:
    """One period. Of persons: `status`, `registered` (a row in DTKS), `pbi`. Of families: the others."""

    status: Ints
    registered: Bools
    pbi: Bools
    pkh: Bools
    bpnt: Bools
    blt: Bools
    desa: Ints
    no_kk: Ints


def draw_lists(rng: np.random.Generator, people: People) -> Lists:
    """Draw the lists of the first period."""
    families = len(people.head)
    dtks = chance(rng, 0.41, families)
    member = dtks[people.keluarga]
    pkh = dtks & chance(rng, 0.244, families)
    bpnt = chance(rng, np.select([pkh, dtks], [0.77, 0.376], 0.01), families)
    overlap = pkh & chance(rng, 0.012, families)
    blt = overlap | (~pkh & chance(rng, np.where(dtks, 0.048, 0.069), families))
    return Lists(
        status=np.zeros(len(people), dtype=np.int64),
        registered=member,
        pbi=chance(rng, np.where(member, 0.877, 0.058), len(people)),
        pkh=pkh, bpnt=bpnt, blt=blt, desa=people.desa, no_kk=people.no_kk,
    )  # fmt: skip


def advance(rng: np.random.Generator, people: People, before: Lists, periode: str) -> Lists:
    """Let a month pass: deaths, families found able, moves, new KK, entries and departures.

    The registry records the dead and the able; health insurance keeps both on its list, which is the finding.
    """
    families, n = len(people.head), len(people)
    active = np.bincount(people.keluarga, weights=before.registered & (before.status == AKTIF)) > 0
    able = active & chance(rng, 0.0033, families)
    status = before.status.copy()
    status[before.registered & able[people.keluarga] & (status == AKTIF)] = MAMPU
    deaths = (status == AKTIF) & chance(rng, 0.0018, n)
    status[deaths] = MENINGGAL
    entering = ~active & chance(rng, 0.005, families)
    drawn = living_recipient(people, status, np.arange(families), np.zeros(families, dtype=bool)) >= 0
    lawful = drawn & ~able

    pkh = before.pkh | (active & ~before.blt & chance(rng, 0.004, families))
    kept = before.blt & ~before.pkh
    blt = kept | (pkh & ~before.blt & chance(rng, 0.017, families))
    moving = chance(rng, 0.003, families)
    changed = active & chance(rng, 0.012, families)
    desa = np.where(moving, rng.integers(0, len(people.wilayah), families), before.desa)
    return replace(
        before,
        status=status,
        registered=before.registered | deaths | entering[people.keluarga],
        pbi=(before.pbi & (~chance(rng, 0.005, n) | (status == MENINGGAL)))
        | (~before.pbi & (status == AKTIF) & chance(rng, 0.001, n)),
        pkh=pkh & lawful,
        bpnt=before.bpnt & lawful & ~chance(rng, 0.006, families),
        blt=blt & lawful,
        desa=desa,
        no_kk=_renumber(people, before.no_kk, desa, changed, periode),
    )


def living_recipient(people: People, status: Ints, families: Ints, wife_first: Bools) -> Ints:
    """Choose who draws for each family: head or wife, alive; -1 where neither lives."""
    head, wife = people.head[families], people.wife[families]
    alive = status != MENINGGAL
    has_head, has_wife = alive[head], (wife >= 0) & alive[np.maximum(wife, 0)]
    return np.select([has_wife & (wife_first | ~has_head), has_head], [wife, head], -1)


def _renumber(people: People, no_kk: Ints, desa: Ints, changed: Bools, periode: str) -> Ints:
    """Give changed families a new KK, issued on the tenth of the month where they live."""
    issued = ddmmyy(np.array([days_of(f"{periode}-10")]))[0]
    region = people.wilayah["kode_desa"].str.replace(".", "").str[:6].astype("int64").to_numpy()[desa[changed]]
    numbers = no_kk.copy()
    numbers[changed] = (region * 10**6 + issued) * 10_000 + 1_000 + rank_within(region) * 37 % 8_999
    return numbers
