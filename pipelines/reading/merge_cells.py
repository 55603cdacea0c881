"""The merged cells of a sheet's XML, which stand behind its rows, out of the chunks that it comes in."""

import re

from pipelines.reading.errors import Refused

LARGEST = 64 << 20  # more than two million merges: one takes some 24 bytes
_BEGIN, _END = re.compile(rb"<(?:\w+:)?mergeCells\b[^>/]*>"), re.compile(rb"</(?:\w+:)?mergeCells\s*>")
_TAG = 256  # bytes that a tag may have been cut at


class MergeCells:
    """What was found so far; nothing else of what follows the rows is held."""

    def __init__(self) -> None:
        """Nothing as yet."""
        self._held = bytearray()
        self._begun = self._ended = False

    def add(self, chunk: bytes | bytearray) -> None:
        """Take the next bytes behind the rows; refused where there are more merges than a list may have."""
        if self._ended:
            return
        seen = max(len(self._held) - _TAG, 0)
        self._held += chunk
        if not self._begun:
            if not (begin := _BEGIN.search(self._held)):
                del self._held[:-_TAG]
                return
            del self._held[: begin.start()]
            self._begun, seen = True, 0
        if end := _END.search(self._held, seen):
            del self._held[end.end() :]
            self._ended = True
        elif len(self._held) > LARGEST:
            raise Refused("lembar menggabungkan terlalu banyak sel; lepaskan penggabungannya, lalu simpan ulang")

    def element(self) -> bytes:
        """The element; empty where there is none."""
        return bytes(self._held) if self._ended else b""
