"""`perlinsos mengapa`: why a row is whose it is, or what stands under a person's key; numbers are masked."""

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from commands import chain
from commands.chain import Row, records
from commands.failures import OfficeError, said_plainly
from commands.language import IndonesianCommand, option
from commands.values import MONTH, warehouse_option, wrong
from pipelines.row_address import Address, is_person, readings
from resources.settings import Settings, settings_from
from resources.state import State

if TYPE_CHECKING:
    from resources.warehouse import Warehouse

_HOW = (
    "tulis BERKAS:LEMBAR:BARIS seperti pada karantina, misalnya "
    '"2024-06/pkh/PKH.csv::12" (berkas teks tidak punya lembar), atau kunci orang dari gudang.'
)


class _Asked(NamedTuple):
    warehouse: "Warehouse"
    settings: Settings
    periode: str | None


@click.command(cls=IndonesianCommand)
@click.argument("alamat", metavar="ALAMAT")
@option("--periode", metavar="YYYY-MM", type=MONTH, help="Periode; bawaan: baris: yang terakhir, orang: semua.")
@warehouse_option
def mengapa(alamat: str, periode: str | None, gudang: str | None) -> None:
    """Jelaskan tautan satu baris (BERKAS:LEMBAR:BARIS), atau riwayat satu kunci orang; menyebut nama orang."""
    from resources.office import open_warehouse  # noqa: PLC0415 - a second of imports that --help can do without

    person, addresses = is_person(alamat.strip()), readings(alamat)
    if not (person or addresses):
        raise wrong("alamat", _HOW)
    settings = settings_from(os.environ, gudang=gudang)
    with said_plainly():
        asked = _Asked(open_warehouse(settings), settings, periode)
        lines = list(_of_person(asked, alamat.strip()) if person else _of_row(asked, addresses))
        asked.warehouse.close()
    click.echo("\n".join(lines))


def _of_row(asked: _Asked, addresses: list[Address]) -> Iterator[str]:
    """The row, its fate, its person, what agrees and differs, and the person's other rows."""
    from resources.chain import reasons, rows_at, rows_of, why_not_found  # noqa: PLC0415

    found = records(rows_at(asked.warehouse, addresses))
    if not found:
        raise OfficeError(why_not_found(asked.warehouse, addresses))
    periods = [row["periode"] for row in found]
    if asked.periode and asked.periode not in periods:
        raise OfficeError(f"Baris itu tidak ada pada periode {asked.periode}; ada pada {', '.join(periods)}.")
    row = found[periods.index(asked.periode) if asked.periode else -1]
    orang_id = row["orang_id"]
    yield f"Baris: {chain.place(row)} (periode {row['periode']}, sumber {row['sumber']})"
    yield f"  nasib: {row['nasib']}" + ("" if row["jenis"] == "data" else f" ({row['jenis'].replace('_', ' ')})")
    for reason in records(reasons(asked.warehouse, row)):
        yield f"  alasan: {reason['pesan']} ({reason['alasan']})"
    if orang_id:
        yield f"  ditautkan: {chain.linked(row)}"
    if row["jenis"] == "data":
        yield from _compared(asked, row)
    if orang_id:
        same = ("periode", *Address._fields)
        others = [o for o in records(rows_of(asked.warehouse, orang_id)) if any(o[c] != row[c] for c in same)]
        yield "\nBaris lain orang ini:"
        yield from chain.physical(others)
        yield from _keys_and_pairs(asked, orang_id, [row["keluarga_id"]], row)
    else:
        yield from _keys_and_pairs(asked, None, [], row)


def _of_person(asked: _Asked, orang_id: str) -> Iterator[str]:
    """Every version, family and row of a person."""
    from resources.chain import rows_of, versions_of  # noqa: PLC0415

    versions = records(versions_of(asked.warehouse, orang_id))
    rows = records(rows_of(asked.warehouse, orang_id))
    if not versions:
        raise OfficeError("Kunci orang itu tidak ada di gudang; salin dari jejak_baris, temuan, atau tinjauan.")
    if asked.periode:
        versions = [v for v in versions if v["berlaku_dari"] <= asked.periode]
        rows = [row for row in rows if row["periode"] == asked.periode]
    yield f"Orang: {orang_id}"
    yield from map(chain.version, versions)
    yield "\nKeluarga dari waktu ke waktu:"
    homes = dict.fromkeys((row["periode"], row["keluarga_id"]) for row in rows if row["keluarga_id"])
    yield from [f"  {periode}: {home}" for periode, home in homes] or [chain.NOTHING]
    yield "\nBaris:"
    yield from chain.physical(rows)
    yield from _keys_and_pairs(asked, orang_id, [home for _, home in homes], None)


def _compared(asked: _Asked, row: Row) -> Iterator[str]:
    """What the row says, and what of it agrees with the person as he is known without it."""
    import pandas as pd  # noqa: PLC0415

    from resources import sides  # noqa: PLC0415
    from resources.words import words_of  # noqa: PLC0415

    work = State(asked.settings.rumah).work(row["periode"])
    cells = sides.rows(asked.warehouse, row["periode"], pd.DataFrame([row]), work).rows
    if cells.empty:
        yield "  isi: tidak ada lagi di folder keadaan; buka berkasnya pada baris itu"
    else:
        said = records(cells)[0]
        yield f"  isi: {chain.said_of(said)}"
        read = sides.read_cells(asked.warehouse, row["periode"], cells, work)
        if sides.has_card_from_above(read):
            yield "  No KK: kosong di berkasnya, diisi dari baris di atasnya menurut jawaban kosong:no_kk di pemetaan"
        unknown = said["tanggal_lahir"] is None and not said["tanggal_ragu"]
        if unknown and sides.has_unread_birth(read):
            yield "  tanggal lahir: terisi tetapi tidak terbaca, dianggap kosong"
    if not row["orang_id"]:
        return
    person = sides.persons(asked.warehouse, row["periode"], [row["orang_id"]], work, own=False).rows
    yield f"\nOrang: {row['orang_id']}, keluarga {row['keluarga_id']}"
    yield f"  {chain.said_of(records(person)[0])}"
    if len(cells):
        words = records(words_of(person, cells))[0]
        yield f"  sama: {words['sama'] or '-'}"
        yield f"  beda: {words['beda'] or '-'}"


def _keys_and_pairs(asked: _Asked, orang_id: str | None, homes: Iterable[str], row: Row | None) -> Iterator[str]:
    """What changed the keys, and the pairs with what was decided."""
    from resources.chain import changes_of, pairs_of  # noqa: PLC0415
    from resources.last_run import drop_read  # noqa: PLC0415
    from resources.pair_decisions import read_decisions  # noqa: PLC0415

    if orang_id:
        yield from chain.changes(records(changes_of(asked.warehouse, [orang_id, *homes])))
    yield "\nTinjauan dan keputusan:"
    own = Address(row["berkas"], row["lembar"], row["baris"]) if row else None
    pairs = records(pairs_of(asked.warehouse, orang_id, own))
    for pair in pairs:
        drop = drop_read(State(asked.settings.rumah).work(pair["periode"]), asked.settings.sumber)
        said = read_decisions(drop)
        yield from chain.pair(pair, records(said[said.tinjauan_id == pair["tinjauan_id"]]))
    if not pairs:
        yield chain.NOTHING
