"""An invented kabupaten: the drop folder that offices would deliver, and the key to it.

Belongs here: people and lists that exist nowhere, the dirt that real deliveries carry, the layouts in which
offices send them, and the truth against which a run is scored. Does not belong here: anything that a real
delivery passes through.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.contoh import truth
from pipelines.contoh.cohort import Story
from pipelines.contoh.cohort_files import Village
from pipelines.contoh.drop import write_drop
from pipelines.contoh.lists import advance, draw_lists
from pipelines.contoh.people import draw_people
from pipelines.contoh.period import Period

_LINGGA = Path(__file__).parents[1] / "reference" / "lingga.csv"


def write_contoh(  # noqa: PLR0913, PLR0917 - each is one knob of the invented kabupaten
    folder: Path,
    orang: int = 30_000,
    benih: int = 7,
    periode: tuple[str, ...] = ("2024-05", "2024-06"),
    kotor: float = 1.0,
    wilayah: pd.DataFrame | None = None,
    as_text: bool = False,
    kohort: bool = False,
) -> None:
    """Write the deliveries to `folder/sumber/<YYYY-MM>/<source>/` and their key to `folder/kunci/*.csv`.

    `kotor` multiplies the rates of dirt. `wilayah` has the columns of `reference/lingga.csv`. The registry is
    a workbook from the second period on, or pipe text with `as_text` and where it outgrows a sheet. `kohort`: with the
    story of one desa whose cohort is assessed in the last period (`cohort.py`); its list of BLT-DD is then the story's.
    The same arguments give the same files.
    """
    if wilayah is None:
        wilayah = pd.read_csv(_LINGGA, dtype="str", keep_default_na=False)
    rng = np.random.default_rng(benih)
    people = draw_people(rng, orang, wilayah, periode[0], kotor)
    lists = draw_lists(rng, people)
    rows, members, findings = [], [], []
    story = Story.draw(np.random.default_rng(benih), people) if kohort else None
    for number, month in enumerate(periode):
        if number:
            lists = advance(rng, people, lists, month)
        shown = story.without_list(lists) if story else lists
        period = Period(rng, people, shown, month, kotor, benih, first=number == 0)
        rows += write_drop(folder / "sumber", period, as_text)
        members.append(truth.membership_truth(period))
        findings.append(truth.finding_truth(period))
        if story:
            village = Village(folder / "sumber", story, month, assessed=month == periode[-1])
            rows += village.write()
            members.append(village.membership_truth())
            findings.append(village.finding_truth())
    truth.write_truth(folder / "kunci" / "baris.csv", rows)
    truth.write_truth(folder / "kunci" / "kepesertaan.csv", members)
    truth.write_truth(folder / "kunci" / "temuan.csv", findings)
