"""Click in Indonesian: headings of the help page and sentences of wrong usage."""

from functools import partial
from typing import Any

import click

_HEADINGS = {"Options": "Pilihan", "Commands": "Perintah"}


class _Formatter(click.HelpFormatter):
    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(
            prog,
            args.replace("[OPTIONS]", "[PILIHAN]").replace("[COMMAND] [ARGS]...", "PERINTAH ..."),
            "Pemakaian: ",
        )


class _Context(click.Context):
    formatter_class = _Formatter


class _Page(click.Command):
    """The help page and the reading of words that a command and a group share."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, explained in Indonesian."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option

    def get_short_help_str(self, limit: int = 0) -> str:
        """The whole of the help's first sentence, however long."""
        return (self.help or "").partition(" (")[0].rstrip(".") + "."

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; whatever is wrong with them is said of this command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class IndonesianCommand(_Page):
    """A command whose help page is Indonesian."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; click would name one too many in English."""
        ctx.allow_extra_args = True
        if beyond := super().parse_args(ctx, args):
            raise click.UsageError(f"{beyond[0]!r} terlalu banyak; perintah ini tidak memerlukannya.", ctx)
        return beyond


class Indonesian(_Page, click.Group):
    """A group of commands whose help pages are Indonesian."""

    command_class = IndonesianCommand

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(f"{args[0]!r} bukan perintah perlinsos.", ctx)
        return super().resolve_command(ctx, args)


class _Option(click.Option):
    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        return {}  # click adds its defaults and ranges in English: the help says what matters itself


option = partial(click.option, cls=_Option)


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
        return f"Nilai untuk {name} tidak sah: {_expected(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"Pilihan {error.option_name} {'tidak menerima' if _is_flag(error) else 'memerlukan'} nilai."
    return error.message


def _expected(error: click.BadParameter) -> str:
    """What should have been written: click says it of numbers in English, our own checks in Indonesian."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange):
        return f"tulis bilangan bulat {f'{kind.min} sampai {kind.max}' if kind.max else f'paling sedikit {kind.min}'}."
    return "tulis bilangan bulat." if isinstance(kind, type(click.INT)) else error.message


def _is_flag(error: click.BadOptionUsage) -> bool:
    known = error.ctx.command.params if error.ctx else []
    return any(isinstance(p, click.Option) and p.is_flag and error.option_name in p.opts for p in known)


def _name_of(param: Any) -> str:
    return "" if param is None else (param.opts[0] if param.param_type_name == "option" else param.human_readable_name)
