"""`perlinsos karantina`: which rows were refused and why, by who sent them; and workbooks for the senders."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import OfficeError, said_plainly
from commands.language import IndonesianCommand, option
from commands.numbers import count
from commands.place_meant import desa_among
from commands.values import MONTH, SOURCE, warehouse_option
from pipelines.declaration import Source
from resources.settings import settings_from
from resources.state import State

if TYPE_CHECKING:
    import pandas as pd

    from resources.refusals import Refusals

_SHOWN = 3  # rows of a reason


@click.command(cls=IndonesianCommand)
@option("--periode", required=True, metavar="YYYY-MM", type=MONTH, help="Periode; wajib.")
@option("--desa", metavar="DESA", help="Desa ini saja, kode atau namanya: baris yang menyebutnya dan yang dikirimnya.")
@option("--sumber", metavar="NAMA", type=SOURCE, help="Sumber ini saja, misalnya blt_dd.")
@option(
    "--ekspor", metavar="DIR", type=click.Path(path_type=Path),
    help="Tulis satu buku kerja untuk tiap pengirim; memuat data orang.",
)  # fmt: skip
@warehouse_option
def karantina(periode: str, desa: str | None, sumber: Source | None, ekspor: Path | None, gudang: str | None) -> None:
    """Tampilkan baris yang ditolak menurut pengirim dan alasannya, atau tulis untuk dibetulkan pengirim."""
    from resources.office import open_warehouse  # noqa: PLC0415 - seconds of imports that --help can do without
    from resources.refusals import read_refusals  # noqa: PLC0415
    from resources.standing import state_of  # noqa: PLC0415

    settings = settings_from(os.environ, gudang=gudang)
    work = State(settings.rumah).work(periode)
    with said_plainly():
        warehouse = open_warehouse(settings)
        found = read_refusals(warehouse, periode, work)
        state = "terbit" if found and found.published else state_of(warehouse, periode)
        warehouse.close()
    if found is None:
        raise OfficeError(f"Periode {periode} {state}, dan belum ada proses yang sampai ke karantina.")
    if desa:
        desa = desa_among(found.regions, desa, "tabel wilayah").kode
    found = found.of(sumber.name if sumber else None, desa)
    _show(found, desa, state)
    if ekspor:
        _export(found, ekspor, work)


def _show(found: "Refusals", desa: str | None, state: str) -> None:
    shown = state if found.published else f"{state.upper()}; menurut proses terakhir"
    click.echo(f"Karantina periode {found.periode} ({shown})")
    rows = found.rows
    for sender, of in rows.groupby("pengirim"):
        lines = of[["berkas", "lembar", "baris"]].drop_duplicates()
        name = found.name(str(sender))
        click.echo(f"\n{sender}{f' ({name})' if name else ''}: {count(len(lines))} baris ditolak")
        reasons = of.groupby(["alasan", "pesan"]).size().sort_values(ascending=False)
        for code, sentence, many in reasons.reset_index(name="banyak").to_numpy():
            click.echo(f"{count(int(many)):>8}  {code}: {sentence}")
            click.echo(f"          {_places(of[(of.alasan == code) & (of.pesan == sentence)])}")
    whole = "" if not desa else f" menyangkut desa {desa}; seluruhnya"
    click.echo(f"\nJumlah: {count(found.refused)} baris ditolak{whole}, menurut neraca {count(found.balance)}.")
    if len(rows) > found.refused:
        click.echo("Satu baris dapat mempunyai beberapa alasan.")


def _places(rows: "pd.DataFrame") -> str:
    """Where the first rows of a reason stand, as `perlinsos mengapa` takes it: file:sheet:row."""
    from pipelines.reading.errors import without_numbers  # noqa: PLC0415

    places = rows[["berkas", "lembar", "baris"]].drop_duplicates().sort_values(["berkas", "lembar", "baris"])
    shown = [f"{without_numbers(f'{p.berkas}:{p.lembar}')}:{p.baris}" for p in places.head(_SHOWN).itertuples()]
    return ", ".join([*shown, *(["..."] if len(places) > _SHOWN else [])])


def _export(found: "Refusals", folder: Path, work: Path) -> None:
    from resources.export import ExportError, file_names, private_folder, write_workbook  # noqa: PLC0415
    from resources.sent_back import sent_back  # noqa: PLC0415

    books = {
        sumber: dict(zip(senders, file_names(sumber, map(found.name, senders), found.periode), strict=True))
        for sumber, senders in found.senders().items()
    }
    names = [name for of in books.values() for name in of.values()]
    if not names:
        click.echo("Tidak ada yang harus dikembalikan; tidak ada yang ditulis.")
        return
    if there := [name for name in names if (folder / name).exists()]:
        raise OfficeError(
            f"{count(len(there))} buku kerja sudah ada di {folder}, misalnya {there[0]}, dan mungkin berisi catatan; "
            "pilih folder lain. Tidak ada yang ditulis."
        )
    try:
        private_folder(folder)
        for sumber, of in books.items():
            tables, whole = sent_back(found, sumber, work)
            for sender, rows in tables.items():
                write_workbook(folder / of[sender], rows)
            if not whole:
                click.echo(f"{sumber}: isi sel sebagian atau semuanya tidak ada lagi di folder keadaan.", err=True)
    except ExportError as error:
        raise OfficeError(str(error)) from error
    click.echo(f"Ditulis ke {folder}: {count(len(names))} buku kerja. Isinya data orang: kirim ke pengirimnya saja.")
