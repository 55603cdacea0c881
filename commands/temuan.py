"""`perlinsos temuan`: the findings of a period by rule and status, and an officer's decision about one of them."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import OfficeError, said_plainly
from commands.language import IndonesianCommand, option
from commands.numbers import count
from commands.place_meant import desa_meant
from commands.signature import signed
from commands.values import WORKBOOK, latest_period_option, one_of, parameter, warehouse_option, wrong
from pipelines.confirmation import CLOSED, CONFIRMED, DECISIONS, OPENED
from resources.settings import Settings, settings_from
from resources.state import State

if TYPE_CHECKING:
    import pandas as pd

    from resources.warehouse import Warehouse

_OPEN = (
    "select aturan, tingkat, status, kode_desa, count(*) as banyak from temuan where periode = :periode"
    " group by aturan, tingkat, status, kode_desa"
)
_CLOSED = (
    "select aturan, sebab, kode_desa, count(*) as banyak from temuan_riwayat where periode = :periode"
    " and status = 'ditutup' group by aturan, sebab, kode_desa"
)
_EACH = (
    "select temuan_id, kode_desa, aturan, status, sejak from temuan where periode = :periode"
    " order by aturan, kode_desa, temuan_id"
)
_ONE = (
    "select sidik, status, '' as sebab from temuan where periode = :periode and temuan_id = :kunci union all"
    " select sidik, status, sebab from temuan_riwayat where temuan_id = :kunci and status = 'ditutup' and periode ="
    " (select max(periode) from temuan_riwayat where temuan_id = :kunci and periode <= :periode)"
)
_SEVERITIES = ("kesalahan", "peringatan", "informasi")


@click.command(cls=IndonesianCommand)
@latest_period_option
@option("--desa", metavar="DESA", help="Desa ini saja: kode atau namanya.")
@option("--aturan", metavar="ATURAN", help="Aturan ini saja, misalnya BLT_DD_DAN_PKH.")
@option("--daftar", is_flag=True, help="Sebutkan kunci setiap temuan, tanpa nama orang.")
@option(
    "--ekspor", metavar="FILE.xlsx", type=WORKBOOK,
    help="Tulis temuan itu ke buku kerja untuk petugas yang berkunjung; memuat data orang.",
)  # fmt: skip
@option("--kunci", metavar="TEMUAN_ID", help="Temuan yang diputus.")
@option("--putusan", metavar="PUTUSAN", help="Putusan tentang temuan itu: dikonfirmasi, ditutup, atau dibuka.")
@option("--alasan", metavar="TEKS", help="Mengapa begitu. Ikut diterbitkan: tanpa nama orang dan nomor.")
@option("--sumber", metavar="DIR", help="Folder kiriman, tempat putusan dicatat; bawaan: yang dibaca proses terakhir.")
@warehouse_option
def temuan(
    periode: str | None,
    desa: str | None,
    aturan: str | None,
    daftar: bool,
    ekspor: Path | None,
    kunci: str | None,
    putusan: str | None,
    alasan: str | None,
    sumber: str | None,
    gudang: str | None,
) -> None:
    """Hitung temuan satu periode menurut aturan dan keadaannya, atau putuskan satu temuan."""
    from resources.last_run import drop_read  # noqa: PLC0415
    from resources.office import open_warehouse  # noqa: PLC0415 - a second of imports that --help can do without
    from resources.standing import standing  # noqa: PLC0415

    decision = _decision(kunci, putusan, alasan)
    if decision and ekspor:
        raise click.UsageError("Pilih satu saja: memutuskan satu temuan, atau --ekspor.")
    settings = settings_from(os.environ, sumber, gudang)
    with said_plainly():
        warehouse = open_warehouse(settings)
        try:
            of = periode or warehouse.latest_period("neraca_baris")
            if of is None:
                raise OfficeError("Gudang masih kosong; jalankan dahulu: perlinsos pemutakhiran --periode YYYY-MM.")
            if warehouse.active(of) is None:
                raise OfficeError(f"Periode {of} {standing(warehouse, of)}.")
            if not sumber:  # an answer belongs where the run that asked read
                settings = replace(settings, sumber=drop_read(State(settings.rumah).work(of), settings.sumber).root)
            if decision:
                _decide(warehouse, settings, of, decision)
            else:
                place = desa_meant(warehouse, desa) if desa else None
                only = {"kode_desa": place.kode if place else None, "aturan": _known_rule(aturan, settings)}
                click.echo(f"Temuan periode {of}{f', {place.title}' if place else ''}\n")
                _show(*(_of(warehouse.query(query, periode=of), only) for query in (_OPEN, _CLOSED)))
                if daftar:
                    _list(_of(warehouse.query(_EACH, periode=of), only))
                if ekspor:
                    _export(warehouse, of, only, ekspor)
        finally:
            warehouse.close()


def _known_rule(aturan: str | None, settings: Settings) -> str | None:
    from pipelines.sources import REGISTER  # noqa: PLC0415 - only where a rule is named
    from resources.rulebook import read_rules  # noqa: PLC0415

    return aturan and one_of("aturan", aturan, read_rules(settings.sumber, REGISTER).kinds())


def _decision(kunci: str | None, putusan: str | None, alasan: str | None) -> dict[str, str]:
    """The row to be written but for its evidence; empty where nothing is decided."""
    said = {"kunci": kunci, "putusan": putusan, "alasan": alasan}
    if not any(said.values()):
        return {}
    for name, text in said.items():
        if not text:
            raise click.MissingParameter(param=parameter(name))
    if putusan not in (known := (CONFIRMED, CLOSED, OPENED)):
        raise wrong("putusan", f"pilih dari {', '.join(known)}.")
    return {"temuan_id": str(kunci), "putusan": putusan, **signed(str(alasan), parameter("alasan"))}


def _decide(warehouse: "Warehouse", settings: Settings, periode: str, decision: dict[str, str]) -> None:
    from resources.confirmations import add_confirmation  # noqa: PLC0415

    found = warehouse.query(_ONE, periode=periode, kunci=decision["temuan_id"])
    closed = not found.empty and found.status[0] == CLOSED
    if found.empty or (closed and found.sebab[0] != "BUKAN_TEMUAN"):
        raise OfficeError(
            f"Temuan itu tidak ada pada periode {periode}, atau sudah tidak ditemukan; lihat yang ada: "
            f"perlinsos temuan --periode {periode} --daftar"
        )
    path = add_confirmation(settings.sumber / periode, {**decision, "sidik": found.sidik[0]}, DECISIONS)
    click.echo(f"Dicatat di {path}. Jalankan ulang pemutakhiran periode {periode}.")


def _of(rows: "pd.DataFrame", only: dict[str, str | None]) -> "pd.DataFrame":
    """The rows that have what is asked for."""
    for column, word in only.items():
        rows = rows[rows[column] == word] if word else rows
    return rows


def _show(found: "pd.DataFrame", closed: "pd.DataFrame") -> None:
    for tingkat in _SEVERITIES:
        for aturan, rows in found[found.tingkat == tingkat].groupby("aturan"):
            told = ", ".join(_counted(rows, "status"))
            click.echo(f"{count(int(rows.banyak.sum())):>8}  {aturan} ({tingkat}): {told}")
    ended = count(int(closed.banyak.sum()))
    click.echo(f"\nJumlah: {count(int(found.banyak.sum()))} terbuka; pada periode ini ditutup {ended}.")
    for aturan, rows in closed.groupby("aturan"):
        click.echo(f"{count(int(rows.banyak.sum())):>8}  {aturan}: {', '.join(_counted(rows, 'sebab'))}")


def _list(rows: "pd.DataFrame") -> None:
    click.echo()
    for row in rows.fillna("-").itertuples():
        click.echo(f"  {row.temuan_id}  {row.kode_desa}  {row.aturan}, {_plain(row.status)} sejak {row.sejak}")


def _export(warehouse: "Warehouse", periode: str, only: dict[str, str | None], path: Path) -> None:
    """Write the findings that were counted, with names and cards, for who visits."""
    from resources.export import ExportError, write_workbook  # noqa: PLC0415
    from resources.finding_book import finding_rows  # noqa: PLC0415

    if path.exists():
        raise OfficeError(f"{path.name} sudah ada dan mungkin berisi catatan; pilih nama lain.")
    rows = finding_rows(warehouse, periode, only["kode_desa"], only["aturan"])
    if rows.empty:
        click.echo("\nTidak ada temuan yang dapat ditulis.")
        return
    try:
        write_workbook(path, rows)
    except ExportError as error:
        raise OfficeError(str(error)) from error
    click.echo(f"\nDitulis ke {path}: {count(len(rows))} temuan. Isinya data orang: hapus sesudah dipakai.")


def _counted(rows: "pd.DataFrame", column: str) -> list[str]:
    many = rows.groupby(column).banyak.sum().sort_values(ascending=False, kind="stable")
    return [f"{_plain(word)} {count(int(number))}" for word, number in many.items()]


def _plain(word: object) -> str:
    return str(word).lower().replace("_", " ")
