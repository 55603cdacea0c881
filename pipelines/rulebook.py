"""The rules that findings are sought by, as data: TOML files by year, laid over each other.

A file says of each rule, under its name, what holds from its year on; a later file says only what is otherwise.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipelines.confirmation import DECISIONS
from pipelines.findings import KINDS, Kind, Values
from pipelines.long_numbers import holds_long_number
from pipelines.period import in_force, is_month
from pipelines.reading.errors import without_numbers
from pipelines.rule_values import Words

SEVERITIES = ("kesalahan", "peringatan", "informasi")
_TEXTS, _DATES = ("tingkat", "keterangan", "dasar_hukum"), ("berlaku_dari", "berlaku_sampai")
_COMMON = ("jenis", *_TEXTS, *_DATES, "menyala")
_NAME = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_FIRST, _LAST = 2020, 2099


class RuleError(ValueError):
    """A file of rules says what cannot be; the text is for the officer: which file, which rule, what to write."""


@dataclass(frozen=True)
class FindingRule:
    """A rule as it is in force: `jenis` is one of KINDS, `given` the kind's parameters; `keterangan` may name the
    `{program}` that the kind tells apart."""

    aturan: str
    jenis: str
    tingkat: str
    keterangan: str
    dasar_hukum: str
    given: Values

    @property
    def kind(self) -> Kind:
        """How it is sought."""
        return KINDS[self.jenis]


@dataclass(frozen=True)
class Entry:
    """What one file says of one rule, for a time: `dari` is the first period, `sampai` the first that it is not for."""

    aturan: str
    jenis: str
    dari: str
    sampai: str
    says: Mapping[str, object]


@dataclass(frozen=True)
class Rulebook:
    """Every entry of every file, in the order in which they are laid over each other."""

    entries: tuple[Entry, ...] = ()

    def kinds(self) -> dict[str, str]:
        """Rule -> its kind."""
        return {entry.aturan: entry.jenis for entry in self.entries}

    def at(self, periode: str) -> tuple[FindingRule, ...]:
        """The rules in force in a period that are on."""
        told = self._told(entry for entry in self.entries if in_force(periode, entry.dari, entry.sampai))
        return tuple(_rule(name, says) for name, says in told.items() if "jenis" in says and says.get("menyala", True))

    def rule(self, aturan: str, periode: str, tried: Iterable[Entry] = ()) -> FindingRule:
        """One rule as it is in the period, also where it is off; as it was or will be where it is not in force.
        `tried`: what is to be laid over it, whenever that is for."""
        own, more = ([entry for entry in of if entry.aturan == aturan] for of in (self.entries, tried))
        now = [entry for entry in own if in_force(periode, entry.dari, entry.sampai)]
        says = self._told([*now, *more])[aturan] if now or more else {}
        return _rule(aturan, says if "jenis" in says else self._told([*own, *more])[aturan])

    def with_entries(self, entries: Iterable[Entry]) -> "Rulebook":
        """This book with what a file says laid over it."""
        return Rulebook((*self.entries, *entries))

    @staticmethod
    def _told(entries: Iterable[Entry]) -> dict[str, dict[str, object]]:
        told: dict[str, dict[str, object]] = {}
        for entry in entries:
            told.setdefault(entry.aturan, {}).update(entry.says)
        return told


@dataclass(frozen=True)
class FindingBasis:
    """What a period's findings rest on besides its tables: the rules in force, and what officers decided (columns of
    DECISIONS; one row a finding and its evidence)."""

    rules: tuple[FindingRule, ...] = ()
    decisions: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(DECISIONS.columns), dtype="str"))


def year_of(stem: str) -> int | None:
    """The year that a file of rules is named after; None: after none."""
    return int(stem) if re.fullmatch(r"20\d\d", stem) and _FIRST <= int(stem) <= _LAST else None


def _rule(aturan: str, says: Mapping[str, object]) -> FindingRule:
    jenis, tingkat, keterangan, dasar_hukum = (str(says[name]) for name in ("jenis", *_TEXTS))
    values = {name: says[name] for name in KINDS[jenis].parameters}
    return FindingRule(aturan, jenis, tingkat, keterangan, dasar_hukum, values)


def entries_of(text: str, where: str, year: int, words: Words, known: Mapping[str, str]) -> Iterator[Entry]:
    """What a file says. RuleError: it is wrong. `known`: the rules that there are already, and their kinds."""
    try:
        told = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # beside TOML's own: a number of thousands of digits
        line = re.search(r"at line (\d+)", str(error))
        place = f", baris {line[1]}" if line else ", akhir berkas" if "end of document" in str(error) else ""
        raise RuleError(f"{where}{place}: bukan TOML yang sah; lihat contoh di docs/operator.md.") from None
    for name, says in told.items():
        shown = without_numbers(name)
        if not isinstance(says, dict) or not _NAME.fullmatch(name) or holds_long_number(name):
            raise RuleError(
                f"{where}: {shown} bukan aturan; tulis [NAMA_ATURAN] dengan huruf besar, isinya di bawahnya."
            )
        jenis = known.get(name) or says.get("jenis")
        if wrong := _wrong(says, jenis, name not in known, year, words):
            raise RuleError(f"{where}, aturan {shown}: {wrong}.")
        dari = str(says.get("berlaku_dari", f"{year}-01"))
        yield Entry(name, str(jenis), dari, str(says.get("berlaku_sampai", "")), says)


def _wrong(says: Mapping[str, object], jenis: object, new: bool, year: int, words: Words) -> str:
    """What is wrong with an entry and what to do, '' if it may stand."""
    if not isinstance(jenis, str) or jenis not in KINDS:
        return f"jenis tidak ada atau tidak dikenal; pilih dari {', '.join(KINDS)}"
    if says.get("jenis", jenis) != jenis:
        return f"jenisnya {jenis} dan tidak dapat diganti; pakai nama aturan lain untuk jenis lain"
    kind = KINDS[jenis]
    if unknown := [name for name in says if name not in _COMMON and name not in kind.parameters]:
        usable = ", ".join((*_COMMON, *kind.parameters))
        return f"{without_numbers(unknown[0])} tidak dikenal; yang dikenal: {usable}"
    if missing := [name for name in ("jenis", *_TEXTS, *kind.parameters) if new and name not in says]:
        return f"{', '.join(missing)} belum ditulis; aturan baru memerlukan semuanya"
    for name in kind.parameters:
        if name in says and (wrong := kind.parameters[name](says[name], words)):
            return f"{name} tidak sah; {wrong}"
    return _wrong_text(says, kind) or _wrong_dates(says, year)


def _wrong_text(says: Mapping[str, object], kind: Kind) -> str:
    if says.get("tingkat", SEVERITIES[0]) not in SEVERITIES:
        return f"tingkat tidak sah; pilih dari {', '.join(SEVERITIES)}"
    if not isinstance(says.get("menyala", True), bool):
        return "menyala tidak sah; tulis true atau false"
    for name in ("keterangan", "dasar_hukum"):
        text = says.get(name, "ada")
        if not isinstance(text, str) or not text.strip():
            return f"{name} kosong atau bukan teks; tulis di antara tanda petik"
        if holds_long_number(text):
            return f"{name} memuat nomor panjang, padahal ikut diterbitkan; tulis tanpa NIK, No KK, atau nomor lain"
    if "keterangan" in says and ("{program}" in str(says["keterangan"])) != ("program" in kind.per):
        return f"keterangan harus {'menyebut' if 'program' in kind.per else 'tanpa'} {{program}}"
    return ""


def _wrong_dates(says: Mapping[str, object], year: int) -> str:
    for name in _DATES:
        if name in says and not (isinstance(says[name], str) and is_month(str(says[name]))):
            return f'{name} tidak sah; tulis tahun dan bulan di antara tanda petik, misalnya "{year}-07"'
    dari = str(says.get("berlaku_dari", f"{year}-01"))
    if not dari.startswith(f"{year}-"):
        return f"berlaku_dari di luar tahun berkasnya; tulis bulan tahun {year}, atau pindahkan ke berkas tahun itu"
    if str(says.get("berlaku_sampai", "9")) <= dari:
        return "berlaku_sampai tidak sesudah berlaku_dari; tulis periode pertama yang tidak berlaku lagi"
    return ""
