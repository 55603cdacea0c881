"""`perlinsos desa`: one desa on the screen: its snapshot, the changes with their causes, the findings."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from commands.failures import OfficeError, said_plainly
from commands.language import IndonesianCommand
from commands.numbers import count
from commands.place_meant import desa_meant
from commands.values import latest_period_option, warehouse_option
from pipelines.causes import with_words

if TYPE_CHECKING:
    import pandas as pd

_BEFORE = "select max(periode) as sebelum from publikasi where berlaku and periode < :periode"
_FIRST = "Periode pertama, belum ada pembanding: yang masuk, keluar, dan pindah dihitung mulai periode berikutnya."
_COLUMNS = ("jumlah", "tetap", "masuk", "keluar", "pindah_masuk", "pindah_keluar")
_NUMBERS = (
    "select program, satuan, jumlah, tetap, masuk, keluar, pindah_masuk, pindah_keluar from snapshot_desa"
    " where periode = :periode and kode_desa = :kode and program in (select program from snapshot_desa"
    " where periode = :periode group by program having sum(jumlah + keluar) > 0) order by program"
)
_CHANGES = (
    "select jenis, coalesce(sebab, '-') as sebab, program, count(*) as banyak from fakta_perubahan"
    " where periode = :periode and kode_desa = :kode"
    " group by jenis, sebab, program order by jenis, banyak desc, program, sebab"
)
_ABSENT = (
    "select t.program, t.sejak, t.pengirim, p.satuan, max(k.alasan) as alasan,"
    " count(distinct case p.satuan when 'orang' then t.orang_id else t.keluarga_id end) as banyak"
    " from daftar_tidak_dikirim t join dim_program p using (program) left join konfirmasi k"
    " on k.periode = t.sejak and k.pengirim = t.pengirim and k.aturan = 'CAKUPAN_DESA_HILANG'"
    " where t.periode = :periode and t.kode_desa = :kode"
    " group by t.program, t.sejak, t.pengirim, p.satuan order by t.program, t.sejak, t.pengirim"
)
_REFUSED = (
    "select count(*) as banyak from (select distinct berkas, lembar, baris from karantina"
    " where periode = :periode and kode_desa = :kode) baris"
)
_FINDINGS = (
    "select aturan, tingkat, count(*) as banyak from temuan where periode = :periode and kode_desa = :kode"
    " group by aturan, tingkat order by banyak desc, aturan"
)

_ASK = "perlinsos karantina --periode {} --desa {}"


@click.command(cls=IndonesianCommand)
@click.argument("desa", metavar="DESA")
@latest_period_option
@warehouse_option
def desa(desa: str, periode: str | None, gudang: str | None) -> None:
    """Tampilkan potret satu desa, perubahan, dan temuannya (DESA: kode atau namanya, misalnya "Sungai Pinang")."""
    from resources.office import open_warehouse  # noqa: PLC0415 - a second of imports that --help can do without
    from resources.settings import settings_from  # noqa: PLC0415
    from resources.standing import standing  # noqa: PLC0415

    with said_plainly():
        warehouse = open_warehouse(settings_from(os.environ, gudang=gudang))
        latest = warehouse.latest_period("snapshot_desa")
        if latest is None:
            raise OfficeError("Gudang masih kosong; jalankan dahulu: perlinsos pemutakhiran --periode YYYY-MM.")
        place = desa_meant(warehouse, desa)
        kode, periode = place.kode, periode or latest
        before = warehouse.query(_BEFORE, periode=periode).sebelum[0]
        numbers = warehouse.query(_NUMBERS, periode=periode, kode=kode)
        changes = warehouse.query(_CHANGES, periode=periode, kode=kode)
        absent = warehouse.query(_ABSENT, periode=periode, kode=kode)
        refused = int(warehouse.query(_REFUSED, periode=periode, kode=kode).banyak[0])
        findings = warehouse.query(_FINDINGS, periode=periode, kode=kode)
        if numbers.empty:
            raise OfficeError(f"Periode {periode} {standing(warehouse, periode)}.")
        warehouse.close()
    click.echo(f"{place.title}, periode {periode}\n")
    if before is None:
        click.echo(_table(numbers[["program", "satuan", "jumlah"]]))
        click.echo(f"\n{_FIRST}")
    else:
        click.echo(_table(numbers))
        click.echo(f"\nPerubahan sejak periode sebelumnya ({before}): {count(int(changes.banyak.sum()))}")
    for change in changes.itertuples():
        kind = str(change.jenis).replace("_", " ")
        click.echo(
            f"  {count(int(str(change.banyak))):>6}  {change.program}: {kind}, sebab {with_words(str(change.sebab))}"
        )
    if len(absent):
        click.echo("\n".join(_unsent(absent)))
    if refused:
        click.echo(f"\nBaris daftar desa ini di karantina: {count(refused)}; lihat: {_ASK.format(periode, kode)}")
    click.echo(f"\nTemuan: {count(int(findings.banyak.sum()))}")
    for row in findings.itertuples():
        click.echo(f"  {count(int(str(row.banyak))):>6}  {row.aturan} ({row.tingkat})")


def _unsent(absent: "pd.DataFrame") -> Iterator[str]:
    """The lists that nobody sent, and what that does to the numbers above."""
    yield "\nDaftar yang tidak dikirim:"
    for row in absent.itertuples():
        stood = f"{count(int(str(row.banyak)))} {row.satuan} pada daftar terakhirnya"
        why = "tidak ditanyakan, karena hanya satu dua baris"
        if row.alasan is not None:
            why = f"dikonfirmasi petugas: {row.alasan!s}"
        yield f"  {row.program} sejak {row.sejak} ({row.pengirim}): {stood}; {why}"
    yield "  Dihitung keluar (DAFTAR_TIDAK_DIKIRIM), lalu masuk bila daftarnya dikirim lagi (DAFTAR_DIKIRIM_LAGI)."


def _table(numbers: "pd.DataFrame") -> str:
    shown = numbers.rename(columns={c: c.replace("_", " ") for c in numbers.columns})
    formats = {c.replace("_", " "): count for c in _COLUMNS if c in numbers}
    return str(shown.to_string(index=False, formatters=formats))
