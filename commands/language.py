"""Click in Indonesian: headings of the help page and sentences of wrong usage."""

from typing import Any

import click

_HEADINGS = {"Options": "Pilihan", "Commands": "Perintah"}


class _Formatter(click.HelpFormatter):
    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(
            prog,
            args.replace("[OPTIONS]", "[PILIHAN]").replace("COMMAND [ARGS]...", "PERINTAH ..."),
            "Pemakaian: ",
        )


class _Context(click.Context):
    formatter_class = _Formatter


class IndonesianCommand(click.Command):
    """A command whose help page is Indonesian."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, explained in Indonesian."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option


class Indonesian(IndonesianCommand, click.Group):
    """A group of commands whose help pages are Indonesian."""

    command_class = IndonesianCommand


def said_in_indonesian(error: click.UsageError) -> str:
    """The sentence for wrong usage, and where to look."""
    path = error.ctx.command_path if error.ctx else "perlinsos"
    return f"{_sentence(error)}\nLihat: {path} --help"


def _sentence(error: click.UsageError) -> str:
    name = _name_of(getattr(error, "param", None))
    if isinstance(error, click.MissingParameter):
        return f"Pilihan atau nilai {name} wajib diisi."
    if isinstance(error, click.NoSuchOption):
        return f"Pilihan {error.option_name} tidak dikenal."
    if isinstance(error, click.BadParameter):
        return f"Nilai untuk {name} tidak sah: {error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"Pilihan {error.option_name} memerlukan nilai."
    return f"Perintah tidak dikenal atau tidak lengkap: {error.message}"


def _name_of(param: Any) -> str:
    return "" if param is None else (param.opts[0] if param.param_type_name == "option" else param.human_readable_name)
