"""`perlinsos konfirmasi`: what the gate asks about a period, and an officer's answer to one question."""

import os
from collections.abc import Iterable, Sequence

import click

from commands.failures import OfficeError, said_plainly
from commands.language import IndonesianCommand, option
from commands.numbers import count
from commands.signature import signed
from commands.values import MONTH, one_of, parameter
from pipelines.confirmation import Question
from pipelines.plausibility import RULES
from resources.settings import settings_from
from resources.state import State

_NAMED = 5  # files


@click.command(cls=IndonesianCommand)
@option("--periode", required=True, metavar="YYYY-MM", type=MONTH, help="Periode yang ditahan; wajib.")
@option("--aturan", metavar="ATURAN", help="Aturan yang tidak lolos; tanpa ini: tampilkan semua pertanyaan.")
@option("--pengirim", metavar="PENGIRIM", help="Pengirim yang ditanyakan, seperti tertulis pada pertanyaannya.")
@option("--alasan", metavar="TEKS", help="Mengapa kiriman itu benar. Ikut diterbitkan: tanpa nama orang dan nomor.")
@option("--semua", is_flag=True, help="Tampilkan juga pertanyaan yang sudah dijawab.")
def konfirmasi(periode: str, aturan: str | None, pengirim: str | None, alasan: str | None, semua: bool) -> None:
    """Konfirmasi kiriman yang ditahan pemeriksaan, dengan alasan yang ikut diterbitkan."""
    from resources.confirmations import add_confirmation, answered, asked_questions  # noqa: PLC0415 - --help can do without

    state = State(settings_from(os.environ).rumah)
    with said_plainly():
        asked = asked_questions(state.work(periode))
        done = answered(asked)
    if not (aturan or pengirim or alasan):
        left = [question for question in asked if question not in done]
        if _came_to_the_gate(state, periode):
            _show(left, done, periode, semua)
        elif left:
            click.echo("Pertanyaan proses sebelumnya:")
            _show(left, done, periode, semua)
        return
    for name, given in (("aturan", aturan), ("pengirim", pengirim), ("alasan", alasan)):
        if not given:
            raise click.MissingParameter(param=parameter(name))
    aturan = one_of("aturan", aturan or "", (rule.code for rule in RULES if rule.confirmable))
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


def _came_to_the_gate(state: State, periode: str) -> bool:
    """Whether the period's last run did; where it did not, or there was none, that is said with what to do."""
    from resources.exclusion import is_running  # noqa: PLC0415
    from resources.last_run import unjudged  # noqa: PLC0415

    if not state.work(periode).exists():
        click.echo(f"Periode {periode} belum pernah dijalankan dari folder keadaan {state.home}.")
        return False
    if (unread := unjudged(state.work(periode))) is None:
        return True
    if is_running(state):
        click.echo(f"Proses periode {periode} belum sampai ke gerbang: sedang berjalan; tunggu sampai selesai.")
        return False
    named = ", ".join(unread[:_NAMED]) + (", ..." if len(unread) > _NAMED else "")
    why = f"gagal sebelum gerbang ({count(len(unread))} berkas tidak dapat dibaca: {named})"
    if not unread:
        why = "berhenti sebelum gerbang (sebabnya disebut proses itu)"
    click.echo(
        f"Proses terakhir periode {periode} {why}, jadi belum ada yang dinilai dan ditanyakan. "
        f"Betulkan dahulu (perlinsos periksa --periode {periode}), lalu jalankan lagi: "
        f"perlinsos pemutakhiran --periode {periode}"
    )
    return False


def _show(asked: Iterable[Question], done: Sequence[Question], periode: str, semua: bool) -> None:
    """The open questions, and how many are answered; those too, where asked for."""
    lines = [question.told(periode) for question in asked]
    none = f"Proses terakhir periode {periode} tidak menanyakan apa pun."
    if done:
        none = f"Semua pertanyaan periode {periode} sudah dijawab; jalankan lagi pemutakhirannya."
    click.echo("\n".join(lines) or none)
    if semua:
        for question in done:
            click.echo(f"Sudah dijawab, {question.aturan}: {question.pengirim}: {question.said}.")
    elif done:
        click.echo(f"{count(len(done))} sudah dijawab; tampilkan dengan --semua.")
