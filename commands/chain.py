"""The lines of a chain: a row's place, how it was linked, what changed a key, what was decided; numbers masked."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pipelines.link_words import masked, way

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
NOTHING = "  tidak ada"


def records(frame: "pd.DataFrame") -> list[Row]:
    """The rows of a small frame by the names of its columns; what is unknown is None."""
    whole = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in whole.to_dict("records")]


def place(row: Row) -> str:
    """The file, the sheet where there is one, and the row."""
    sheet = f', lembar "{row["lembar"]}"' if row["lembar"] else ""
    return f"{row['berkas']}{sheet}, baris {row['baris']}"


def score(value: float | None) -> str:
    """0.97 -> 0,97."""
    return "-" if value is None else f"{value:.2f}".replace(".", ",")


def said_of(side: Row) -> str:
    """Name, masked numbers and desa of a person or a row."""
    parts = [side["nama"] or "tanpa nama"]
    for what, column in (("NIK", "nik"), ("No KK", "no_kk")):
        if side[column]:
            parts.append(f"{what} {', '.join(map(masked, side[column]))}")
    for what, column in (("NIK tertulis", "nik"), ("No KK tidak sah, 15 angka pertamanya", "no_kk")):
        if (left := side[f"{column}_tertulis"]) and not side[column]:
            parts.append(f"{what} {masked(left)}")
    if side["nama_desa"]:
        parts.append(f"desa {side['nama_desa']}")
    return ", ".join(parts)


def version(row: Row) -> str:
    """What was known of a person from a period on."""
    number = f"NIK {masked(row['nik'])}" if row["nik"] else "NIK belum diketahui"
    desa, home = row["nama_desa"] or "belum diketahui", row["keluarga_id"] or "belum diketahui"
    return f"  sejak {row['berlaku_dari']}: {row['nama']}, {number}, desa {desa}, keluarga {home}, {row['status']}"


def linked(row: Row) -> str:
    """The sentence of the step that linked a row, its name, its score."""
    return f"{way(row['cara_padan'])} ({row['cara_padan']}, skor {score(row['skor_padan'])})"


def physical(rows: Iterable[Row]) -> Iterator[str]:
    """One line a row of a person."""
    told = [f"  {r['periode']}  {r['sumber']}  {place(r)}: {r['nasib']}, {way(r['cara_padan'])}" for r in rows]
    yield from told or [NOTHING]


def changes(rows: Iterable[Row]) -> Iterator[str]:
    """One line a change of a key."""
    yield "\nPerubahan kunci:"
    told = [
        f"  {r['periode']}  {r['jenis']} ({r['unit']}): {r['kunci_lama']} -> {r['kunci_baru']}; {r['bukti']}"
        for r in rows
    ]
    yield from told or [NOTHING]


def pair(row: Row, said: Iterable[Row]) -> Iterator[str]:
    """A pair of `tinjauan`, and what officers said of it, answers that were withdrawn too."""
    other = row["orang_id_b"] or "baris yang belum milik siapa pun"
    likeness = f"skor {score(row['skor'])}; {row['bukti'] or '-'}"
    yield f"  {row['periode']}  {row['tinjauan_id']}: {row['orang_id_a']} dan {other}, {likeness}"
    for answer in said:
        reason = f": {answer['alasan']}" if answer["alasan"] else ""
        yield f"    {answer['keputusan']}, oleh {answer['oleh']}, {answer['pada']}{reason}"
    yield f"    pada terbitan: {row['keputusan'] or 'belum diputus'}"
