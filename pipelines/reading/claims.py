"""What a list says of itself, in its titles and names: that it is of members, of this programme, of this period."""

from collections.abc import Sequence

from pipelines.declaration import Source
from pipelines.reading.named_period import check_named_period
from pipelines.reading.other_programme import check_programme
from pipelines.reading.proposals import check_decided
from pipelines.reading.stated_period import check_period


def check_claims(titles: Sequence[Sequence[str]], berkas: str, source: Source, lembar: str = "") -> None:
    """Refuse a list that is another than its place in the drop folder says. `titles`: the rows above its header."""
    for check in (check_decided, check_programme, check_period, check_named_period):
        check(titles, berkas, source, lembar)
