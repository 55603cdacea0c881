"""What a gate asks a person, and what counts as an answer: a confirmation with a reason, which is published."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from pipelines.long_numbers import hide_numbers, holds_long_number

FILE = "KONFIRMASI.csv"  # lies in the period's folder, beside those of the sources
COLUMNS = ("aturan", "pengirim", "alasan", "oleh", "pada", "sidik")
CONFIRMED, CLOSED, OPENED = "dikonfirmasi", "ditutup", "dibuka"  # what may be decided about a finding
_FINDING = re.compile(r"T[0-9A-F]{20}")
_SHOWN = 10


def wrong_reason(alasan: str) -> str:
    """What is wrong with a reason, '' if it may be published: no number as long as a person's has a place in it."""
    if not re.search(r"[^\W\d_]", alasan):
        return "alasan kosong; tulis mengapa"
    if holds_long_number(alasan):
        return "alasan memuat nomor panjang, padahal ikut diterbitkan; tulis tanpa NIK, No KK, atau nomor lain"
    return ""


def wrong_row(row: Mapping[str, str]) -> str:
    """What is wrong with a row of such a file, '' if it may count."""
    if empty := [name for name, cell in row.items() if not cell.strip()]:
        return f"kolom {', '.join(empty)} kosong"
    if not _FINDING.fullmatch(row.get("temuan_id", "T" + "0" * 20)):
        return "temuan_id bukan kunci temuan"
    if row.get("putusan", CONFIRMED) not in (CONFIRMED, CLOSED, OPENED):
        return f"putusan harus salah satu dari {CONFIRMED}, {CLOSED}, {OPENED}"
    return wrong_reason(row["alasan"])


@dataclass(frozen=True)
class Form:
    """A file of a period's folder in which officers answer: its name, its columns, the command that writes it, and what
    is wrong with a row, '' if it may count."""

    file: str
    columns: tuple[str, ...]
    command: str
    wrong: Callable[[Mapping[str, str]], str] = wrong_row


CONFIRMATIONS = Form(FILE, COLUMNS, "perlinsos konfirmasi")
DECISIONS = Form("PUTUSAN.csv", ("temuan_id", "putusan", "alasan", "oleh", "pada", "sidik"), "perlinsos temuan")


@dataclass(frozen=True)
class Question:
    """One sender that fails one rule. `sidik` tells what was found: another file or figure is another question."""

    aturan: str
    pengirim: str
    sidik: str
    keterangan: str

    @property
    def said(self) -> str:
        """What was found. It names files: without a number that might be somebody's."""
        return hide_numbers(self.keterangan)

    def told(self, periode: str) -> str:
        """The finding, and the command that confirms it."""
        return (
            f"{self.pengirim}: {self.said}. Bila memang benar: perlinsos konfirmasi --periode {periode} "
            f'--aturan {self.aturan} --pengirim "{self.pengirim}" --alasan "..."'
        )


def questions(aturan: str, senders: Iterable[str], frame: pd.DataFrame) -> list[Question]:
    """The questions of one failed rule; `frame` has pengirim, sidik and keterangan of each sender that was judged."""
    found = frame[frame.pengirim.isin(list(senders))].sort_values("pengirim")
    return [Question(aturan, *map(str, row)) for row in found[["pengirim", "sidik", "keterangan"]].to_numpy()]


def told(asked: list[Question], periode: str) -> list[str]:
    """The first questions, and where the others are."""
    lines = [question.told(periode) for question in asked[:_SHOWN]]
    if beyond := len(asked) - len(lines):
        lines.append(f"... dan {beyond} lagi; semuanya: perlinsos konfirmasi --periode {periode}")
    return lines
