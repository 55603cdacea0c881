"""What a source of rows is, as a value: readers, schemas, checks, tables and docs are derived from it.

What is in force for a time only says so in periods: `dari` is the first one, `sampai` the first in which it is in
force no more, as in the warehouse; '' is open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipelines.period import in_force

Kind = Literal["nik", "no_kk", "psnoka", "nama", "tanggal", "jenis_kelamin", "rupiah", "angka", "status", "teks"]
Unit = Literal["orang", "keluarga"]

# No kabupaten has more: Bogor, the largest, has about 5.7 million people in 1.7 million families (BPS).
PERSONS, FAMILIES = 6_000_000, 2_000_000

# Words that carry no column's meaning in a header: `NO. KK *)` and `no kk` are one synonym.
_HEADER_NOISE = str.maketrans(dict.fromkeys("._-/\\:;,()[]*'\"\u00a0\ufeff\n\r\t ", ""))


def fold_header(text: str) -> str:
    """Fold a header cell for comparison: lower case, without spaces and punctuation."""
    return text.casefold().translate(_HEADER_NOISE)


@dataclass(frozen=True)
class Dated:
    """A header word that means its field for a time only; a plain text always does."""

    word: str
    dari: str = ""
    sampai: str = ""


def word_of(synonym: str | Dated) -> str:
    """The header word of a synonym, dated or not."""
    return synonym if isinstance(synonym, str) else synonym.word


@dataclass(frozen=True)
class Field:
    """One column of meaning. `synonyms` are header words as offices write them (folded when compared)."""

    name: str
    meaning: str
    kind: Kind
    synonyms: tuple[str | Dated, ...]
    unit: str = ""

    @property
    def folded(self) -> frozenset[str]:
        """Every folded header word that means this field, its own name included."""
        return frozenset(fold_header(word_of(s)) for s in (self.name, *self.synonyms))

    def at(self, periode: str) -> "Field":
        """The field with the words of that period, all of them plain."""
        dated = [s if isinstance(s, Dated) else Dated(s) for s in self.synonyms]
        return replace(self, synonyms=tuple(s.word for s in dated if in_force(periode, s.dari, s.sampai)))


@dataclass(frozen=True)
class Layout:
    """One form of a source's files, where it differs from the others in more than the order of its columns.

    `marks`: header words that together tell it from all others.
    `reads`: header word -> the field that it means in this form, '' for none; before what the source says.
    `codes`: field -> folded cell -> the word that it stands for; a cell that is not among them stands for nothing.
    `required`: instead of the source's own; None: the same.
    `heads`: a row is a family, in the person of its head.
    `status`: every row stands under this status, which is no membership; `refusal`: why no such file is read.
    """

    name: str
    title: str
    marks: tuple[str, ...]
    reads: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    required: tuple[tuple[str, ...], ...] | None = None
    heads: bool = False
    status: str = ""
    refusal: str = ""
    berlaku_dari: str = ""
    berlaku_sampai: str = ""

    def is_marked_in(self, words: frozenset[str]) -> bool:
        """Whether these folded header words are of this form."""
        return all(fold_header(mark) in words for mark in self.marks)


@dataclass(frozen=True)
class Category:
    """One kind that a list sorts its people into: who of another age (full years) or sex cannot be of it.

    A cell may give its `code`, the number that the code ends with, its `name`, or one of `also`.
    """

    code: str
    name: str
    also: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None
    sex: Literal["L", "P", ""] = ""


@dataclass(frozen=True)
class Source:
    """One list that an office receives: one row is one `satuan` of `program`.

    `required`: alternatives; a file must have at least one column of each tuple.
    `ignored`: header words that are known and carry nothing for us; `beside`: those that are so only beside a column of
    the field they go with (the head's NIK beside a person's own): alone, they are a question.
    `min_rows`, `max_rows`: a kabupaten's delivery of another size is not plausible; `max_drift`: nor one that differs
    by more than this share from the period before.
    `code_system`: whose codes its region column holds; the name must agree. `mana_saja`: its senders write
    either, so that only a code counts that means one desa in both; '' = it has none.
    `trust`: order in which sources found persons (1 first): the stronger its evidence, the earlier.
    `registry`: it says who is poor, and gives nothing; `from_registry`: its recipients are drawn from one.
    `statuses`: value of the field `status` -> AKTIF or the cause of a removal, `*` behind one that only begins so;
    empty: no status column counts.
    `programs`: what its field `bansos` calls this programme, where one file type serves several; a row of another
    programme is refused. `segments`: what its field `segmen` may say, likewise; empty: anything.
    `program`: '' for a list of no programme: its rows are linked and accounted for, and are no membership.
    `aid`: who stands on it receives something; a registry, and a list of need, give nothing.
    `cadence_months`: how often it comes; in the months between, its latest delivery stands.
    `berlaku_dari`, `berlaku_sampai`: when it is in force; outside it is nobody's duty and no registry, and what is
    dropped is read nevertheless.
    `filled_down`: fields that a sender writes in the first row of a family alone, as an operator answered.
    `categories`: what its field `kategori` may say; `facilities`: words that tell a row of a shared facility
    (field `fasilitas`) from one of a family.
    """

    name: str
    program: str
    title: str
    satuan: Unit
    publisher: str
    legal_basis: str
    code_system: Literal["kemendagri", "bps", "mana_saja", ""]
    fields: tuple[Field, ...]
    required: tuple[tuple[str, ...], ...]
    ignored: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    min_rows: int = 1
    max_rows: int = PERSONS
    max_drift: float = 0.30
    trust: int = 5
    registry: bool = False
    from_registry: bool = False
    mandatory: bool = True
    one_file_per_desa: bool = False
    statuses: Mapping[str, str] = field(default_factory=dict)
    programs: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    aid: bool = True
    cadence_months: int = 1
    berlaku_dari: str = ""
    berlaku_sampai: str = ""
    layouts: tuple[Layout, ...] = ()
    categories: tuple[Category, ...] = ()
    facilities: tuple[str, ...] = ()
    filled_down: frozenset[str] = frozenset()

    def at(self, periode: str) -> "Source":
        """The source as it is in force in a period: its words, its layouts, and whether it is due."""
        layouts = (x for x in self.layouts if in_force(periode, x.berlaku_dari, x.berlaku_sampai))
        return replace(
            self,
            fields=tuple(f.at(periode) for f in self.fields),
            layouts=tuple(layouts),
            mandatory=self.mandatory and self.in_force(periode),
        )

    def in_force(self, periode: str) -> bool:
        """Whether the office goes by this source in that period."""
        return in_force(periode, self.berlaku_dari, self.berlaku_sampai)

    def gives(self) -> bool:
        """Whether who stands on it receives something."""
        return self.aid and not self.registry and bool(self.program)

    def header(self) -> dict[str, str]:
        """Folded header word -> field name."""
        return {word: f.name for f in self.fields for word in f.folded}

    def ignored_words(self) -> frozenset[str]:
        """Folded header words that are known and not used."""
        return frozenset(fold_header(w) for w in self.ignored)

    def kinds(self) -> dict[str, Kind]:
        """Field name -> kind."""
        return {f.name: f.kind for f in self.fields}


def by_trust(sources: Sequence[Source]) -> list[Source]:
    """The sources in the order in which they found persons, the strongest evidence first."""
    return sorted(sources, key=lambda s: (s.trust, s.name))
