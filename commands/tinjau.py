"""`perlinsos tinjau`: the pairs that a person must judge: how many, as a workbook, and the answers taken back."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import OfficeError, said_plainly
from commands.keputusan import Judgement, judgement, take, withdraw
from commands.language import IndonesianCommand, option
from commands.numbers import count
from commands.values import WORKBOOK, latest_period_option, warehouse_option, wrong
from pipelines.judgement import Book
from pipelines.pair_decisions import wrong_reason
from resources.settings import settings_from

if TYPE_CHECKING:
    from resources.pairs import Pairs


@click.command(cls=IndonesianCommand)
@latest_period_option
@option(
    "--ekspor", metavar="FILE.xlsx", type=WORKBOOK,
    help="Tulis pasangan yang belum dijawab ke buku kerja; memuat data orang.",
)  # fmt: skip
@option("--masuk", metavar="FILE.xlsx", type=click.Path(path_type=Path), help="Baca jawaban dari buku kerja itu.")
@option("--cabut", metavar="TINJAUAN_ID", help="Cabut keputusan atas satu pasangan.")
@option("--alasan", metavar="TEKS", help="Mengapa keputusan itu dicabut, tanpa nomor orang.")
@warehouse_option
def tinjau(
    periode: str | None, ekspor: Path | None, masuk: Path | None, cabut: str | None, alasan: str | None,
    gudang: str | None,
) -> None:  # fmt: skip
    """Hitung pasangan yang harus diputus petugas, tulis ke buku kerja, baca jawabannya, atau cabut satu keputusan."""
    from resources.office import open_warehouse  # noqa: PLC0415 - a second of imports that --help can do without

    if sum(way is not None for way in (ekspor, masuk, cabut)) > 1:
        raise click.UsageError("Pilih satu saja: --ekspor, --masuk, atau --cabut.")
    if alasan and not cabut:
        raise click.UsageError("--alasan hanya untuk --cabut; alasan jawaban ditulis di buku kerjanya.")
    if complaint := wrong_reason(alasan or ""):
        raise wrong("alasan", f"{complaint}.")
    book = _read(masuk, periode) if masuk else None
    with said_plainly():
        warehouse = open_warehouse(settings_from(os.environ, gudang=gudang))
        asked = judgement(warehouse, settings_from(os.environ), book.periode if book else periode)
        if book:
            click.echo(take(asked, book))
        elif cabut:
            click.echo(withdraw(asked, cabut, " ".join((alasan or "").split())))
        elif ekspor:
            _export(asked, ekspor)
        else:
            _show(asked.pairs(), asked.periode)
        warehouse.close()


def _read(path: Path, periode: str | None) -> Book:
    """The answers of a workbook, of the period that was asked for where one was."""
    from resources.export import ExportError  # noqa: PLC0415
    from resources.pair_book import read_answers  # noqa: PLC0415

    try:
        book = read_answers(path)
    except ExportError as error:
        raise OfficeError(str(error)) from error
    if periode and periode != book.periode:
        raise OfficeError(f"{book.name}: isinya pasangan periode {book.periode}, bukan {periode}.")
    return book


def _show(pairs: "Pairs", periode: str) -> None:
    click.echo(f"Tinjauan periode {periode}")
    rows = int(pairs.open.orang_id_b.isna().sum())
    kinds = f": {count(len(pairs.open) - rows)} dua orang, {count(rows)} orang dan baris" if len(pairs.open) else ""
    click.echo(f"{count(len(pairs.open)):>8}  pasangan belum dijawab{kinds}")
    click.echo(f"{count(len(pairs.pending)):>8}  dijawab atau dicabut, berlaku bila periode itu dijalankan lagi")
    click.echo(f"{count(len(pairs.in_force)):>8}  sudah berlaku")
    if len(pairs.open):
        click.echo(f"\nUntuk menjawab: perlinsos tinjau --periode {periode} --ekspor pasangan.xlsx")


def _export(asked: Judgement, path: Path) -> None:
    from resources.export import ExportError  # noqa: PLC0415
    from resources.pair_book import write_pairs  # noqa: PLC0415
    from resources.pairs import with_sides  # noqa: PLC0415

    if path.exists():
        raise OfficeError(f"{path.name} sudah ada dan mungkin berisi jawaban; pilih nama lain.")
    left = asked.pairs().open
    if left.empty:
        click.echo(f"Tidak ada pasangan yang belum dijawab pada periode {asked.periode}.")
        return
    both, whole = with_sides(asked.warehouse, asked.periode, left, asked.work)
    try:
        write_pairs(path, both)
    except ExportError as error:
        raise OfficeError(str(error)) from error
    click.echo(f"Ditulis ke {path}: {count(len(left))} pasangan. Isinya data orang: hapus sesudah dijawab.")
    if not whole:
        click.echo("Sebagian isi baris dan nama ibu tidak ada lagi di folder keadaan.", err=True)
