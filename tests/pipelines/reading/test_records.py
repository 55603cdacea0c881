"""Text as records with the line they start on."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.records import read_records, unwrapped

CASES = {
    "plain": ("a|b\n1|2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
    "blank line": ("a|b\n\n1|2", [(1, ["a", "b"]), (2, []), (3, ["1", "2"])]),
    "line end in quotes": ('a|b\n"1\nx"|2\n3|4\n', [(1, ["a", "b"]), (2, ["1\nx", "2"]), (4, ["3", "4"])]),
    "crlf": ("a|b\r\n1|2\r\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
    "quote inside": ('a|JL "X" 3\n', [(1, ["a", 'JL "X" 3'])]),
    "ragged": ("a|b\n1\n1|2|3\n", [(1, ["a", "b"]), (2, ["1"]), (3, ["1", "2", "3"])]),
    "never closed": ('a|b\n1|"2\n3|4\n', [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"])]),
    "closed by another's quote": (
        'a|b\n"1|2\n"3"|4\n5|6\n',
        [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"]), (4, ["5", "6"])],
    ),
}


@pytest.mark.parametrize(("text", "records"), CASES.values(), ids=CASES)
def test_records(text: str, records: list[tuple[int, list[str]]]) -> None:
    """Each record starts on its line, and no quote swallows another line."""
    assert list(read_records(io.StringIO(text, newline=""), "|", 2)) == records


def test_quote_that_swallows_a_whole_file() -> None:
    """Longer than csv's limit for a cell: every line is still a record."""
    lines = ["a|b\n", '"1|2\n', *(f"{n}|x{'y' * 90}\n" for n in range(3000))]
    records = list(read_records(lines, "|", 2))
    assert [start for start, _ in records] == list(range(1, 3003))
    assert all(len(cells) == 2 for _, cells in records)


def test_an_endless_cell_is_no_blank_line() -> None:
    """A line with a cell longer than csv's limit keeps its place and its cells."""
    endless = "y" * 200_000
    records = list(read_records(["a|b\n", f"1|{endless}\n", "3|4\n"], "|", 2))
    assert records == [(1, ["a", "b"]), (2, ["1", endless]), (3, ["3", "4"])]


word = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from('|"\n;'), max_size=6)
table = st.lists(st.lists(word.map(str.lstrip), min_size=3, max_size=3), min_size=1, max_size=6)


@given(table)
def test_what_csv_writes_is_read_back(rows: list[list[str]]) -> None:
    """Any table, delimiters, quotes and line ends in its cells."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="|", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    read = list(read_records(io.StringIO(out.getvalue(), newline=""), "|", 3))
    assert [cells for _, cells in read] == rows
    starts = [1 + sum(1 + "".join(r).count("\n") for r in rows[:n]) for n in range(len(rows))]
    assert [start for start, _ in read] == starts


WRAPPED = {
    "every line in quotes": ('"NIK,Nama"\r\n"1,""BUDI, S.E."""\r\n', 'NIK,Nama\n1,"BUDI, S.E."\n'),
    "cells in quotes": ('"NIK","Nama"\n"1","BUDI"\n', None),
    "one line alone": ('"NIK,Nama"\n1,BUDI\n', None),
    "one column": ('"NIK"\n"1"\n', None),
}


@pytest.mark.parametrize(("text", "bare"), WRAPPED.values(), ids=WRAPPED)
def test_lines_that_are_quoted_whole(tmp_path: Path, text: str, bare: str | None) -> None:
    """Read as what stands in the quotes, line by line."""
    path = tmp_path / "a.csv"
    path.write_text(text, newline="")
    assert unwrapped(path, tmp_path).read_bytes().decode() == (bare or text)
