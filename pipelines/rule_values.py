"""What the parameters of a rule may be: a check says in Indonesian what is wrong with a value, '' where nothing is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.declaration import Source
from pipelines.stages.orang import ABLE


@dataclass(frozen=True)
class Words:
    """What the sources call things: programmes, causes of a removal, segments of an insurance (without `PBI`)."""

    programs: frozenset[str]
    causes: frozenset[str]
    segments: frozenset[str]

    @classmethod
    def of(cls, sources: Sequence[Source]) -> "Words":
        """Those of the register."""
        return cls(
            frozenset(s.program for s in sources) - {""},
            frozenset(cause for s in sources for cause in s.statuses.values()) - {"AKTIF"},
            frozenset(word.removeprefix("PBI ") for s in sources for word in s.segments),
        )


Wrong = Callable[[object, Words], str]


def programs(exactly: int = 0) -> Wrong:
    """A list of programmes, so many where that is told."""
    return lambda value, words: _listed(value, words.programs, exactly)


def causes(value: object, words: Words) -> str:
    """A list of causes for which a registry removes somebody."""
    return _listed(value, words.causes)


def causes_without_need(value: object, _: Words) -> str:
    """A list of those that say that the family needs no aid."""
    return _listed(value, frozenset(ABLE))


def segments(value: object, words: Words) -> str:
    """Two segments or more."""
    wrong = _listed(value, words.segments)
    return wrong or ("" if isinstance(value, list) and len(value) > 1 else "tulis sedikitnya dua")


def whole(least: int, most: int) -> Wrong:
    """A whole number within bounds."""

    def wrong(value: object, _: Words) -> str:
        sound = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return "" if sound else f"tulis bilangan bulat {least} sampai {most}"

    return wrong


def _listed(value: object, known: frozenset[str], exactly: int = 0) -> str:
    asked = f"tulis daftar {f'berisi {exactly} dari' if exactly else 'dari'} {', '.join(sorted(known))}"
    if not (isinstance(value, list) and value and all(isinstance(word, str) for word in value)):
        return asked
    if not known.issuperset(value) or len(set(value)) != len(value) or (exactly and len(value) != exactly):
        return asked
    return ""
