"""What a source of rows is, as a value: readers, schemas, checks, tables and docs are derived from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["nik", "no_kk", "psnoka", "nama", "tanggal", "jenis_kelamin", "rupiah", "status", "teks"]
Unit = Literal["orang", "keluarga"]

# No kabupaten has more: Bogor, the largest, has about 5.7 million people in 1.7 million families (BPS).
PERSONS, FAMILIES = 6_000_000, 2_000_000

# Words that carry no column's meaning in a header: `NO. KK *)` and `no kk` are one synonym.
_HEADER_NOISE = str.maketrans(dict.fromkeys("._-/\\:;,()[]*'\"\u00a0\ufeff\n\r\t ", ""))


def fold_header(text: str) -> str:
    """Fold a header cell for comparison: lower case, without spaces and punctuation."""
    return text.casefold().translate(_HEADER_NOISE)


@dataclass(frozen=True)
class Field:
    """One column of meaning. `synonyms` are header words as offices write them (folded when compared)."""

    name: str
    meaning: str
    kind: Kind
    synonyms: tuple[str, ...]
    unit: str = ""

    @property
    def folded(self) -> frozenset[str]:
        """Every folded header word that means this field, its own name included."""
        return frozenset(fold_header(s) for s in (self.name, *self.synonyms))


@dataclass(frozen=True)
class Source:
    """One list that an office receives: one row is one `satuan` of `program`.

    `required`: alternatives; a file must have at least one column of each tuple.
    `ignored`: header words that are known and carry nothing for us.
    `min_rows`, `max_rows`: a kabupaten's delivery of another size is not plausible; `max_drift`: nor one that differs
    by more than this share from the period before.
    `code_system`: whose codes its region column holds; the name must agree. '' = it has none.
    `trust`: order in which sources found persons (1 first): the stronger its evidence, the earlier.
    `registry`: it says who is poor, and gives nothing; `from_registry`: its recipients are drawn from one.
    `statuses`: folded value of the field `status` -> AKTIF or the cause of a removal; empty: no status column counts.
    `programs`: what its field `bansos` calls this programme, where one file type serves several; a row of another
    programme is refused.
    """

    name: str
    program: str
    title: str
    satuan: Unit
    publisher: str
    legal_basis: str
    code_system: Literal["kemendagri", "bps", ""]
    fields: tuple[Field, ...]
    required: tuple[tuple[str, ...], ...]
    ignored: tuple[str, ...] = ()
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
