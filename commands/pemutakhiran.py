"""`perlinsos pemutakhiran`: the Dagster job for one period, with progress on the screen."""

import os
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

import click

from commands.failures import BLOCKED, INTERRUPTED, OfficeError, said_plainly
from commands.language import IndonesianCommand, option
from commands.numbers import count
from commands.place_meant import desa_among
from commands.values import MONTH, SOURCE, drop_of, drop_option, warehouse_option, wrong
from pipelines.declaration import Source
from resources.postgres import EmbeddedPostgres, PostgresError
from resources.settings import Settings, settings_from
from resources.state import State, StateError

if TYPE_CHECKING:
    from resources.drop import Drop


@click.command(cls=IndonesianCommand)
@option(
    "--periode",
    required=True,
    metavar="YYYY-MM",
    type=MONTH,
    help="Periode yang dimutakhirkan, misalnya 2024-06; wajib.",
)
@drop_option
@warehouse_option
@option(
    "--hanya-sumber", multiple=True, metavar="NAMA", type=SOURCE, help="Baca ulang sumber ini saja (boleh berulang)."
)
@option(
    "--hanya-desa",
    multiple=True,
    metavar="DESA",
    help="Baca ulang berkas desa ini saja, kode atau namanya (boleh berulang).",
)
@click.pass_obj
def pemutakhiran(
    debug: bool,
    periode: str,
    sumber: str | None,
    gudang: str | None,
    hanya_sumber: tuple[Source, ...],
    hanya_desa: tuple[str, ...],
) -> None:
    """Mutakhirkan satu periode: baca kiriman, tautkan, potret tiap desa, nilai, terbitkan."""
    settings = settings_from(os.environ, sumber, gudang)
    if not drop_of(settings).joinpath(periode).is_dir():
        raise OfficeError(
            f"Folder kiriman {settings.sumber} tidak memuat periode {periode}; taruh berkas di {periode}/<sumber>/."
        )
    Thread(target=_start_server, args=[settings], daemon=True).start()  # while the libraries load
    from assets.partitions import PERIODS  # noqa: PLC0415 - seconds of imports that --help can do without
    from commands.run import Run  # noqa: PLC0415
    from pipelines.sources import REGISTER  # noqa: PLC0415
    from resources.drop import Drop  # noqa: PLC0415
    from resources.exclusion import sole_run  # noqa: PLC0415
    from resources.office import open_warehouse  # noqa: PLC0415

    if not PERIODS.has_partition_key(periode):
        raise wrong("periode", "periode ini belum mulai atau sebelum 2020.")
    desa = _desa_meant(Drop(settings.sumber), hanya_desa) if hanya_desa else ()
    with said_plainly():
        with sole_run(State(settings.rumah)):
            pass  # only to ask: the run itself takes the lock
        run = Run(settings, os.environ, periode, tuple(s.name for s in hanya_sumber), desa)
        try:
            outcome = run.execute(lambda line: click.echo(line, err=True))
        except KeyboardInterrupt:
            raise OfficeError(_STOPPED, INTERRUPTED) from None
        drop = Drop(settings.sumber)
        for name in drop.unread(periode, REGISTER):
            click.echo(f"Tidak dibaca: {name}.", err=True)
        for note in outcome.notes:
            click.echo(f"Perhatikan: {note}.", err=True)
        if outcome.blocked:
            raise OfficeError(
                "\n".join([*outcome.sentences, f"Periode {periode} tidak diterbitkan: ditahan oleh pemeriksaan."]),
                BLOCKED,
            )
        if not outcome.success:
            if debug:
                click.echo(outcome.trace, err=True)
            raise OfficeError("\n".join([*outcome.sentences, f"Periode {periode} tidak diterbitkan."]))
        earlier = {s.title: drop.delivery(periode, s)[0] for s in REGISTER}
        warehouse = open_warehouse(settings)
        figures = warehouse.query(_FIGURES, periode=periode).iloc[0]
        warehouse.close()
    if outcome.withdrawn != "-":
        click.echo(f"Ditarik: {outcome.withdrawn}, karena disusun atas terbitan lama {periode}; jalankan ulang.")
    for title, delivered in earlier.items():
        if delivered != periode:
            click.echo(f"{title}: memakai kiriman {delivered}, yang masih berlaku.", err=True)
    verb = "Terbit" if outcome.new else "Tidak ada yang berubah; tetap terbit"
    click.echo(
        f"{verb} {periode}: {count(int(figures.orang))} orang, {count(int(figures.karantina))} karantina, "
        f"neraca {count(int(figures.neraca))}"
    )


_STOPPED = (
    "Dihentikan; proses ini tidak menerbitkan apa pun, dan yang sudah terbit tetap berlaku. "
    "Jalankan lagi perintah yang sama."
)
_FIGURES = """
select (select count(distinct orang_id) from jejak_baris where periode = :periode) as orang,
       (select count(*) from jejak_baris where periode = :periode and nasib = 'dikarantina') as karantina,
       (select coalesce(sum(dibaca - dimuat - diperbaiki - dikarantina - duplikat - diabaikan), 0)
          from neraca_baris where periode = :periode) as neraca
"""


def _desa_meant(drop: "Drop", said: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of the desa that are named; one that there is not is refused, for nothing would be read again."""
    with said_plainly():
        regions = drop.regions()
    return tuple(desa_among(regions, each, "tabel wilayah").kode for each in said)


def _start_server(settings: Settings) -> None:
    """Start the embedded server ahead of time; what fails here is told by the run itself."""
    if not settings.gudang:
        with suppress(PostgresError, StateError, OSError):
            State(settings.rumah).prepare()
            EmbeddedPostgres(State(settings.rumah).postgres).start()
