"""What an officer answers with: his reason, who he is, and when; it is published with the answer."""

import getpass
from datetime import UTC, datetime

import click

from pipelines.confirmation import wrong_reason
from pipelines.reading.errors import without_numbers


def signed(alasan: str, param: click.Parameter) -> dict[str, str]:
    """The columns alasan, oleh and pada of an answer; a reason that may not be published is wrong usage of `param`."""
    text = " ".join(alasan.split())
    if wrong := wrong_reason(text):
        raise click.BadParameter(f"{wrong}.", param=param)
    return {"alasan": text, **signature()}


def signature() -> dict[str, str]:
    """The columns oleh and pada: who answers, and when."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"oleh": without_numbers(getpass.getuser()), "pada": now}
