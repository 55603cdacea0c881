"""A hidden list beside one that is shown is a question in every format that tells it."""

from collections.abc import Callable
from typing import Any

import pytest
from made_files import zipped
from made_markup import ODS, ods_row
from made_xls import books, cell, container

from pipelines.sources.dtks import SOURCE as DTKS

NIK, KK = "2104010101900001", "2104010101100001"
LIST = [["nik", "nokk", "nama", "desa"], [NIK, KK, "BUDI", "RAYA"]]
STYLE = (
    '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><style:style '
    'style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body>"
)


def ods(hidden: bool) -> bytes:
    """Two lists, the second hidden by its style, as LibreOffice writes it."""
    rows = "".join(map(ods_row, LIST))
    style = 'table:style-name="ta2"' if hidden else ""
    tables = f'<table:table table:name="Kini">{rows}</table:table><table:table table:name="Lama" {style}>{rows}'
    text = ODS.format(doctype="", tables=f"{tables}</table:table>").replace("<office:body>", STYLE)
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": text.encode()})


def xls(hidden: bool) -> bytes:
    """The same as an old workbook, whose directory of sheets has the flag."""
    cells = b"".join(cell(row, at, word) for row, words in enumerate(LIST) for at, word in enumerate(words))
    return container(books({"Kini": (cells, False), "Lama": (cells, hidden)}))


@pytest.mark.parametrize("made", [ods, xls])
def test_a_hidden_list_is_asked_about(read: Callable[..., Any], made: Callable[[bool], bytes]) -> None:
    """Where both are shown, both are read."""
    (failure,) = read(DTKS, {"a.xls": made(True)})[0].failures
    assert "lembar Lama: lembar tersembunyi ini berisi daftar" in str(failure)
    reading, rows = read(DTKS, {"b.xls": made(False)})
    assert not reading.failures
    assert rows["jenis"].tolist() == ["kepala", "data"] * 2
