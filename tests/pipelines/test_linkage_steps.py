"""The steps as values: ranked, named once, and none that a name alone satisfies."""

import pytest

from pipelines.linkage_steps import BY_NIK, FOUNDED_SCORE, NUMBERLESS_STEPS, RESIDUE_STEPS, SOUND_STEPS, Step

LADDERS = {"sound": SOUND_STEPS, "numberless": NUMBERLESS_STEPS, "residue": RESIDUE_STEPS}
STEPS = list({id(step): step for step in (BY_NIK, *SOUND_STEPS, *NUMBERLESS_STEPS, *RESIDUE_STEPS)}.values())
_WEAK = {"nama_baku", "kode_desa", "tanggal_lahir"}


@pytest.mark.parametrize("ladder", ["sound", "numberless", "residue"])
def test_the_strongest_step_stands_first(ladder: str) -> None:
    scores = [step.skor for step in LADDERS[ladder]]
    assert scores == sorted(scores, reverse=True)


def test_a_name_names_one_step() -> None:
    names = [step.name for step in STEPS] + list(FOUNDED_SCORE)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.name)
def test_a_step_is_explained_and_between_0_and_1(step: Step) -> None:
    assert step.kalimat and 0 < step.skor <= 1
    assert step.name == BY_NIK.name or step.skor < BY_NIK.skor


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.name)
def test_a_name_alone_is_never_enough(step: Step) -> None:
    """Either a number is shared, or name, birth and desa together."""
    keys = {own for own, _ in step.keys}
    assert keys - _WEAK or keys == _WEAK


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.name)
def test_a_row_is_compared_with_evidence(step: Step) -> None:
    assert all(known.startswith("e_") and not own.startswith("e_") for own, known in step.keys)
