"""What the program understood of the files of one source, before anything is written: `perlinsos periksa`.

The same text stands in Dagster's check of the source. It holds counts, header words and sentences, no cell of a row.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipelines.declaration import fold_header
from pipelines.plausibility import ENOUGH_ROWS, FEW_ROWS, MIN_ACCEPTED
from pipelines.reading.answers import BLANK_NO_KK, FILL_DOWN, answer_line
from pipelines.reading.errors import without_numbers
from pipelines.reading.header import quote
from pipelines.reading.remarks import NAMELESS
from pipelines.reading.stated_period import of_sheet
from pipelines.rules import sentences
from pipelines.stages.praperiksa import BLANK_CARD, FILLED_CARD, UNREAD, WRONG_CARD

_KINDS = {
    "judul": "judul", "kepala": "kepala", "nomor": "nomor kolom", "total": "total", "tanda_tangan": "tanda tangan",
    "catatan": "catatan", "nihil": "nihil",
}  # fmt: skip
_WITHOUT_PROOF = {
    "rusak": "NIK rusak", "kosong": "NIK kosong", "tersamar": "NIK disamarkan", "tak_ada": "tanpa kolom NIK",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of a table: its header word, and the field that it was taken for ('' = not used)."""

    kolom: str
    arti: str


@dataclass(frozen=True)
class Remark:
    """What rows say outside the columns that are read: a word, or `tanpa judul`; of `data` rows, or of others."""

    said: str
    data: bool
    rows: int
    first: tuple[int, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet, or a text file: `kepala` the physical row of its header (None: it has none, and holds notes); `desa`
    what its title or name says."""

    lembar: str
    kepala: int | None
    columns: tuple[Column, ...]
    kinds: Mapping[str, int]
    desa: str = ""
    remarks: tuple["Remark", ...] = ()


@dataclass(frozen=True)
class Before:
    """What the same sender sent last and what was published: its period, header words -> meaning, data rows."""

    periode: str
    columns: Mapping[str, str]
    baris: int


@dataclass(frozen=True)
class View:
    """One file. `refused`: codes of broken rules -> rows, `refused_rows` in all; `doubtful`: kind of NIK -> rows that
    need other proof, and WRONG_CARD -> rows whose No KK is none; `sent`: data rows of all `parts`, the files of the
    same sender, compared with `before`; `copy_of`: the file whose bytes it repeats, '' for none: its rows are those of
    the other, and count in none; `published_as`: the file of the last publication that had the same bytes, '' for
    none; `answers`: where the operator says that a blank No KK is that of the row above, '' where it is another
    family's."""

    berkas: str
    bentuk: str
    sheets: tuple[Sheet, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    refused_rows: int = 0
    doubtful: Mapping[str, int] = field(default_factory=dict)
    sent: int = 0
    parts: int = 1
    before: Before | None = None
    failure: str = ""
    copy_of: str = ""
    published_as: str = ""
    answers: str = ""

    @property
    def rows(self) -> int:
        """Data rows that count."""
        return 0 if self.copy_of else sum(sheet.kinds.get("data", 0) for sheet in self.sheets)

    def stopped_by(self, max_drift: float) -> list[str]:
        """What will stop the file, or the sender's delivery, in words; `max_drift` as its source declares."""
        if self.failure:
            return ["tidak dapat dibaca"]
        if self.copy_of:
            return []
        reasons = []
        if self.rows >= ENOUGH_ROWS and self.refused_rows > (1 - MIN_ACCEPTED) * self.rows:
            reasons.append(f"{self.refused_rows} dari {self.rows} baris ditolak")
        elif self.rows and self.refused_rows == self.rows:
            reasons.append(f"semua baris ditolak ({self.rows})")
        if self.before and abs(self.sent - self.before.baris) > max(max_drift * self.before.baris, FEW_ROWS):
            reasons.append(f"{self.sent} baris dari pengirim ini, waktu itu {self.before.baris}: tanyakan sebabnya")
        return reasons


def told(view: View, max_drift: float) -> list[str]:
    """The view in words, one line each."""
    if view.failure:
        return [view.failure, "  TIDAK DAPAT DIBACA."]
    lines = [without_numbers(view.berkas), f"  bentuk: {view.bentuk}"]
    for sheet in view.sheets:
        lines += _told_sheet(sheet, view.answers)
    if view.copy_of:
        return [*lines, f"  isinya sama dengan {without_numbers(view.copy_of)}: salinan, barisnya dihitung satu kali"]
    if view.published_as:
        former = without_numbers(view.published_as)
        lines.append(f"  PERHATIKAN: isinya sama dengan {former} yang sudah terbit; pastikan ini daftar bulan ini")
    lines += _told_change(view)
    lines += _told_expectation(view)
    lines += [f"  AKAN DITAHAN: {reason}" for reason in view.stopped_by(max_drift)]
    return lines


def _told_sheet(sheet: Sheet, answers: str) -> Iterator[str]:
    name = f"lembar {without_numbers(sheet.lembar)}: " if sheet.lembar else ""
    others = [f"{sheet.kinds[kind]} {word}" for kind, word in _KINDS.items() if sheet.kinds.get(kind)]
    if sheet.kepala is None:
        why = "menyebut bulan lain" if of_sheet(sheet.lembar, 0) else "tanpa kepala tabel, atau disisihkan"
        yield f"  {name}tidak dibaca sebagai daftar ({why}): {', '.join(others)}"
        return
    beside = f", bukan data: {', '.join(others)}" if others else ""
    yield f"  {name}kepala pada baris {sheet.kepala}, {sheet.kinds.get('data', 0)} baris data{beside}"
    yield f"    dibaca: {'; '.join(f'{quote(c.kolom)} = {c.arti}' for c in sheet.columns if c.arti)}"
    if unused := [c.kolom for c in sheet.columns if not c.arti and c.kolom.strip()]:
        yield f"    tidak dipakai: {_listed(unused)}"
    if sheet.desa and not {c.arti for c in sheet.columns} & {"desa", "kode_wilayah"}:
        yield f"    desa: {without_numbers(sheet.desa)} (dari judul atau nama berkas)"
    yield from (_told_remark(remark, answers) for remark in sheet.remarks)


def _told_remark(remark: Remark, answers: str) -> str:
    rows = ", ".join(map(str, remark.first)) + (", ..." if remark.rows > len(remark.first) else "")
    if not remark.data:
        return f"    perhatikan: {remark.rows} baris bukan data berisi nama atau nomor (baris {rows})"
    if remark.said == BLANK_CARD:
        may_be = "bila No KK hanya ditulis pada baris pertama tiap keluarga, tulis "
        answer = f"{may_be}{answer_line(BLANK_NO_KK, FILL_DOWN)} di {answers}, atau " if answers else ""
        told = f"{remark.rows} baris tanpa No KK di antara yang ber-No KK, tidak diisi (baris {rows})"
        return f"    perhatikan: {told}; {answer}tulis nomornya di setiap baris"
    if remark.said == FILLED_CARD:
        answer = f"menurut jawaban {BLANK_NO_KK}"
        return f"    perhatikan: {remark.rows} baris memakai No KK di atasnya, {answer} (baris {rows})"
    if remark.said.endswith(UNREAD):
        field = remark.said.removesuffix(UNREAD)
        return (
            f"    perhatikan: {remark.rows} baris dengan {field} yang tidak terbaca, dianggap kosong (baris {rows}); "
            "minta pengirim menulis tanggalnya seperti 28-03-1978"
        )
    if remark.said == NAMELESS:
        return f"    perhatikan: {remark.rows} baris berisi sesuatu di kolom tanpa judul, tidak dibaca (baris {rows})"
    return f'    perhatikan: {remark.rows} baris menyebut "{remark.said}" di kolom yang tidak dipakai (baris {rows})'


def _told_change(view: View) -> Iterator[str]:
    if view.before is None:
        yield "  dibanding: belum ada kiriman pengirim ini yang terbit"
        return
    words = {fold_header(c.kolom): c for s in view.sheets for c in s.columns if c.kolom.strip()}
    before = {fold_header(kolom): Column(kolom, arti) for kolom, arti in view.before.columns.items()}
    yield f"  dibanding {view.before.periode}: {view.sent} baris data dari pengirim ini, waktu itu {view.before.baris}"
    gone, new = before.keys() - words.keys(), words.keys() - before.keys()
    if view.parts > 1:  # its other files may have what this one lacks
        gone = set()
    renamed = {old: word for old in sorted(gone) for word in sorted(new) if words[word].arti == before[old].arti != ""}
    for old, word in renamed.items():
        yield f"    kolom berganti nama: {quote(before[old].kolom)} menjadi {quote(words[word].kolom)}"
    for title, found, kept in (
        ("baru", words, new - set(renamed.values())), ("hilang", before, gone - renamed.keys()),
    ):  # fmt: skip
        if kept:
            yield f"    kolom {title}: {_listed(sorted(found[word].kolom for word in kept))}"


def _told_expectation(view: View) -> Iterator[str]:
    texts = sentences()
    if view.refused:
        yield f"  perkiraan karantina: {view.refused_rows} baris"
        for alasan, count in sorted(view.refused.items(), key=lambda item: (-item[1], item[0])):
            yield f"    {count} {alasan}: {texts[alasan][1]}"
    else:
        yield "  perkiraan karantina: tidak ada"
    doubts = [f"{view.doubtful[kind]} {word}" for kind, word in _WITHOUT_PROOF.items() if view.doubtful.get(kind)]
    if doubts:
        yield f"    {', '.join(doubts)}: dikenali lewat bukti lain; yang tidak terbukti masuk karantina"
    if cards := view.doubtful.get(WRONG_CARD):
        yield f"    {cards} No KK tidak mungkin (wilayah, tanggal, atau nomor urut): keluarga tidak dikenali darinya"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(quote(word) for word in words)
