"""`perlinsos periksa`: what the program understands of files, before anything is written."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import click

from commands.failures import BLOCKED, OfficeError, said_plainly
from commands.language import IndonesianCommand, option
from commands.numbers import count
from commands.values import MONTH, SOURCE, drop_of, drop_option, warehouse_option, wrong
from pipelines.declaration import Source
from pipelines.period import is_month
from resources.settings import settings_from

if TYPE_CHECKING:
    from pipelines.reading import DropFile
    from resources.drop import Drop
    from resources.preflight import Look, Preflight


# What an officer is told to write lies in the drop folder, wherever the file lies that he asks about.
_ANSWERED = re.compile(r"(?<![\w/])(pemetaan|sandi)/")
_MANY = 20  # files from elsewhere: each is tried as every source


class _Delivery(NamedTuple):
    """Files to look at as one source's; `whole`: all that there are of it."""

    source: Source
    files: "list[DropFile]"
    whole: bool = False


@click.command(cls=IndonesianCommand)
@click.argument("tempat", metavar="[BERKAS|DIR]", required=False, type=click.Path(path_type=Path))
@option(
    "--periode", metavar="YYYY-MM", type=MONTH,
    help="Periode; bawaan: menurut foldernya, atau yang terbaru di folder kiriman.",
)  # fmt: skip
@option("--sebagai", metavar="SUMBER", type=SOURCE, help="Baca sebagai sumber ini, misalnya blt_dd.")
@drop_option
@warehouse_option
def periksa(
    tempat: Path | None, periode: str | None, sebagai: Source | None, sumber: str | None, gudang: str | None
) -> None:
    """Periksa kiriman tanpa menulis apa pun: bentuk, kepala tabel, arti kolom, dan perkiraan karantina."""
    from pipelines.reading.errors import without_numbers  # noqa: PLC0415 - seconds of imports that --help can do without
    from resources.drop import Drop  # noqa: PLC0415
    from resources.office import open_warehouse_if_any  # noqa: PLC0415
    from resources.preflight import Preflight  # noqa: PLC0415

    if tempat is not None and not tempat.exists():
        raise wrong("tempat", "tidak ada di sana.")
    settings = settings_from(os.environ, sumber, gudang)
    root, periode, below = _place(tempat, periode, settings.sumber)
    drop = Drop(drop_of(replace(settings, sumber=root)) if below is None else root)
    periode = periode or next(iter(reversed(drop.periods())), None)
    if periode is None and below is not None:
        periode = f"{datetime.now(ZoneInfo('Asia/Jakarta')):%Y-%m}"
    if periode is None:
        raise OfficeError(f"Folder kiriman {root} belum memuat satu periode pun; buat folder YYYY-MM di sana.")
    with said_plainly():
        warehouse = open_warehouse_if_any(settings)
        preflight = Preflight(drop, warehouse, _register())
        if below is None or _is_laid(below, root / periode, sebagai):
            deliveries = list(_delivered(drop, periode, below, sebagai))
        else:
            deliveries = [_recognised(preflight, periode, below, sebagai)]
            place = root.resolve() / periode / deliveries[0].source.name
            click.echo(f"{without_numbers(str(below))}: dibaca seakan sudah ditaruh di {place}/")
        looked = [preflight.look(periode, d.source, d.files, whole=d.whole) for d in deliveries]
        missing = drop.missing(periode, _register()) if below is None else []
        unread = drop.unread(periode, _register()) if below is None else []
        if warehouse:
            warehouse.close()
    _tell(root.resolve(), periode, looked, missing, unread)


def _tell(root: Path, periode: str, looked: "list[Look]", missing: list[str], unread: list[str]) -> None:
    """All that was seen, a line that sums it up, and exit code 3 where it would be blocked."""
    from pipelines.preflight import told  # noqa: PLC0415
    from pipelines.reading.errors import without_numbers  # noqa: PLC0415

    stopped = []
    for source, views, asked in looked:
        if views or asked:
            click.echo(f"{source.title} ({source.name})")
        for view in views:
            click.echo(_ANSWERED.sub(rf"{root}/\1/", "\n".join(told(view, source.max_drift))))
            if view.stopped_by(source.max_drift):
                stopped.append(view.berkas)
        for question in asked:
            click.echo(f"  AKAN DITANYAKAN, {question.aturan}: {question.told(periode)}")
        if asked and any(view.failure for view in views):
            click.echo("    Yang tidak ada mungkin berkas yang tidak dapat dibaca di atas: betulkan dahulu.")
    for name in missing:
        click.echo(f"Belum ada berkas sumber wajib {name}: taruh di {periode}/{name}/.")
    for name in unread:
        click.echo(f"Tidak akan dibaca: {name}.")
    every = [view for look in looked for view in look.views]
    questions = sum(len(look.asked) for look in looked)
    rows, refused = sum(v.rows for v in every), sum(v.refused_rows for v in every)
    doubts = sum(sum(v.doubtful.values()) for v in every)
    click.echo(
        f"Periksa {periode}: {count(len(every))} berkas, {count(rows)} baris data, {count(refused)} diperkirakan masuk "
        f"karantina, {count(doubts)} perlu bukti lain; tidak ada yang ditulis."
    )
    if questions:
        click.echo("Pertanyaan di atas dapat dikonfirmasi sesudah pemutakhiran menanyakannya.")
    if stopped or missing or questions:
        problems = [f"{len(stopped)} berkas bermasalah"] if stopped else []
        problems += [f"{len(missing)} sumber wajib belum ada"] if missing else []
        problems += [f"{questions} pertanyaan tentang pengirim"] if questions else []
        files = "\n".join(without_numbers(name) for name in stopped)
        raise OfficeError(f"Kiriman ini akan ditahan: {', '.join(problems)}.\n{files}".rstrip(), BLOCKED)


def _place(tempat: Path | None, periode: str | None, drop: Path) -> tuple[Path, str | None, Path | None]:
    """The drop folder, the period and what below it is asked about (None: all of the period)."""
    if tempat is None:
        return drop, periode, None
    tempat = tempat.resolve()
    for folder in (tempat, *tempat.parents):
        if is_month(folder.name) and folder.is_dir():
            is_drop = tempat == folder or any((folder / source.name).is_dir() for source in _register())
            return folder.parent if is_drop else drop, folder.name, tempat if tempat != folder else None
    if tempat.is_dir() and any(is_month(p.name) for p in tempat.iterdir() if p.is_dir()):
        return tempat, periode, None
    return drop, periode, tempat


def _is_laid(below: Path, folder: Path, sebagai: Source | None) -> bool:
    """Whether a place lies where a run reads the files of its source, or of the one that is named."""
    return any(below.is_relative_to((folder / s.name).resolve()) for s in ([sebagai] if sebagai else _register()))


def _delivered(drop: "Drop", periode: str, below: Path | None, sebagai: Source | None) -> Iterator[_Delivery]:
    """The files that lie where a run would look for them."""
    for source in [sebagai] if sebagai else _register():
        files = drop.files(periode, source.name)
        chosen = [f for f in files if below is None or f.path.resolve().is_relative_to(below)]
        stands = files or drop.delivery(periode, source)[1]  # where nothing stands, who sent before is absent
        due = source.at(periode).mandatory  # and told as missing
        if below is None and (files or not (stands or due)):
            yield _Delivery(source, files, whole=True)
        elif chosen:
            yield _Delivery(source, chosen, whole=bool(below and below.is_dir() and chosen == files))


def _recognised(preflight: "Preflight", periode: str, below: Path, sebagai: Source | None) -> _Delivery:
    """Files from elsewhere, as the one source that can read them all, or the one that is named."""
    from pipelines.reading.errors import without_numbers  # noqa: PLC0415

    paths = list(_files(below) if sebagai else islice(_files(below), _MANY + 1))
    if not sebagai and len(paths) > _MANY:
        raise OfficeError("Folder ini bukan folder periode (YYYY-MM) dan berisi banyak berkas; sebutkan --sebagai.")
    if sebagai:
        chosen = [sebagai]
    else:
        tried = replace(preflight, warehouse=None, register=())
        chosen = [
            s for s in _register()
            if not any(v.failure for v in tried.look(periode, s, [_file(p, periode, s.name) for p in paths]).views)
        ]  # fmt: skip
    if len(chosen) != 1:
        names = ", ".join(s.name for s in chosen or _register())
        raise OfficeError(
            f"{without_numbers(below.name)} tidak dikenali sebagai tepat satu sumber; sebutkan --sebagai ({names})."
        )
    source = chosen[0]
    return _Delivery(source, [_file(p, periode, source.name) for p in paths])


def _files(below: Path) -> Iterator[Path]:
    """The files below a place, hidden ones and those in hidden folders left out."""
    if below.is_file():
        yield below
        return
    from pipelines.reading.files import is_system_file  # noqa: PLC0415

    for path in sorted(p for p in below.iterdir() if not is_system_file(p.name)):
        yield from _files(path)


def _file(path: Path, periode: str, source: str) -> "DropFile":
    from pipelines.reading import DropFile  # noqa: PLC0415

    return DropFile(path, f"{periode}/{source}/{path.name}")


def _register() -> tuple[Source, ...]:
    from pipelines.sources import REGISTER  # noqa: PLC0415

    return REGISTER
