"""What is said when a file cannot be read."""

import unicodedata

from pipelines.long_numbers import hide_numbers


def without_numbers(text: str) -> str:
    """A name that an office gave (a file, a sheet, a column) for a message.

    No number that might be somebody's, and nothing unseen: control characters, marks that turn text around.
    """
    seen = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    return hide_numbers(seen)


class Refused(Exception):
    """Found wrong inside one file, by code that does not know which file it reads."""

    def __init__(
        self, pesan: str, baris: int | None = None, lembar: str = "", strange: int = 0, lacking: int = 0
    ) -> None:
        """`pesan`: Indonesian, what is wrong and what to do, without anything from a person's row. `strange`: how many
        words of a header the source does not know, `lacking`: how many fields that it requires are not there."""
        super().__init__(pesan)
        self.pesan, self.baris, self.lembar = pesan, baris, lembar
        self.strange, self.lacking = strange, lacking

    def within(self, lembar: str, beside: str = "") -> "Refused":
        """The same, found on a sheet; `beside`: what is to be said besides."""
        return Refused(self.pesan + beside, self.baris, lembar, self.strange, self.lacking)


class UnreadableFile(Exception):
    """One file of the drop folder cannot be read; its text is one Indonesian sentence for the operator."""

    def __init__(self, berkas: str, pesan: str, lembar: str = "", baris: int | None = None) -> None:
        """`lembar` is '' and `baris` None where the fault has no such place."""
        super().__init__(berkas, pesan, lembar, baris)
        self.berkas, self.pesan, self.lembar, self.baris = berkas, pesan, lembar, baris

    def __str__(self) -> str:
        """`berkas, lembar X, baris N: pesan`."""
        place = [self.berkas]
        if self.lembar:
            place.append(f"lembar {self.lembar}")
        if self.baris is not None:
            place.append(f"baris {self.baris}")
        return f"{without_numbers(', '.join(place))}: {self.pesan}"
