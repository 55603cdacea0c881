"""The command line `perlinsos`: one file a command; what it prints is Indonesian.

Belongs here: options, progress, the words on the screen. Does not belong here: a rule about the data, a connection.
"""

import gc
import sys

import click

from commands.asesmen import asesmen
from commands.contoh import contoh
from commands.desa import desa
from commands.failures import INTERRUPTED, OfficeError
from commands.gudang import gudang
from commands.karantina import karantina
from commands.konfirmasi import konfirmasi
from commands.language import Indonesian, said_in_indonesian
from commands.mengapa import mengapa
from commands.pemutakhiran import pemutakhiran
from commands.periksa import periksa
from commands.simulasi import simulasi
from commands.temuan import temuan
from commands.tinjau import tinjau
from commands.ui import ui
from resources.garbage import seldom_collected

ERROR, USAGE = 1, 2


@click.group(
    cls=Indonesian,
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help"]},
)
@click.option("--debug", is_flag=True, help="Tampilkan jejak kesalahan program secara lengkap.")
@click.pass_context
def perlinsos(context: click.Context, debug: bool) -> None:
    """Satukan daftar bantuan sosial satu kabupaten menjadi satu gudang dan potret setiap desa."""
    context.obj = debug
    if context.invoked_subcommand is None:
        raise click.UsageError("Sebutkan perintahnya.", context)


for command in (
    contoh, periksa, pemutakhiran, konfirmasi, karantina, tinjau, mengapa, temuan, simulasi, gudang, desa, asesmen, ui,
):  # fmt: skip
    perlinsos.add_command(command)


@seldom_collected()
def main() -> None:
    """Run the command line; exit codes: 0 done, 1 error, 2 usage, 3 blocked by a check, 75 already running,
    130 interrupted."""
    debug = "--debug" in sys.argv
    try:
        sys.exit(perlinsos.main(prog_name="perlinsos", standalone_mode=False) or 0)
    except click.UsageError as error:
        click.echo(said_in_indonesian(error), err=True)
        sys.exit(USAGE)
    except click.Abort:
        click.echo("Dihentikan.", err=True)
        sys.exit(INTERRUPTED)
    except OfficeError as error:
        click.echo(str(error), err=True)
        sys.exit(error.code)
    except Exception as error:  # the last resort: an officer sees a sentence, a developer asks for the trace
        if debug:
            raise
        click.echo(
            f"Galat yang tidak terduga ({type(error).__name__}). Ulangi dengan --debug untuk rinciannya.",
            err=True,
        )
        sys.exit(ERROR)
    finally:
        gc.freeze()  # the process ends: to look through its garbage once more takes a second
