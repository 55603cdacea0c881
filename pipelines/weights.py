"""The weights of the comparisons: how many bits an agreement is worth, and what the bits of a pair add up to.

Fellegi and Sunter: a level is worth log2(m / u), a missing value nothing, and a pair starts at the odds that two
records taken at random are of one person. A frequent name is worth less than a rare one.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import ibis
import ibis.expr.types as ir

from pipelines.comparisons import COMPARISONS

_DECIMALS = 4  # the same weights on every machine
_LEAST = 1e-7  # below it a share was measured on too few
# A name is never taken for rarer than so many records, of which it has its usual share, would show.
_NAMES_IMAGINED = 20_000


@dataclass(frozen=True)
class Weights:
    """`levels`: (m, u) of each level of each comparison; `persons`: among how many a person is sought.

    `asal` says where they come from: `bawaan` (declared), or the period whose data taught them.
    """

    levels: Mapping[str, tuple[tuple[float, float], ...]]
    persons: int = 100_000
    asal: str = "bawaan"

    @property
    def start(self) -> float:
        """Bits of two records taken at random."""
        return round(-math.log2(max(self.persons, 2)), _DECIMALS)

    def bits(self, comparison: str) -> tuple[float, ...]:
        """Bits of each level of a comparison, strongest first."""
        return tuple(round(math.log2(max(m, _LEAST) / max(u, _LEAST)), _DECIMALS) for m, u in self.levels[comparison])

    def as_record(self) -> dict[str, object]:
        """A form for JSON; it holds no value of a person."""
        return asdict(self)

    @classmethod
    def of_record(cls, record: Mapping[str, object]) -> "Weights":
        """Read the form back; ValueError where it is not of today's comparisons."""
        try:
            levels = {name: tuple((float(m), float(u)) for m, u in pairs) for name, pairs in record["levels"].items()}  # type: ignore[attr-defined]
            read = cls(levels, int(record["persons"]), str(record["asal"]))  # type: ignore[call-overload]
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError("bukan bobot padanan") from error
        if {name: len(pairs) for name, pairs in levels.items()} != {c.name: len(c.levels) for c in COMPARISONS}:
            raise ValueError("bobot dari pembanding yang lain")
        return read


DECLARED = Weights({c.name: tuple((level.m, level.u) for level in c.levels) for c in COMPARISONS})


def levels_of(pairs: ir.Table) -> dict[str, ir.IntegerValue]:
    """The level that each pair reaches in each comparison, as columns `taraf_<comparison>`."""
    return {f"taraf_{c.name}": c.level(pairs) for c in COMPARISONS}


def bits_of(pairs: ir.Table, weights: Weights) -> ir.FloatingValue:
    """The bits of each pair, from its columns `taraf_<comparison>` and `kerap` (share of its name among all)."""
    groups: dict[str, list[ir.FloatingValue]] = {}
    for comparison in COMPARISONS:
        worth = _worth(pairs, comparison.name, weights)
        groups.setdefault(comparison.group, []).append(worth)
    total = ibis.literal(weights.start)
    for worths in groups.values():
        total = total + ibis.greatest(ibis.literal(0.0), *worths)
        for worth in worths:
            total = total + ibis.least(ibis.literal(0.0), worth)
    return total.round(_DECIMALS)


def _worth(pairs: ir.Table, name: str, weights: Weights) -> ir.FloatingValue:
    reached, bits = pairs[f"taraf_{name}"], weights.bits(name)
    if name != "nama":
        return reached.cases(*enumerate(bits, 1), else_=0.0)
    weaker = bits[1:]
    rare = math.log2(max(weights.levels[name][0][0], _LEAST)) - pairs.kerap.log2()
    alike = [ibis.least(ibis.literal(worth), rare) for worth in weaker[:-1]]
    return reached.cases((1, rare), *enumerate(alike, 2), (len(bits), weaker[-1]), else_=0.0)


def name_share(count: ir.IntegerValue, records: ir.IntegerValue, weights: Weights) -> ir.FloatingValue:
    """The share of a name that `count` of `records` have."""
    usual = max(weights.levels["nama"][0][1], _LEAST)
    return (count + usual * _NAMES_IMAGINED) / (records + _NAMES_IMAGINED)


def probability(bits: ir.FloatingValue) -> ir.FloatingValue:
    """The probability of one person behind a pair, 0 to 1."""
    return (1 / (1 + (ibis.literal(2.0) ** -bits))).round(6)


_DIGIT = 10


def code_of(pairs: ir.Table) -> ir.IntegerValue:
    """All levels of a pair in one number, a digit a comparison."""
    code = ibis.literal(0, "int64")
    for comparison in COMPARISONS:
        code = code * _DIGIT + pairs[f"taraf_{comparison.name}"]
    return code


def levels_in(code: ir.IntegerValue) -> dict[str, ir.IntegerValue]:
    """The levels in such a number, as columns `taraf_<comparison>`."""
    units = [_DIGIT**behind for behind in reversed(range(len(COMPARISONS)))]
    return {f"taraf_{c.name}": (code - code % u) // u % _DIGIT for c, u in zip(COMPARISONS, units, strict=True)}


def sentence(pairs: ir.Table) -> ir.StringValue:
    """What agrees and what differs, in Indonesian: `nama mirip, tanggal lahir sama, No KK beda`."""
    said = ibis.literal("")
    for comparison in COMPARISONS:
        words = [(at, f", {level.kalimat}") for at, level in enumerate(comparison.levels, 1)]
        said = said + pairs[f"taraf_{comparison.name}"].cases(*words, else_="")
    return said.substr(2)
