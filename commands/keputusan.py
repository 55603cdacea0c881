"""What `perlinsos tinjau` does with an officer's answers: taken from a workbook, all or none, or withdrawn."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from commands.failures import OfficeError
from commands.numbers import count
from commands.signature import signature
from pipelines.judgement import SHEET, Book, judged
from pipelines.pair_decisions import SAME, WITHDRAWN, standing
from resources.settings import Settings
from resources.state import State

if TYPE_CHECKING:
    from resources.drop import Drop
    from resources.pairs import Pairs
    from resources.warehouse import Warehouse

_SHOWN = 20


class Judgement(NamedTuple):
    """The period that is judged, and where what belongs to it lies."""

    warehouse: "Warehouse"
    drop: "Drop"
    work: Path
    periode: str

    def pairs(self) -> "Pairs":
        """Its pairs, as published and as answered since."""
        from resources.pairs import read_pairs  # noqa: PLC0415 - a second of imports that --help can do without

        return read_pairs(self.warehouse, self.periode, self.drop)


def judgement(warehouse: "Warehouse", settings: Settings, given: str | None) -> Judgement:
    """Of the period given, else of the latest published one."""
    from resources.last_run import drop_read  # noqa: PLC0415
    from resources.standing import standing  # noqa: PLC0415

    periode = given or warehouse.latest_period("neraca_baris")
    if periode is None:
        raise OfficeError("Gudang masih kosong; jalankan dahulu: perlinsos pemutakhiran --periode YYYY-MM.")
    if warehouse.active(periode) is None:
        raise OfficeError(f"Periode {periode} {standing(warehouse, periode)}.")
    work = State(settings.rumah).work(periode)
    return Judgement(warehouse, drop_read(work, settings.sumber), work, periode)


def take(asked: Judgement, book: Book) -> str:
    """Write the answers down where every row is sound; what to say of it."""
    from resources.pair_decisions import add_decisions, standing_decisions  # noqa: PLC0415

    pairs = asked.pairs().every
    found = judged(book.answers, dict(zip(pairs.tinjauan_id, pairs.sidik.fillna(""), strict=True)))
    if found.wrong:
        lines = [f"{book.name}, lembar {SHEET}, {wrong}." for wrong in found.wrong[:_SHOWN]]
        if beyond := len(found.wrong) - len(lines):
            lines.append(f"... dan {count(beyond)} lagi.")
        raise OfficeError("\n".join([*lines, "Tidak ada jawaban yang diambil; betulkan, lalu ulangi."]))
    if not found.taken:
        raise OfficeError(f"{book.name}: belum ada jawaban; isi kolom jawaban dengan ya atau tidak, lalu simpan.")
    former = standing_decisions(asked.drop, asked.periode)
    said = set(zip(former.tinjauan_id, former.keputusan, former.sidik, strict=True))
    new = [a for a in found.taken if (a.tinjauan_id, a.jawaban, a.sidik) not in said]
    if not new:
        return "Semua jawaban itu sudah dicatat sebelumnya; tidak ada yang berubah."
    rows = [
        {"tinjauan_id": a.tinjauan_id, "keputusan": a.jawaban, "alasan": a.alasan, "sidik": a.sidik, **signature()}
        for a in new
    ]
    path = add_decisions(asked.drop.root / asked.periode, rows)
    same = sum(a.jawaban == SAME for a in new)
    return (
        f"Dicatat di {path}: {count(same)} sama, {count(len(new) - same)} beda; "
        f"{count(found.left_open)} belum dijawab. Jalankan ulang pemutakhiran periode {asked.periode}."
    )


def withdraw(asked: Judgement, tinjauan_id: str, alasan: str) -> str:
    """Take one decision back, in the file that it stands in; what to say of it."""
    from resources.pair_decisions import add_decisions, read_decisions  # noqa: PLC0415

    found = standing(read_decisions(asked.drop))
    one = found[found.tinjauan_id == tinjauan_id]
    if one.empty:
        raise OfficeError("Tidak ada keputusan yang berlaku dengan kunci itu; lihat: perlinsos mengapa KUNCI_ORANG.")
    periode, sidik = str(one.periode.iloc[0]), str(one.sidik.iloc[0])
    row = {"tinjauan_id": tinjauan_id, "keputusan": WITHDRAWN, "alasan": alasan, "sidik": sidik, **signature()}
    path = add_decisions(asked.drop.root / periode, [row])
    return f"Dicabut, dicatat di {path}. Jalankan ulang pemutakhiran periode {periode}, lalu periode sesudahnya."
