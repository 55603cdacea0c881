"""Words for how a row was linked, and what a screen may show of a number."""

import pytest

from pipelines import linkage_steps
from pipelines.link_words import masked, way


def test_every_step_has_a_sentence() -> None:
    steps = [value for value in vars(linkage_steps).values() if isinstance(value, linkage_steps.Step)]
    steps += [*linkage_steps.SOUND_STEPS, *linkage_steps.NUMBERLESS_STEPS, *linkage_steps.RESIDUE_STEPS]
    assert all(way(step.name) == step.kalimat for step in steps)
    assert all(way(name) != name for name in (*linkage_steps.FOUNDED_SCORE, "padanan", "keputusan"))
    assert way("cara_baru") == "cara_baru"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("2104084101900001", "210408******0001"),
        ("210408410190****", "210408**********"),
        ("21040841019000012", "210408*******0012"),
        ("21040841019O01", "210408****9O01"),
        ("0001234567890", "00***********"),
        ("2104", "21**"),
        ("1", "1"),
        ("", ""),
    ],
)
def test_a_number_is_shown_in_part(number: str, shown: str) -> None:
    assert masked(number) == shown
