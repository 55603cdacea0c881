"""The pages are true: tables, commands, links, examples. `python tests/test_docs.py` writes the table section anew."""

import re
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import click
import pandas as pd
import pytest
from forgotten import forget

from commands import perlinsos
from pipelines.causes import CAUSES
from pipelines.declaration import Source, fold_header
from pipelines.findings import KINDS
from pipelines.handover import POPULATION
from pipelines.sources import REGISTER
from resources.drop import Drop
from resources.postgres import EmbeddedPostgres
from resources.rulebook import read_rules, shipped_rules
from resources.views import view_comments, view_selects
from resources.warehouse import Warehouse

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
WAREHOUSE_PAGE = ROOT / "docs" / "gudang.md"
START, END = "<!-- mulai tabel -->\n", "<!-- akhir tabel -->"
LARGEST_PICTURE = 250_000


def blocks(page: Path, language: str = r"\w*") -> list[str]:
    """The fenced blocks of a page, in a language or in any; those in a list lose their indent."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def table_section() -> str:
    """Every view with its columns, in words of the declaration."""
    parts = []
    for name, select in sorted(view_selects().items()):
        meaning, columns = view_comments(name, select)
        rows = "\n".join(f"| `{column}` | {text} |" for column, text in columns.items())
        parts.append(f"\n### `{name}`\n\n{meaning.capitalize()}.\n\n| kolom | arti |\n|---|---|\n{rows}\n")
    return "".join(parts) + "\n"


def commands_shown() -> list[str]:
    """Every line `perlinsos ...` or `make ...` of a block or of inline code, each once."""
    found = set()
    for page in PAGES:
        text = page.read_text("utf-8")
        lines = [line for block in blocks(page) for line in block.splitlines()]
        lines += re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
        found |= {line.strip() for line in lines if re.match(r"\s*(perlinsos|make) [a-z-]", line)}
    return sorted(found)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A prepared, empty warehouse, as an analyst opens it."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("gudang"))
    server.start()
    with closing(Warehouse(server.url())) as owner:
        owner.prepare()
    with closing(Warehouse(server.reader_url())) as warehouse:
        yield warehouse
    forget(server)


def test_the_warehouse_page_lists_what_is_declared() -> None:
    """Tables, columns and meanings, word for word."""
    shown = WAREHOUSE_PAGE.read_text("utf-8").split(START)[1].split(END)[0]
    assert shown == table_section(), "run: python tests/test_docs.py"


def test_readme_names_every_published_table() -> None:
    """The short list is as whole as the long one."""
    section = (ROOT / "README.md").read_text("utf-8").split("## Tabel gudang")[1].split("##")[0]
    named = {
        name for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    assert named == view_selects().keys()


def test_readme_leads_to_every_decision() -> None:
    linked = re.findall(r"\(docs/adr/([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert linked == sorted(path.name for path in (ROOT / "docs" / "adr").iterdir())


@pytest.mark.parametrize("query", blocks(WAREHOUSE_PAGE, "sql"))
def test_a_query_runs_as_the_reader(reader: Warehouse, query: str) -> None:
    """On an empty warehouse: names and grants are what is asked."""
    assert reader.query(query.rstrip().rstrip(";")).empty


@pytest.mark.parametrize("line", commands_shown())
def test_a_command_exists(line: str) -> None:
    """The command and its options, or the make target."""
    program, *words = line.split()
    if program == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert words[0] in targets
        return
    command: click.Command = perlinsos
    for word in words:
        if isinstance(command, click.Group) and not word.startswith("-"):
            assert word in command.commands
            command = command.commands[word]
        elif word.startswith("--"):
            assert word == "--help" or word in {option for p in command.params for option in p.opts}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link and picture."""
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    local = [link for link in links if not re.match(r"https?:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_pictures_are_small_and_shown() -> None:
    """None is left over, none is heavy."""
    pages = "".join(page.read_text("utf-8") for page in PAGES)
    pictures = list((ROOT / "docs" / "gambar").iterdir())
    assert pictures and [p.name for p in pictures if p.stat().st_size > LARGEST_PICTURE or p.name not in pages] == []


def test_the_region_example_is_a_region_table(tmp_path: Path) -> None:
    """The product reads it, and its columns are the ones explained above it."""
    page = ROOT / "docs" / "wilayah.md"
    (example,) = blocks(page, "csv")
    (tmp_path / "wilayah").mkdir()
    (tmp_path / "wilayah" / "contoh.csv").write_text(example, "utf-8")
    regions = Drop(tmp_path).regions()
    assert len(regions) == len(pd.read_csv(StringIO(example)))
    assert re.findall(r"^\| `(\w+)` \|", page.read_text("utf-8"), re.MULTILINE) == list(regions.columns)


def test_the_source_example_is_a_source() -> None:
    """The declaration that a developer is shown holds."""
    (example,) = blocks(ROOT / "docs" / "pengembang.md", "python")
    made: dict[str, object] = {}
    exec(compile(example, "pengembang.md", "exec"), made)  # noqa: S102 - our own page
    source = made["SOURCE"]
    assert isinstance(source, Source)
    assert source.name == source.program.lower() == "pompong"
    assert source.header().keys() & source.ignored_words() == set()
    assert "harga" in source.at("2024-12").header() and "harga" not in source.at("2025-01").header()


def test_the_rules_example_is_a_file_of_rules(tmp_path: Path) -> None:
    """The product lays it over its own rules; every kind is explained beside it, with what a rule says of it."""
    page = ROOT / "docs" / "operator.md"
    (example,) = blocks(page, "toml")
    (tmp_path / "aturan").mkdir()
    (tmp_path / "aturan" / "2024.toml").write_text(example, "utf-8")
    book = read_rules(tmp_path, REGISTER)
    rules = {rule.aturan: rule for rule in book.at("2024-07")}
    assert rules["PENERIMA_DI_BAWAH_UMUR"].given["umur"] == 18
    assert "BLT_DD_DESIL_TINGGI" in rules and "DTKS_TANPA_BANTUAN" not in rules
    text = page.read_text("utf-8")
    assert [
        name for name in (*KINDS, *{p for k in KINDS.values() for p in k.parameters}) if f"`{name}`" not in text
    ] == []
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", text.split("### Aturan")[1].split("Kantor dapat")[0]))
    assert named == {rule.aturan for rule in shipped_rules(REGISTER).at("2025-12")}


def test_every_status_that_a_source_knows_is_on_the_page() -> None:
    """Under the sources of its column, beside what it is read as; no other word is."""
    section = (ROOT / "docs" / "operator.md").read_text("utf-8").split("### Kata status\n")[1].split("\n#")[0]
    head, _, *rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    shown = {
        (owner, meaning.strip("` "), fold_header(word), word.endswith("*"))
        for meaning, *cells in rows
        for owners, cell in zip(head[1:], cells, strict=True)
        for owner in re.findall(r"`(\w+)`", owners)
        for word in re.findall(r"`([^`]+)`", cell)
    }
    known = {source.name: source.statuses for source in REGISTER} | {"status_dasar": POPULATION}
    assert shown == {
        (owner, meaning, fold_header(word), word.endswith("*"))
        for owner, words in known.items()
        for word, meaning in words.items()
        if word
    }


def test_every_cause_that_has_words_is_on_the_page() -> None:
    """Beside its code `perlinsos desa` says what the warehouse's page says."""
    rows = [line for line in WAREHOUSE_PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert [cause for cause in CAUSES if not any(f"`{cause}`" in row for row in rows)] == []


if __name__ == "__main__":
    before, rest = WAREHOUSE_PAGE.read_text("utf-8").split(START)
    WAREHOUSE_PAGE.write_text(before + START + table_section() + END + rest.split(END)[1], "utf-8")
