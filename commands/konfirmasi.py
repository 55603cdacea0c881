"""`perlinsos konfirmasi`: what the gate asks about a period, and an officer's answer to one question."""

import os
from collections.abc import Iterable

import click

from commands.failures import OfficeError, said_plainly
from commands.language import IndonesianCommand, option
from commands.signature import signed
from commands.values import MONTH, parameter
from pipelines.confirmation import Question
from resources.settings import settings_from
from resources.state import State


@click.command(cls=IndonesianCommand)
@option("--periode", required=True, metavar="YYYY-MM", type=MONTH, help="Periode yang ditahan; wajib.")
@option("--aturan", metavar="ATURAN", help="Aturan yang tidak lolos; tanpa ini: tampilkan semua pertanyaan.")
@option("--pengirim", metavar="PENGIRIM", help="Pengirim yang ditanyakan, seperti tertulis pada pertanyaannya.")
@option("--alasan", metavar="TEKS", help="Mengapa kiriman itu benar. Ikut diterbitkan: tanpa nama orang dan nomor.")
def konfirmasi(periode: str, aturan: str | None, pengirim: str | None, alasan: str | None) -> None:
    """Konfirmasi kiriman yang ditahan pemeriksaan, dengan alasan yang ikut diterbitkan."""
    from resources.confirmations import add_confirmation, open_questions  # noqa: PLC0415 - --help can do without

    asked = open_questions(State(settings_from(os.environ).rumah).work(periode))
    if not (aturan or pengirim or alasan):
        _show(asked, periode)
        return
    for name, given in (("aturan", aturan), ("pengirim", pengirim), ("alasan", alasan)):
        if not given:
            raise click.MissingParameter(param=parameter(name))
    said = signed(alasan or "", parameter("alasan"))
    question = next((q for q in asked if (q.aturan, q.pengirim) == (aturan, pengirim)), None)
    if question is None:
        raise OfficeError(
            f"Tidak ada pertanyaan {aturan} tentang {pengirim} pada proses terakhir periode {periode}; "
            f"lihat yang ada: perlinsos konfirmasi --periode {periode}"
        )
    with said_plainly():
        row = {"aturan": question.aturan, "pengirim": question.pengirim, "sidik": question.sidik, **said}
        path = add_confirmation(asked[question], row)
    click.echo(f"Dicatat di {path}. Jalankan ulang pemutakhiran periode {periode}.")


def _show(asked: Iterable[Question], periode: str) -> None:
    lines = [question.told(periode) for question in asked]
    click.echo("\n".join(lines) or f"Proses terakhir periode {periode} tidak menanyakan apa pun.")
