"""How a period stands that readers do not see: withdrawn, and since when, or never published; and what a run skips."""

from datetime import date
from zoneinfo import ZoneInfo

from resources.drop import Drop
from resources.warehouse import Warehouse

# A publication of an earlier period, made after the last one of this period, withdrew it.
_WITHDRAWN = (
    "select min(terbit_pada) as pada from publikasi where periode < :periode and not exists"
    " (select from publikasi where periode = :periode and berlaku) and publikasi_id >"
    " (select max(publikasi_id) from publikasi where periode = :periode)"
)
_KNOWN = "select distinct periode from publikasi where periode > :sebelum and periode < :kini"
_OFFICE = ZoneInfo("Asia/Jakarta")


def withdrawn_on(warehouse: Warehouse, periode: str) -> date | None:
    """The day on which the period was withdrawn; None where it is published, or never was."""
    at = warehouse.query(_WITHDRAWN, periode=periode).pada[0]
    return None if at is None or at != at else at.astimezone(_OFFICE).date()  # noqa: PLR0124 - NaT equals nothing


def state_of(warehouse: Warehouse, periode: str) -> str:
    """In two words, of a period that is not published."""
    day = withdrawn_on(warehouse, periode)
    return f"ditarik {day:%d-%m-%Y}" if day else "belum terbit"


def standing(warehouse: Warehouse, periode: str) -> str:
    """The same, with why it was withdrawn and what to do."""
    state = state_of(warehouse, periode)
    if withdrawn_on(warehouse, periode) is None:
        return state
    return f"{state}, karena periode sebelumnya terbit ulang; jalankan lagi: perlinsos pemutakhiran --periode {periode}"


def passed_over(warehouse: Warehouse, drop: Drop, kini: str, sebelum: str | None) -> str:
    """The sentence on the periods between the one that a run compares with and its own: those that have a folder or
    were published once. '' where there is none, or nothing to compare with."""
    if sebelum is None:
        return ""
    known = {*warehouse.query(_KNOWN, sebelum=sebelum, kini=kini).periode, *drop.periods()}
    between = sorted(periode for periode in known if sebelum < periode < kini)
    if not between:
        return ""
    named = ", ".join(f"{periode} ({state_of(warehouse, periode)})" for periode in between)
    return (
        f"{named} dilewati: {kini} dibandingkan dengan {sebelum}, jadi masuk dan keluarnya bukan perubahan satu "
        f"bulan; jalankan dahulu yang dilewati menurut urutannya, lalu {kini} lagi"
    )
