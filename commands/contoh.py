"""`perlinsos contoh`: an invented kabupaten, with the truth beside it."""

from pathlib import Path

import click

from commands.failures import OfficeError
from commands.language import IndonesianCommand, option
from resources.denial import denial

_ORANG, _BENIH = 30_000, 7


@click.command(cls=IndonesianCommand)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option(
    "--orang",
    default=_ORANG,
    show_default="30000",
    metavar="N",
    help="Banyaknya orang rekaan, paling sedikit 100; bawaan 30000.",
    type=click.IntRange(100),
)
@option("--benih", default=_BENIH, metavar="S", help="Benih acak; benih sama, isi sama; bawaan 7.")
def contoh(folder: Path, orang: int, benih: int) -> None:
    """Tulis kabupaten rekaan (dua periode, beserta kunci kebenarannya) ke DIR."""
    from pipelines.contoh import write_contoh  # noqa: PLC0415 - other commands do without it

    try:
        write_contoh(folder, orang=orang, benih=benih, kohort=True)
    except OSError as error:
        raise OfficeError(f"{folder} tidak dapat ditulis ({denial(error)}); pilih folder lain.") from error
    click.echo(
        f"Kabupaten rekaan {orang:,} orang ditulis: {folder / 'sumber'} (kunci: {folder / 'kunci'})".replace(",", ".")
    )
