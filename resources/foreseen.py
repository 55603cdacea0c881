"""What the gate would ask about the senders of one source, foreseen before a run: nothing is linked for it.

The frames are those of the gate. Where it counts persons, numbers stand here for them: a NIK is a person.
"""

import pandas as pd
import pyarrow as pa

from pipelines import plan
from pipelines.confirmation import Question, questions
from pipelines.declaration import Source
from pipelines.plausibility import codes_of
from pipelines.tables import arrow_schema_of
from resources.engine import Engine
from resources.history import latest_period_before
from resources.warehouse import Warehouse

_JUDGED = {"berkas_ganda": "lebih", "cakupan": "hilang"}  # frame -> what of it must be 0
_STAGES = ("program_sumber", "dim_wilayah", "pengirim", "isi_pengirim")
_MEASURES = "select * from ukuran_kiriman where sumber = :sumber and periode = :periode"


def foreseen(
    engine: Engine, source: Source, periode: str, warehouse: Warehouse | None, confirmed: pd.DataFrame
) -> list[Question]:
    """The open questions about a second file and about who is absent, of files that the engine has as `baris`."""
    by_name = {stage.name: stage for stage in plan.stages((source,))}
    for name in _STAGES:
        engine.run(by_name[name])
    rows, senders = engine.table(f"baris_{source.name}"), engine.table("pengirim")
    engine.write("jejak_baris", rows.filter(rows.alasan == "").select("berkas", orang_id=rows.nik.cast("string")))
    sent = senders.select("sumber", "pengirim").distinct()
    engine.write("ukuran_kiriman", sent.select("sumber", ukuran="pengirim:" + sent.pengirim, nilai=0.0))
    _write(engine, "ukuran_kiriman_lalu", _before(warehouse, source.name, periode), arrow_schema_of("ukuran_kiriman"))
    text = pa.schema([(column, pa.string()) for column in confirmed])
    _write(engine, plan.CONFIRMED, confirmed, text)
    engine.run(by_name["kehadiran"])
    asked = list[Question]()
    for name, measure in _JUDGED.items():
        engine.run(by_name[name])
        frame = engine.frame(name)
        (code,) = codes_of(name)
        asked += questions(code, frame[(frame[measure] > 0) & (frame.ditanya > 0)].pengirim, frame)
    return asked


def _before(warehouse: Warehouse | None, sumber: str, periode: str) -> pd.DataFrame:
    columns = arrow_schema_of("ukuran_kiriman").names
    if warehouse is None:
        return pd.DataFrame(columns=columns)
    last = warehouse.query(latest_period_before(periode)).iloc[0, 0]
    return warehouse.query(_MEASURES, sumber=sumber, periode=last)[columns]


def _write(engine: Engine, name: str, frame: pd.DataFrame, schema: pa.Schema) -> None:
    table = pa.Table.from_pandas(frame[schema.names], schema, preserve_index=False)
    engine.connection.con.from_arrow(table).to_parquet(str(engine.path(name)))
