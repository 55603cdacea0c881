"""`perlinsos desa`: one desa on the screen: its snapshot, the changes with their causes, the findings."""

import os
from typing import TYPE_CHECKING

import click

from commands.failures import OfficeError, said_plainly
from commands.language import IndonesianCommand
from commands.numbers import count
from commands.values import latest_period_option, warehouse_option

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("jumlah", "tetap", "masuk", "keluar", "pindah_masuk", "pindah_keluar")
_REGION = "select nama_desa, jenis, nama_kecamatan from dim_wilayah where kode_desa = :kode"
_NUMBERS = (
    "select program, satuan, jumlah, tetap, masuk, keluar, pindah_masuk, pindah_keluar from snapshot_desa"
    " where periode = :periode and kode_desa = :kode and program in (select program from snapshot_desa"
    " where periode = :periode group by program having sum(jumlah + keluar) > 0) order by program"
)
_CHANGES = (
    "select jenis, coalesce(sebab, '-') as sebab, program, count(*) as banyak from fakta_perubahan"
    " where periode = :periode and kode_desa = :kode"
    " group by jenis, sebab, program order by jenis, banyak desc, program"
)
_FINDINGS = (
    "select aturan, tingkat, count(*) as banyak from temuan where periode = :periode and kode_desa = :kode"
    " group by aturan, tingkat order by banyak desc, aturan"
)


@click.command(cls=IndonesianCommand)
@click.argument("kode", metavar="KODE")
@latest_period_option
@warehouse_option
def desa(kode: str, periode: str | None, gudang: str | None) -> None:
    """Tampilkan potret satu desa, perubahan, dan temuannya (KODE, misalnya 21.04.07.2005)."""
    from resources.office import open_warehouse  # noqa: PLC0415 - a second of imports that --help can do without
    from resources.settings import settings_from  # noqa: PLC0415
    from resources.standing import standing  # noqa: PLC0415

    with said_plainly():
        warehouse = open_warehouse(settings_from(os.environ, gudang=gudang))
        latest = warehouse.latest_period("snapshot_desa")
        if latest is None:
            raise OfficeError("Gudang masih kosong; jalankan dahulu: perlinsos pemutakhiran --periode YYYY-MM.")
        region = warehouse.query(_REGION, kode=kode)
        if region.empty:
            raise OfficeError(f"Desa {kode} tidak ada di gudang; tulis kode dengan titik, misalnya 21.04.07.2005.")
        periode = periode or latest
        numbers = warehouse.query(_NUMBERS, periode=periode, kode=kode)
        changes = warehouse.query(_CHANGES, periode=periode, kode=kode)
        findings = warehouse.query(_FINDINGS, periode=periode, kode=kode)
        if numbers.empty:
            raise OfficeError(f"Periode {periode} {standing(warehouse, periode)}.")
        warehouse.close()
    place = region.iloc[0]
    click.echo(
        f"{place.jenis.capitalize()} {place.nama_desa}, Kecamatan {place.nama_kecamatan} ({kode}), periode {periode}\n"
    )
    click.echo(_table(numbers))
    click.echo(f"\nPerubahan sejak periode sebelumnya: {count(int(changes.banyak.sum()))}")
    for change in changes.itertuples():
        kind = str(change.jenis).replace("_", " ")
        click.echo(f"  {count(int(str(change.banyak))):>6}  {change.program}: {kind}, sebab {change.sebab}")
    click.echo(f"\nTemuan: {count(int(findings.banyak.sum()))}")
    for row in findings.itertuples():
        click.echo(f"  {count(int(str(row.banyak))):>6}  {row.aturan} ({row.tingkat})")


def _table(numbers: "pd.DataFrame") -> str:
    shown = numbers.rename(columns={c: c.replace("_", " ") for c in numbers.columns})
    return str(shown.to_string(index=False, formatters={c.replace("_", " "): count for c in _COLUMNS}))
