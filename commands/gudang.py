"""`perlinsos gudang`: where the warehouse is and how a BI tool reads it."""

import os

import click

from commands.failures import said_plainly
from commands.language import IndonesianCommand, option
from commands.values import warehouse_option


@click.command(cls=IndonesianCommand)
@option(
    "--url", "only_url", is_flag=True, help="Cetak alamat baca untuk program (SQLAlchemy) saja, dengan kata sandinya."
)
@option("--berhenti", is_flag=True, help="Hentikan server gudang bawaan.")
@option("--bersihkan", is_flag=True, help="Hapus data gudang yang folder keadaannya sudah tidak ada.")
@warehouse_option
def gudang(only_url: bool, berhenti: bool, bersihkan: bool, gudang: str | None) -> None:
    """Tampilkan alamat gudang dan cara menyambungkan alat BI."""
    from sqlalchemy import make_url  # noqa: PLC0415 - a second of imports that --help can do without

    from resources import postgres_place  # noqa: PLC0415
    from resources.office import open_warehouse  # noqa: PLC0415
    from resources.postgres import EmbeddedPostgres  # noqa: PLC0415
    from resources.settings import settings_from  # noqa: PLC0415
    from resources.state import State  # noqa: PLC0415

    settings = settings_from(os.environ, gudang=gudang)
    with said_plainly():
        server = EmbeddedPostgres(State(settings.rumah).postgres)
        if berhenti:
            server.stop()
            click.echo("Server gudang bawaan dihentikan.")
            return
        if bersihkan:
            if State(settings.rumah).home.exists():  # moved here, it takes its own data back before others' go
                open_warehouse(settings).close()
            for orphan in postgres_place.orphans():
                postgres_place.remove_orphan(orphan)
                click.echo(f"Dihapus: {orphan}")
            click.echo("Tidak ada lagi data gudang tanpa folder keadaan.")
            return
        open_warehouse(settings).close()
        if settings.gudang:
            click.echo(
                "Gudang memakai PostgreSQL kantor sendiri (PERLINSOS_GUDANG atau --gudang); tabelnya di skema public."
            )
            return
        address = server.reader_url()
        if only_url:
            click.echo(address)
            return
        url = make_url(address)
        click.echo(
            f"PostgreSQL untuk alat BI (hanya baca): {url.host}, port {url.port}, basis data {url.database}, "
            f"pengguna {url.username}\n"
            f"Kata sandinya ada di berkas {server.password_file};\n"
            "alamat lengkap bersama kata sandinya: perlinsos gudang --url (jangan difoto).\n"
            "Hanya dapat dibuka dari komputer ini. Tabelnya: snapshot_desa, fakta_kepesertaan, fakta_perubahan,\n"
            "temuan, dim_orang, dim_keluarga, karantina, jejak_baris, neraca_baris, dan lainnya di skema public.\n"
            "Menghentikan server: perlinsos gudang --berhenti"
        )
        if left := postgres_place.orphans():
            click.echo(
                f"Ada data gudang yang folder keadaannya tidak ditemukan lagi: {', '.join(map(str, left))}. "
                "Bila folder itu hanya dipindah, jalankan satu perintah dari tempatnya yang baru; bila sudah dihapus: "
                "perlinsos gudang --bersihkan"
            )
