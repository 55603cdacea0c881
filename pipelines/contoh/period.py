"""One period of the invented kabupaten: what every writer of its files and of its key looks at."""

from dataclasses import dataclass

import numpy as np

from pipelines.contoh.lists import Lists
from pipelines.contoh.people import People

BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True)
class Period:
    """The people and lists of `periode`, the rate of dirt `kotor`, and whether it is the first one."""

    rng: np.random.Generator
    people: People
    lists: Lists
    periode: str
    kotor: float
    benih: int
    first: bool

    @property
    def tahun(self) -> str:
        """Year of the period."""
        return self.periode[:4]

    @property
    def bulan(self) -> str:
        """Month by name: `Juni`."""
        return BULAN[int(self.periode[5:]) - 1]

    @property
    def kabupaten(self) -> str:
        """Name of the kabupaten, upper case, without its title."""
        return str(self.people.wilayah["nama_kabupaten"].iloc[0]).replace("Kabupaten ", "").upper()
