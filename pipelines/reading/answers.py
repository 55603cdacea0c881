"""An operator's answers: what the header words of one sender mean that no declaration knows.

An answer is one more synonym. It goes before what the declaration says, and it is remembered as long as its file lies
in the drop folder (`<drop>/pemetaan/<source>.csv`, or `<drop>/pemetaan/<source>/<sender>.csv`).
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace

from pipelines.declaration import Field, Source, fold_header, word_of

IGNORE = "abaikan"
FOLDER = "pemetaan"


@dataclass(frozen=True)
class Answers:
    """The answers given for one source. `senders`: folded sender ('' = every sender) -> folded word -> field or ''."""

    senders: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, names: Set[str]) -> Mapping[str, str]:
        """The answers for one file: those for every sender, then those for one of these names of its own."""
        words = dict(self.senders.get("", {}))
        for sender in sorted(names & self.senders.keys()):
            words |= self.senders[sender]
        return words


def answered(source: Source, words: Mapping[str, str]) -> Source:
    """The source as it reads a file for which these answers were given."""
    if not words:
        return source
    return replace(
        source,
        fields=tuple(_answered_field(field, words) for field in source.fields),
        ignored=(*(w for w in source.ignored if fold_header(w) not in words), *(w for w, f in words.items() if not f)),
    )


def _answered_field(field: Field, words: Mapping[str, str]) -> Field:
    kept = (w for w in field.synonyms if fold_header(word_of(w)) not in words)
    return replace(field, synonyms=(*kept, *(w for w, name in words.items() if name == field.name)))
