"""What the surveys of families share: they say who is in need and give nothing, and stand until the next."""

from functools import partial

from pipelines import fields as f
from pipelines.declaration import FAMILIES, Source

SURVEY_FIELDS = (*f.FAMILY, *f.ABOUT, *f.REGION)

# A declaration of one, with what is its own.
family_survey = partial(
    Source,
    satuan="keluarga",
    code_system="mana_saja",
    max_rows=FAMILIES,
    trust=4,
    mandatory=False,
    cadence_months=12,  # it stands until the next, a year at most
    aid=False,
)
