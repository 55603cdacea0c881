"""Which names are no names yet: messy, right, tempting wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.names import standard_name
from pipelines.newborns import is_unnamed

Each = Callable[..., list[Any]]

UNNAMED = (
    "BAYI", "Bayi Ny. Siti", "BAYI NY SITI II", "BY NY SITI", "By.Ny.Siti", "BY. SITI", "AN. NY. SITI", "ANAK NY SITI",
    "ANAK IBU SITI", "ANAK DARI SITI", "ANAK", "CALON BAYI NY SITI", "CALON ANAK IBU SITI", "JANIN NY SITI",
    "(BAYI) SITI", "ANAK BAYI SITI",
)  # fmt: skip
NAMES = (
    "ANAK AGUNG GEDE", "ANAK AYU", "BAYINAH", "BYAN", "ANDI", "AN BUDI", "SITI BAYI", "NY SITI", "IBU SITI", "ANI",
    "JANINA", "CALON",
)  # fmt: skip
# (as delivered, the standard form)
TWINS = (
    ("BAYI NY SITI I", "BAYI NY SITI A"), ("BAYI NY. SITI 1", "BAYI NY SITI A"), ("BY NY SITI (1)", "BY NY SITI A"),
    ("BAYI NY SITI II", "BAYI NY SITI B"), ("Bayi Ny Siti-2", "BAYI NY SITI B"), ("BAYI III", "BAYI C"),
    ("BAYI NY SITI KEMBAR 2", "BAYI NY SITI KEMBAR B"), ("BAYI NY SITI B", "BAYI NY SITI B"),
    ("BAYI NY SITI", "BAYI NY SITI"), ("BAYI NY ANI", "BAYI NY ANI"), ("AHMAD II", "AHMAD I"),
)  # fmt: skip


def test_a_name_that_says_only_whose_child_it_is(each: Each) -> None:
    said = each(lambda t: is_unnamed(standard_name(t)), [*UNNAMED, *NAMES])
    assert said == [True] * len(UNNAMED) + [False] * len(NAMES)


@pytest.mark.parametrize(("delivered", "standard"), TWINS)
def test_twins_without_a_name_keep_their_number_as_a_letter(each: Each, delivered: str, standard: str) -> None:
    assert each(standard_name, [delivered]) == [standard]
