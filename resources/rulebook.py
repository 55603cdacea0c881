"""The rules for findings: those of the product, and over them the office's own, `<drop>/aturan/<year>.toml`."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from pipelines.confirmation import DECISIONS
from pipelines.declaration import Source
from pipelines.rule_values import Words
from pipelines.rulebook import Entry, FindingBasis, Rulebook, RuleError, entries_of, year_of
from pipelines.sources import REGISTER
from resources.confirmations import read_confirmations
from resources.drop import RULES, DropError


def read_basis(root: Path, periode: str, sources: Sequence[Source]) -> FindingBasis:
    """What the findings of a period rest on: rules in force, and what officers decided about them."""
    decisions = read_confirmations(root / periode, DECISIONS)
    last = decisions.drop_duplicates(["temuan_id", "sidik"], keep="last")
    return FindingBasis(read_rules(root, sources).at(periode), last)


def read_rules(root: Path, sources: Sequence[Source]) -> Rulebook:
    """Every rule of every year. DropError: a file of the office is wrong."""
    book = shipped_rules(sources)
    for path in sorted((root / RULES).glob("*.toml")):
        where = f"{RULES}/{path.name}"
        if (year := year_of(path.stem)) is None:
            raise DropError(f"{where}: namanya bukan tahun; ganti menjadi misalnya {RULES}/2025.toml.")
        book = book.with_entries(read_entries(path, where, year, sources, book))
    return book


def shipped_rules(sources: Sequence[Source]) -> Rulebook:
    """The rules that come with the product."""
    book = Rulebook()
    for file in sorted((files("pipelines") / "reference" / RULES).iterdir(), key=lambda f: f.name):
        year = int(file.name[:4])
        book = book.with_entries(entries_of(file.read_text("utf-8"), file.name, year, _words(sources), book.kinds()))
    return book


def read_entries(path: Path, where: str, year: int, sources: Sequence[Source], book: Rulebook) -> tuple[Entry, ...]:
    """What one file of the office says over a book. DropError: it cannot be read, or is wrong."""
    try:
        return tuple(entries_of(path.read_text("utf-8-sig"), where, year, _words(sources), book.kinds()))
    except RuleError as error:
        raise DropError(str(error)) from None
    except FileNotFoundError:
        raise DropError(f"{where}: berkas aturan itu tidak ada; periksa nama dan foldernya.") from None
    except (OSError, UnicodeDecodeError):
        raise DropError(f"{where}: berkas aturan tidak terbaca; simpan sebagai teks UTF-8.") from None


def _words(sources: Sequence[Source]) -> Words:
    return Words.of((*REGISTER, *sources))  # our own rules name our own programmes, also where a few are run
