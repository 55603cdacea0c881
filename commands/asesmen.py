"""`perlinsos asesmen`: one assessed cohort on the screen: who is registered, who was removed and why, who gets what."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from commands.failures import OfficeError, said_plainly
from commands.language import IndonesianCommand, option
from commands.numbers import count
from commands.values import latest_period_option, warehouse_option

if TYPE_CHECKING:
    import pandas as pd

    from resources.cohort import Refused

_SHOWN = 50  # refused rows; `perlinsos karantina` has the others

_COHORTS = "select distinct kohort from asesmen_kohort where periode = :periode order by kohort"
_MEASURES = "select * from asesmen_kohort where periode = :periode and kohort = :kohort"
_FACILITIES = (
    "select f.jenis, f.dusun, f.jumlah, w.nama_desa from fasilitas f join dim_wilayah w using (kode_desa)"
    " where f.periode = :periode and f.kode_desa in"
    " (select kode_desa from anggota_kohort where periode = :periode and kohort = :kohort) order by f.jenis, f.dusun"
)
_UNTOUCHED = (
    "select o.nama, left(o.nik, 6) || '******' || right(o.nik, 4) as nik, a.lokasi, w.nama_desa from anggota_kohort a"
    " join dim_orang o on o.orang_id = a.orang_id and o.berlaku_sampai is null"
    " left join dim_wilayah w on w.kode_desa = o.kode_desa"
    " where a.periode = :periode and a.kohort = :kohort and not exists (select from fakta_kepesertaan f"
    " join dim_program p using (program) where f.periode = :periode and f.keluarga_id = a.keluarga_id"
    " and p.satuan = 'keluarga' and p.program = any(:bantuan)) order by w.nama_desa, a.lokasi, o.nama"
)


@click.command(cls=IndonesianCommand)
@click.argument("kohort", metavar="KOHORT")
@latest_period_option
@option("--daftar", is_flag=True, help="Sebutkan juga nama anggota yang keluarganya belum tersentuh.")
@warehouse_option
def asesmen(kohort: str, periode: str | None, daftar: bool, gudang: str | None) -> None:
    """Tampilkan asesmen satu kelompok (KOHORT, misalnya eks_dapur_arang)."""
    from pipelines.sources import REGISTER  # noqa: PLC0415 - a second of imports that --help can do without
    from resources.cohort import refused_of  # noqa: PLC0415
    from resources.office import open_warehouse  # noqa: PLC0415
    from resources.settings import settings_from  # noqa: PLC0415

    with said_plainly():
        warehouse = open_warehouse(settings_from(os.environ, gudang=gudang))
        periode = periode or warehouse.latest_period("asesmen_kohort")
        if periode is None:
            raise OfficeError("Belum ada kohort yang diases; taruh daftarnya di <periode>/asesmen/ lalu mutakhirkan.")
        asked = {"periode": periode, "kohort": _folded(kohort)}
        measures = warehouse.query(_MEASURES, **asked)
        if measures.empty:
            known = ", ".join(warehouse.query(_COHORTS, periode=periode).kohort) or "belum ada"
            raise OfficeError(f"Kohort {kohort} tidak ada pada periode {periode}; yang ada: {known}.")
        facilities = warehouse.query(_FACILITIES, **asked)
        aid = [s.program for s in REGISTER if s.gives() and s.satuan == "keluarga"]
        untouched = warehouse.query(_UNTOUCHED, **asked, bantuan=aid) if daftar else None
        refused = refused_of(warehouse, asked["kohort"], periode)
        warehouse.close()
    click.echo(f"Asesmen {asked['kohort'].replace('_', ' ')}, periode {periode}\n")
    click.echo("\n".join(_told(measures, {s.program for s in REGISTER if s.registry})))
    for jenis, dusun, jumlah, desa in facilities.to_numpy():
        hamlet = f"Dusun {dusun}, " if dusun else ""
        click.echo(f"  {_number(jumlah):>6}  {jenis}, dipakai bersama di {hamlet}Desa {desa}")
    click.echo("\n".join(_refused(refused)))
    if untouched is not None:
        click.echo("\nBelum tersentuh:")
        for line in untouched.fillna("-").to_numpy():
            click.echo(f"  {', '.join(map(str, line))}")
    click.echo(
        "\nBelum tersentuh: keluarga anggota yang pada periode ini tidak menerima satu pun dari "
        f"{', '.join(sorted(aid))}."
        "\nRegistri, PBI-JK, dan daftar kebutuhan (RTLH, sanitasi, PPKS) bukan bantuan keluarga."
    )


def _folded(kohort: str) -> str:
    return "_".join(kohort.casefold().replace("_", " ").split())


def _told(measures: "pd.DataFrame", registries: set[str]) -> Iterator[str]:
    """The measures in the order of the questions that an officer asks."""
    whole = measures[measures.lokasi.isna()]

    def of(ukuran: str, rows: "pd.DataFrame" = whole) -> "pd.DataFrame":
        return rows[rows.ukuran == ukuran].sort_values(["satuan", "program", "sebab"], ascending=[False, True, True])

    size = of("dinilai").set_index("satuan").jumlah
    yield f"Dinilai: {count(int(size['orang']))} orang dalam {count(int(size['keluarga']))} keluarga"
    places = of("dinilai", measures[measures.lokasi.notna() & (measures.satuan == "orang")])
    if len(places):
        yield "  " + ", ".join(
            f"{p.lokasi} {count(int(str(p.jumlah)))}" for p in places.sort_values("lokasi").itertuples()
        )
    members = of("peserta")
    yield "\nRegistri:"
    for row in members[members.program.isin(registries)].itertuples():
        yield _line(row, f"terdaftar di {row.program}")
    for row in of("dikeluarkan").itertuples():
        yield _line(row, f"dikeluarkan, sebab {row.sebab}")
    for row in of("tidak_terdaftar").itertuples():
        yield _line(row, "tidak terdaftar")
    yield "\nBantuan dan keadaan:"
    for row in members[~members.program.isin(registries)].itertuples():
        yield _line(row, str(row.program))
    yield "\nBantuan keluarga, bersama-sama:"
    for row in of("bansos").itertuples():
        yield _line(row, "sedikitnya satu bantuan sosial dari registri")
    combinations = of("bantuan_keluarga")
    for row in combinations[combinations.program != "TANPA_BANTUAN"].itertuples():
        yield _line(
            row, f"{row.program} saja" if "+" not in str(row.program) else str(row.program).replace("+", " dan ")
        )
    for row in of("belum_tersentuh").itertuples():
        yield _line(row, "belum tersentuh")


def _refused(refused: "Refused") -> Iterator[str]:
    """The rows of the cohort's own lists that nobody could be found for: they are counted nowhere above."""
    many = len(refused.rows)
    of = refused.periode or "tidak ada daftar"
    yield f"\nKarantina pada daftarnya ({of}): {count(many)} baris, tidak dihitung di atas"
    for row in refused.rows[:_SHOWN].itertuples():
        yield f"  {row.berkas}:{row.lembar}:{row.baris}  {row.alasan}"
    if many > _SHOWN:
        yield f"  ... dan {count(many - _SHOWN)} lagi: perlinsos karantina --periode {refused.periode} --sumber asesmen"


def _line(row: object, what: str) -> str:
    return f"  {_number(row.jumlah):>6}  dari {_number(row.dari)} {row.satuan}: {what}"  # type: ignore[attr-defined]


def _number(value: object) -> str:
    return count(int(float(str(value)))) if str(value) not in ("nan", "None", "<NA>") else "?"
