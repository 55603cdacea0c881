"""`perlinsos contoh`: an invented kabupaten, with the truth beside it."""

from pathlib import Path

import click

from commands.language import IndonesianCommand

_ORANG, _BENIH = 30_000, 7


@click.command(cls=IndonesianCommand)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--orang",
    default=_ORANG,
    show_default="30000",
    metavar="N",
    help="Banyaknya orang rekaan.",
    type=click.IntRange(100),
)
@click.option("--benih", default=_BENIH, show_default="7", metavar="S", help="Benih acak; benih sama, isi sama.")
def contoh(folder: Path, orang: int, benih: int) -> None:
    """Tulis kabupaten rekaan (dua periode, beserta kunci kebenarannya) ke DIR."""
    from pipelines.contoh import write_contoh  # noqa: PLC0415 - other commands do without it

    write_contoh(folder, orang=orang, benih=benih)
    click.echo(
        f"Kabupaten rekaan {orang:,} orang ditulis: {folder / 'sumber'} (kunci: {folder / 'kunci'})".replace(",", ".")
    )
