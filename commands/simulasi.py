"""`perlinsos simulasi`: what a rule would flag, by desa, before it is switched on; nothing is published."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import OfficeError, said_plainly
from commands.language import IndonesianCommand, option
from commands.numbers import count
from commands.values import MONTH, drop_of, one_of
from resources.settings import settings_from
from resources.state import State

if TYPE_CHECKING:
    from resources.simulation import Simulation


@click.command(cls=IndonesianCommand)
@click.argument("aturan", metavar="ATURAN")
@option("--periode", metavar="YYYY-MM", type=MONTH, help="Periode; bawaan: yang terakhir dijalankan.")
@option("--sumber", metavar="DIR", help="Folder kiriman, tempat aturan kantor.")
def simulasi(aturan: str, periode: str | None, sumber: str | None) -> None:
    """Hitung yang akan ditandai satu aturan sebelum dinyalakan (ATURAN: namanya, atau berkas aturan)."""
    from pipelines.reading.errors import without_numbers  # noqa: PLC0415 - seconds of imports that --help can do without
    from pipelines.rulebook import year_of  # noqa: PLC0415
    from pipelines.sources import REGISTER  # noqa: PLC0415
    from resources.rulebook import read_entries, read_rules  # noqa: PLC0415
    from resources.simulation import last_period, simulate  # noqa: PLC0415

    settings = settings_from(os.environ, sumber)
    state = State(settings.rumah)
    of = periode or last_period(state)
    if of is None:
        raise OfficeError(
            "Belum ada proses yang sampai ke temuan; jalankan dahulu: perlinsos pemutakhiran --periode YYYY-MM."
        )
    drop = drop_of(settings) if sumber else settings.sumber
    with said_plainly():
        book = read_rules(drop, REGISTER)
        if aturan.casefold().endswith(".toml"):
            path = Path(aturan)
            year = year_of(path.stem) or int(of[:4])
            tried = read_entries(path, without_numbers(aturan), year, REGISTER, book)
            if not tried:
                raise OfficeError(f"{without_numbers(aturan)} tidak memuat aturan.")
        else:
            aturan, tried = one_of("aturan", aturan, book.kinds(), ", atau tulis berkas .toml"), ()
        names = list(dict.fromkeys(entry.aturan for entry in tried)) or [aturan]
        off = [entry.aturan for entry in tried if entry.says.get("menyala") is False]
        told = simulate(state, of, REGISTER, [book.rule(name, of, tried) for name in names], off)
    click.echo(f"Simulasi atas proses terakhir periode {of}; tidak ada yang diterbitkan.")
    for simulation in told:
        _show(simulation, off)


def _show(told: "Simulation", off: list[str]) -> None:
    rule = told.rule
    sentence = rule.keterangan.replace("{program}", " atau ".join(rule.given.get("program", ["satu program"])))
    click.echo(f"\n{rule.aturan} ({rule.tingkat}{', dimatikan' if rule.aturan in off else ''}): {sentence}")
    columns = ("ditandai", "baru", "tidak_lagi")
    width = max([len("Jumlah"), *(len(str(name)) for name in told.desa.nama)])
    click.echo(f"  {told.satuan:<{width}}" + "".join(f"{c.replace('_', ' '):>12}" for c in columns))
    for row in told.desa.sort_values(["ditandai", "nama"], ascending=[False, True]).to_dict("records"):
        click.echo(f"  {row['nama']:<{width}}" + "".join(f"{count(int(row[c])):>12}" for c in columns))
    click.echo(f"  {'Jumlah':<{width}}" + "".join(f"{count(told.total(c)):>12}" for c in columns))
    click.echo(f"  Di antaranya {count(told.tanpa_temuan)} keluarga yang belum ditandai aturan mana pun.")
