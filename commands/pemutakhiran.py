"""`perlinsos pemutakhiran`: the Dagster job for one period, with progress on the screen."""

import os

import click

from commands.failures import BLOCKED, OfficeError, said_plainly
from commands.language import IndonesianCommand
from commands.numbers import count
from pipelines.period import is_month


@click.command(cls=IndonesianCommand)
@click.option("--periode", required=True, metavar="YYYY-MM", help="Periode yang dimutakhirkan, misalnya 2024-06.")
@click.option("--sumber", metavar="DIR", help="Folder kiriman.")
@click.option("--gudang", metavar="URL", help="Alamat PostgreSQL sendiri; bawaan: gudang di folder keadaan.")
@click.option("--hanya-sumber", multiple=True, metavar="NAMA", help="Baca ulang sumber ini saja (boleh berulang).")
@click.option("--hanya-desa", multiple=True, metavar="KODE", help="Baca ulang berkas desa ini saja (boleh berulang).")
@click.pass_obj
def pemutakhiran(
    debug: bool,
    periode: str,
    sumber: str | None,
    gudang: str | None,
    hanya_sumber: tuple[str, ...],
    hanya_desa: tuple[str, ...],
) -> None:
    """Mutakhirkan satu periode: baca kiriman, tautkan, potret tiap desa, nilai, terbitkan."""
    if not is_month(periode):
        raise click.BadParameter(
            "tulis tahun dan bulan, misalnya 2024-06.", param_hint="--periode", param=_parameter("periode")
        )
    from commands.run import Run  # noqa: PLC0415 - four seconds of imports that --help can do without
    from resources.office import open_warehouse, sole_run  # noqa: PLC0415
    from resources.settings import settings_from  # noqa: PLC0415
    from resources.state import State  # noqa: PLC0415

    settings = settings_from(os.environ, sumber, gudang)
    if not settings.sumber.joinpath(periode).is_dir():
        raise OfficeError(
            f"Folder kiriman {settings.sumber} tidak memuat periode {periode}; taruh berkas di {periode}/<sumber>/."
        )
    with said_plainly():
        with sole_run(State(settings.rumah)):
            pass  # only to ask: the run itself takes the lock
        run = Run(settings, os.environ, periode, hanya_sumber, hanya_desa)
        outcome = run.execute(lambda line: click.echo(line, err=True))
        if outcome.blocked:
            raise OfficeError(
                "\n".join([*outcome.sentences, f"Periode {periode} tidak diterbitkan: ditahan oleh pemeriksaan."]),
                BLOCKED,
            )
        if not outcome.success:
            if debug:
                click.echo(outcome.trace, err=True)
            raise OfficeError("\n".join([*outcome.sentences, f"Periode {periode} tidak diterbitkan."]))
        warehouse = open_warehouse(settings)
        figures = warehouse.query(_FIGURES, periode=periode).iloc[0]
        warehouse.close()
    verb = "Terbit" if outcome.new else "Tidak ada yang berubah; tetap terbit"
    click.echo(
        f"{verb} {periode}: {count(int(figures.orang))} orang, {count(int(figures.karantina))} karantina, "
        f"neraca {count(int(figures.neraca))}"
    )


_FIGURES = """
select (select count(distinct orang_id) from jejak_baris where periode = :periode) as orang,
       (select count(*) from jejak_baris where periode = :periode and nasib = 'dikarantina') as karantina,
       (select coalesce(sum(dibaca - dimuat - diperbaiki - dikarantina - duplikat - diabaikan), 0)
          from neraca_baris where periode = :periode) as neraca
"""


def _parameter(name: str) -> click.Parameter:
    return next(p for p in pemutakhiran.params if p.name == name)
