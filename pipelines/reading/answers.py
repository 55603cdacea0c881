"""An operator's answers: what the header words of one sender mean that no declaration knows.

An answer is one more synonym. It goes before what the declaration says, and it is remembered as long as its file lies
in the drop folder (`<drop>/pemetaan/<source>.csv`, or `<drop>/pemetaan/<source>/<sender>.csv`).
"""

import csv
import io
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from pipelines.declaration import Field, Source, fold_header, word_of
from pipelines.reading.errors import Refused, without_numbers
from pipelines.reading.titles import sender_name

IGNORE = "abaikan"
FOLDER = "pemetaan"
COLUMNS = ("kolom", "arti")  # of a file of answers
CODE_SYSTEM = "sistem_kode"  # whose codes of desa a sender writes
CODE_SYSTEMS: Mapping[str, Literal["kemendagri", "bps"]] = {"kemendagri": "kemendagri", "bps": "bps"}
BLANK_NO_KK, FILL_DOWN = "kosong:no_kk", "isi ke bawah"  # a blank No KK is that of the row above
# What is answered that is no header word -> the answers that there are.
CHOICES: Mapping[str, tuple[str, ...]] = {CODE_SYSTEM: tuple(CODE_SYSTEMS), BLANK_NO_KK: (FILL_DOWN, IGNORE)}
_LONGEST_EXAMPLE = 40


@dataclass(frozen=True)
class Answers:
    """The answers given for one source. `senders`: folded sender ('' = every sender) -> folded word -> field or ''.
    `wrong`: folded sender -> the sentence that says why its answers cannot be taken."""

    senders: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)

    def of(self, names: Set[str]) -> Mapping[str, str]:
        """The answers for one file: those for every sender, then those for one of these names of its own. A wrong
        answer refuses the files that it is for, and no other."""
        for sender in sorted({"", *names} & self.wrong.keys()):
            raise Refused(self.wrong[sender])
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
        code_system=CODE_SYSTEMS.get(words.get(fold_header(CODE_SYSTEM), ""), source.code_system),
        fields=tuple(_answered_field(field, words) for field in source.fields),
        filled_down=frozenset(("no_kk",) if words.get(fold_header(BLANK_NO_KK)) == FILL_DOWN else ()),
        ignored=(*(w for w in source.ignored if fold_header(w) not in words), *(w for w, f in words.items() if not f)),
    )


def _answered_field(field: Field, words: Mapping[str, str]) -> Field:
    kept = (w for w in field.synonyms if fold_header(word_of(w)) not in words)
    return replace(field, synonyms=(*kept, *(w for w, name in words.items() if name == field.name)))


def answer_places(source: Source, berkas: str) -> str:
    """For a message: the file that takes answers for every sender, and that for the sender of this file, if it has a
    name that may be said."""
    sender = sender_name(berkas, source)
    own = f" (untuk pengirim ini saja: {FOLDER}/{source.name}/{sender}.csv)"
    return f"{FOLDER}/{source.name}.csv{own if sender and without_numbers(sender) == sender else ''}"


def answer_line(word: str, meaning: str) -> str:
    """A line of such a file. A word that is '', or that a message would not show whole, is only spoken of."""
    word = " ".join(word.split())
    shown = word if word and len(word) <= _LONGEST_EXAMPLE and without_numbers(word) == word else "<judul kolom>"
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow((shown, meaning))
    return line.getvalue()


def title_answer(said: str, source: Source, berkas: str, lembar: str = "") -> str:
    """For a message: how to answer that what a title or name says is no matter, or that the sheet is none."""
    aside = f"; lembar yang tidak dipakai: kolom lembar:<nama lembar>, arti {IGNORE}" if lembar else ""
    return (
        f", atau jawab di {answer_places(source, berkas)} bila memang benar: kolom judul:{said}, arti {IGNORE}{aside}"
    )


def is_answered_title(said: str, source: Source) -> bool:
    """Whether the operator answered that it is no matter."""
    return fold_header(f"judul{said}") in source.ignored_words()
