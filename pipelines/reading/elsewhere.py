"""A list laid into another source's folder: whose it looks like, before anybody answers for its words one by one."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.declaration import Source
from pipelines.reading.content import sniff
from pipelines.reading.errors import Refused
from pipelines.reading.files import DropFile
from pipelines.reading.header import Header
from pipelines.reading.records import as_utf8
from pipelines.reading.text import open_text_table
from pipelines.reading.workbook import read_workbook

# One or two unknown words are a form of the list's own. With three or more, of which another source knows all but a
# few, the list is that one's.
_STRANGE, _PART = 3, 3


def moved(refused: Refused, file: DropFile, source: Source, others: Iterable[Source], folder: Path) -> Refused:
    """The refusal, or, where the header is far less strange to another source, the question whether the file is that
    one's: to answer for its words here would make members of all who stand on it."""
    if refused.strange < _STRANGE:
        return refused
    strange = [(_strange(file, other, folder), other) for other in others if other.name != source.name]
    least = min((words for words, _ in strange if words is not None), default=refused.strange)
    if least > (refused.strange - 1) // _PART:
        return refused
    fit, periode = [other for words, other in strange if words == least], file.berkas.partition("/")[0]
    return Refused(
        f"{refused.strange} judul kolomnya tidak dikenal sebagai {source.title}; daftar ini tampaknya "
        f"{' atau '.join(other.title for other in fit)}: pindahkan berkasnya ke "
        f"{' atau '.join(f'{periode}/{other.name}/' for other in fit)}, jangan tulis pemetaan untuknya",
        refused.baris,
        refused.lembar,
    )


def _strange(file: DropFile, source: Source, folder: Path) -> int | None:
    """How many words of the header another source does not know; None where it would not read the file even so."""
    path, content, seen = file.path, sniff(file.path), list[Header]()
    try:
        with TemporaryDirectory(dir=folder) as scratch:
            if content == "teks":
                open_text_table(as_utf8(path, Path(scratch))[0], source, file.berkas)
                return 0
            note = partial(_see, seen)
            rows = read_workbook(path, content, source, file.berkas, Path(scratch), note)
            while not seen and next(rows, None):
                pass
            return 0
    except Refused as refused:
        return None if refused.lacking or not refused.strange else refused.strange


def _see(seen: list[Header], lembar: str, baris: int, header: Header) -> None:
    seen.append(header)
