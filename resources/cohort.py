"""What an assessed cohort's own lists hold that is counted nowhere: their rows in quarantine."""

from typing import NamedTuple

import pandas as pd

from resources.warehouse import Warehouse

_FILES = (
    "select distinct j.periode, j.berkas from jejak_baris j join anggota_kohort a using (periode, orang_id)"
    " where j.sumber = 'asesmen' and a.kohort = :kohort and j.periode in"
    " (select periode from neraca_baris where sumber = 'asesmen' and periode <= :periode)"
)
_ROWS = (
    "select berkas, lembar, baris, string_agg(distinct alasan || ': ' || pesan, '; ') as alasan from karantina"
    " where periode = :periode and berkas = any(:berkas) group by berkas, lembar, baris order by berkas, lembar, baris"
)


class Refused(NamedTuple):
    """`periode`: when the cohort was last assessed, None where no list is known; `rows`: one row a refused row of its
    files, with berkas, lembar, baris and alasan (every reason, no cell)."""

    periode: str | None
    rows: pd.DataFrame


def refused_of(warehouse: Warehouse, kohort: str, periode: str) -> Refused:
    """Those of the files that named members of the cohort, the latest of them until the period."""
    files = warehouse.query(_FILES, kohort=kohort, periode=periode)
    last = str(files.periode.max()) if len(files) else None
    own = [str(name) for name in files.berkas[files.periode == last]]
    return Refused(last, warehouse.query(_ROWS, periode=last, berkas=own))
