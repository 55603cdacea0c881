"""The pages of a verdict: a first page in Indonesian over the Data Docs, and nothing that a browser would fetch."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from pipelines.plausibility import FRAMES, RULES, Rule
from pipelines.reading.errors import without_numbers
from resources.verdict_words import in_indonesian

# Styles, scripts, a time-stamped logo and a newsletter are remote: an office without internet waits for them, and
# one with internet reports each look at a page.
_REMOTE = re.compile(
    r'<script[^>]*\ssrc="https?://[^>]*>\s*</script>|<(?:link|img)[^>]*\s(?:href|src)="https?://[^>]*>|<footer>.*?</footer>',
    re.DOTALL,
)
_HEAD = """<meta http-equiv="Content-Security-Policy" content="default-src 'self' 'unsafe-inline' data:">
<style>
  body { font-family: sans-serif; margin: 1rem auto !important; padding: 0 1rem !important; max-width: 75rem }
  table { border-collapse: collapse; width: 100%; margin-bottom: 1rem }
  td, th { border: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top }
  nav.sticky-top, #navigation, .modal, .d-none { display: none }
</style>"""
_PAGE = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>Penilaian sebelum terbit</title>{head}</head><body>
<h1>Penilaian sebelum terbit</h1>
<p>{verdict}</p>
{failed}
<table><tr><th>yang dinilai</th><th>aturan</th><th>tidak lolos</th><th></th></tr>
{rows}
</table></body></html>
"""


_ABOVE = "<h1>{judul}</h1><p>{verdict}</p>{failed}<p>Yang dinilai: {subjects}.</p>"
_SHOWN = 200  # names on a page; the warehouse has the others


def finish_pages(
    docs: Path, judged: Mapping[str, int], failed: Mapping[str, Sequence[str]], subjects: Mapping[str, Sequence[str]]
) -> None:
    """Write `docs/index.html` and mend the pages below it.

    `judged`: frame -> number of rules; `failed`: code of each rule that does not hold -> which senders, files or desa
    it is about; `subjects`: frame -> all that were judged. Nothing of a person: numbers as long as his are left out.
    """
    for page in docs.rglob("*.html"):
        text = in_indonesian(_REMOTE.sub("", page.read_text(encoding="utf-8")))
        page.write_text(text.replace("<head>", f"<head>{_HEAD}", 1), encoding="utf-8")
    broken = [rule for rule in RULES if rule.code in failed]
    for name, of in subjects.items():
        here = [rule for rule in broken if rule.frame == name]
        above = _ABOVE.format(
            judul=FRAMES[name].judul, verdict=_verdict(here), failed=_listed(here, failed), subjects=_names(of)
        )
        page = _page(docs, name)
        page.write_text(page.read_text(encoding="utf-8").replace("<body>", f"<body>{above}", 1), encoding="utf-8")
    verdict = f"{_verdict(broken)[:-1]}; periode ini tidak terbit." if broken else _verdict(broken)
    rows = "\n".join(_row(docs, name, rules, broken) for name, rules in judged.items())
    whole = _PAGE.format(head=_HEAD, verdict=verdict, failed=_listed(broken, failed), rows=rows)
    (docs / "index.html").write_text(whole, encoding="utf-8")


def _verdict(broken: Sequence[Rule]) -> str:
    return f"{len(broken)} aturan tidak lolos." if broken else "Semua aturan lolos."


def _listed(broken: Sequence[Rule], failed: Mapping[str, Sequence[str]]) -> str:
    """The sentence of each rule that does not hold, and whom it is about."""
    items = (f"<li>{escape(rule.kalimat)}{_whom(failed[rule.code])}</li>" for rule in broken)
    return f"<ol>{''.join(items)}</ol>" if broken else ""


def _whom(names: Sequence[str]) -> str:
    shown = "".join(f"<li>{escape(without_numbers(name))}</li>" for name in names[:_SHOWN])
    beyond = f"<li>... dan {len(names) - _SHOWN} lagi</li>" if len(names) > _SHOWN else ""
    return f"<ul>{shown}{beyond}</ul>" if names else ""


def _names(of: Sequence[str]) -> str:
    shown = ", ".join(escape(without_numbers(name)) for name in of[:_SHOWN])
    return f"{shown}, dan {len(of) - _SHOWN} lagi" if len(of) > _SHOWN else shown or "tidak ada"


def _page(docs: Path, name: str) -> Path:
    (page,) = (docs / "validations" / name).rglob("*.html")
    return page


def _row(docs: Path, name: str, rules: int, broken: Sequence[Rule]) -> str:
    here = sum(rule.frame == name for rule in broken)
    link = f'<a href="{_page(docs, name).relative_to(docs).as_posix()}">rincian</a>'
    return f"<tr><td>{FRAMES[name].judul}</td><td>{rules}</td><td>{here}</td><td>{link}</td></tr>"
