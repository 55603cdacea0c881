"""The options that several commands have, and the values that they take: a wrong one is said as wrong usage."""

from collections.abc import Iterable
from pathlib import Path

import click

from commands.failures import OfficeError
from commands.language import option
from pipelines.declaration import Source
from pipelines.period import is_month
from resources.settings import Settings


class _Month(click.ParamType[str]):
    name = "YYYY-MM"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not is_month(value):
            self.fail("tulis tahun dan bulan, misalnya 2024-06.", param, ctx)
        return value


class _OfSource(click.ParamType[Source]):
    name = "SUMBER"

    def convert(self, value: str | Source, param: click.Parameter | None, ctx: click.Context | None) -> Source:
        from pipelines.sources import REGISTER  # noqa: PLC0415 - --help can do without

        if isinstance(value, Source):
            return value
        found = next((source for source in REGISTER if source.name == value), None)
        if found is None:
            self.fail(f"{value}; pilih dari {', '.join(source.name for source in REGISTER)}.", param, ctx)
        return found


class _Workbook(click.ParamType[Path]):
    name = "FILE.xlsx"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if Path(value).suffix.lower() != ".xlsx":
            self.fail("nama berkas harus berakhiran .xlsx.", param, ctx)
        return Path(value)


MONTH, SOURCE, WORKBOOK = _Month(), _OfSource(), _Workbook()

drop_option = option("--sumber", metavar="DIR", help="Folder kiriman.")
warehouse_option = option(
    "--gudang", metavar="URL", help="Alamat PostgreSQL sendiri; bawaan: gudang di folder keadaan."
)
latest_period_option = option("--periode", metavar="YYYY-MM", type=MONTH, help="Periode; bawaan: yang terakhir terbit.")


def one_of(name: str, word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The known name that was typed as option `name`, in whatever case; `otherwise`: what else might be given."""
    names = {each.casefold(): each for each in known}
    found = names.get(word.strip().replace("-", "_").casefold())
    if found is None:
        raise wrong(name, f"{word} tidak dikenal; pilih dari {', '.join(names.values())}{otherwise}.")
    return found


def drop_of(settings: Settings) -> Path:
    """The drop folder of the settings. OfficeError: it is a file, or there is none."""
    drop = settings.sumber
    if not drop.is_dir():
        what = "adalah berkas, bukan folder" if drop.exists() else "tidak ada"
        raise OfficeError(f"Folder kiriman {drop} {what}; sebutkan yang benar dengan --sumber atau PERLINSOS_SUMBER.")
    return drop


def wrong(name: str, sentence: str) -> click.BadParameter:
    """What to raise where the running command finds a value wrong by what it knows besides."""
    return click.BadParameter(sentence, param=parameter(name))


def parameter(name: str) -> click.Parameter:
    """A parameter of the running command."""
    return next(p for p in click.get_current_context().command.params if p.name == name)
