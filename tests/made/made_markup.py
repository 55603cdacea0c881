"""Lists as markup: OpenDocument, a page of HTML, SpreadsheetML of 2003."""

# ruff: noqa: E501 - markup cut into short lines is hard to read

from html import escape

from made_files import zipped

ODS = """<?xml version="1.0" encoding="UTF-8"?>{doctype}
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""


def ods(rows: str, doctype: str = "") -> bytes:
    """An OpenDocument workbook of one table."""
    text = ODS.format(doctype=doctype, tables=f'<table:table table:name="BNBA">{rows}</table:table>')
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": text.encode()})


def ods_row(cells: list[str], attributes: str = "") -> str:
    """A row of text cells."""
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(c)}</text:p></table:table-cell>'
        if c
        else "<table:table-cell/>"
        for c in cells
    )
    return f"<table:table-row {attributes}>{inner or '<table:table-cell/>'}</table:table-row>"


def html(rows: list[list[str]]) -> str:
    """A page with the rows as a table."""
    lines = ("".join(f"<td>{escape(c)}</td>" for c in row) for row in rows)
    return f"<html><head><title>x</title></head><body><table border=1>{''.join(f'<tr>{x}</tr>' for x in lines)}</table></body></html>"


def sheet_xml(rows: list[list[str]]) -> str:
    """The rows as SpreadsheetML; a blank row is left out, and the next says its number."""
    lines = (
        f'<Row ss:Index="{at}">'
        + "".join(f'<Cell><Data ss:Type="String">{escape(c)}</Data></Cell>' if c else "<Cell/>" for c in row)
        + "</Row>"
        for at, row in enumerate(rows, 1)
        if row
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="BNBA"><Table>{"".join(lines)}</Table></Worksheet></Workbook>'
    )
