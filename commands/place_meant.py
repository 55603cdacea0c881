"""The desa that an officer names, by code or by name; where it is not one, what to write instead."""

from typing import TYPE_CHECKING

from commands.failures import OfficeError

if TYPE_CHECKING:
    from resources.places import Place
    from resources.warehouse import Warehouse

_SHOWN = 10


def desa_meant(warehouse: "Warehouse", said: str) -> "Place":
    """The one desa of that code or name. OfficeError: there is none, or several."""
    from resources.places import places_meant  # noqa: PLC0415 - a second of imports that --help can do without

    exact, near = places_meant(warehouse, said)
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise OfficeError(f'Ada {len(exact)} desa bernama "{said}"; tulis kodenya: {_listed(exact)}.')
    if near:
        raise OfficeError(f'Desa "{said}" tidak ada di gudang; mungkin maksudnya: {_listed(near)}.')
    raise OfficeError(
        f'Desa "{said}" tidak ada di gudang; tulis kode dengan titik, misalnya 21.04.07.2005, atau namanya, misalnya '
        '"Sungai Pinang".'
    )


def _listed(places: "list[Place]") -> str:
    return "; ".join(place.named for place in places[:_SHOWN])
