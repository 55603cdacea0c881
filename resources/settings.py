"""Where things are: three variables of the environment, each with a default."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """rumah: the state folder. sumber: the drop folder. gudang: the warehouse's URL, '' = the embedded one."""

    rumah: Path
    sumber: Path
    gudang: str = ""


def settings_from(environment: Mapping[str, str], sumber: str | None = None, gudang: str | None = None) -> Settings:
    """Read PERLINSOS_RUMAH, PERLINSOS_SUMBER and PERLINSOS_GUDANG; the options of a command go before them."""
    rumah = Path(environment.get("PERLINSOS_RUMAH") or _PROJECT / ".perlinsos").absolute()
    drop = Path(sumber or environment.get("PERLINSOS_SUMBER") or rumah / "sumber").absolute()
    return Settings(rumah, drop, gudang or environment.get("PERLINSOS_GUDANG", ""))
