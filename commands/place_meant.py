"""The desa that an officer names, by code or by name; where it is not one, what to write instead."""

from typing import TYPE_CHECKING

from commands.failures import OfficeError

if TYPE_CHECKING:
    import pandas as pd

    from resources.places import Place
    from resources.warehouse import Warehouse

_SHOWN = 10


def desa_meant(warehouse: "Warehouse", said: str) -> "Place":
    """The one desa of that code or name that was ever published. OfficeError: there is none, or several."""
    from resources.places import published_regions  # noqa: PLC0415 - a second of imports that --help can do without

    return desa_among(published_regions(warehouse), said, "gudang")


def desa_among(regions: "pd.DataFrame", said: str, where: str) -> "Place":
    """The same of any table of regions; `where` is what an officer calls it."""
    from resources.places import places_meant  # noqa: PLC0415

    exact, near = places_meant(regions, said)
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise OfficeError(f'Ada {len(exact)} desa bernama "{said}"; tulis kodenya: {_listed(exact)}.')
    if near:
        raise OfficeError(f'Desa "{said}" tidak ada di {where}; mungkin maksudnya: {_listed(near)}.')
    raise OfficeError(
        f'Desa "{said}" tidak ada di {where}; tulis kode dengan titik, misalnya 21.04.07.2005, atau namanya, misalnya '
        '"Sungai Pinang".'
    )


def _listed(places: "list[Place]") -> str:
    return "; ".join(place.named for place in places[:_SHOWN])
