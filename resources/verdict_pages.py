"""The pages of a verdict: a first page in Indonesian over the Data Docs, and nothing that a browser would fetch."""

import re
from collections.abc import Collection, Mapping, Sequence
from html import escape
from pathlib import Path

from pipelines.plausibility import FRAMES, RULES, Rule

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


def finish_pages(docs: Path, judged: Mapping[str, int], failed: Collection[str]) -> None:
    """Write `docs/index.html` and mend the pages below it.

    `judged`: frame -> number of rules; `failed`: codes of the rules that do not hold. No cell of a frame.
    """
    for page in docs.rglob("*.html"):
        text = _REMOTE.sub("", page.read_text(encoding="utf-8"))
        page.write_text(text.replace("<head>", f"<head>{_HEAD}", 1), encoding="utf-8")
    broken = [rule for rule in RULES if rule.code in failed]
    sentences = "".join(f"<li>{escape(rule.kalimat)}</li>" for rule in broken)
    verdict = "Semua aturan lolos." if not broken else f"{len(broken)} aturan tidak lolos; periode ini tidak terbit."
    rows = "\n".join(_row(docs, name, rules, broken) for name, rules in judged.items())
    whole = _PAGE.format(head=_HEAD, verdict=verdict, failed=f"<ol>{sentences}</ol>" if broken else "", rows=rows)
    (docs / "index.html").write_text(whole, encoding="utf-8")


def _row(docs: Path, name: str, rules: int, broken: Sequence[Rule]) -> str:
    (page,) = (docs / "validations" / name).rglob("*.html")
    here = sum(rule.frame == name for rule in broken)
    link = f'<a href="{page.relative_to(docs).as_posix()}">rincian</a>'
    return f"<tr><td>{FRAMES[name].judul}</td><td>{rules}</td><td>{here}</td><td>{link}</td></tr>"
