"""The weights of the linkage, learnt by Splink from the office's own data and kept in the state folder.

What tells two records of one person apart is learnt from the rows that the named steps tied to one person; what agrees
by chance, from pairs of different persons taken at random. Which persons are taken follows from their numbers alone:
the same for any order of files, rows and threads. Splink is imported only where there is something to learn.
"""

import json
import logging
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import sqlglot
from ibis.backends.duckdb import Backend
from sqlglot import exp

from pipelines.comparisons import COMPARISONS, RECORD, Comparison, as_record
from pipelines.period import Period
from pipelines.weights import DECLARED, Weights
from resources.engine import Engine

# Persons whose rows teach m, and persons of whom every pair teaches u: 0.7 million pairs.
_TAUGHT_BY, _BY_CHANCE = 6_000, 1_200
_FEWEST = 2_000  # persons; of fewer the declared weights say more
# A level that fewer pairs reach than this was not measured: it keeps its declared m, and at least its declared u.
_FEWEST_PAIRS = 20
Shares = dict[tuple[str, int], tuple[float, bool]]  # (comparison, level) -> its share, and whether enough pairs have it
_TYPES = dict.fromkeys(("lahir", "tahun", "nik", "nik15", "nik12", "no_kk", "psnoka"), "int64")


def weights_kept(file: Path) -> Weights | None:
    """The weights in `file`; None where there are none, or they are of other comparisons than today's."""
    try:
        return Weights.of_record(json.loads(file.read_text()))
    except (FileNotFoundError, ValueError):
        return None


def keep_weights(file: Path, weights: Weights) -> None:
    """Write the weights down; a reader sees the former ones until they are whole."""
    draft = file.with_suffix(".part")
    draft.write_text(json.dumps(weights.as_record(), indent=1) + "\n")
    draft.replace(file)


def weights_of(file: Path, engine: Engine, period: Period) -> Weights:
    """The weights of a run: those that the office's data taught in this or an earlier period, else the declared ones.

    A first period is linked by the declared ones, the second teaches. An old period that is run again keeps its own.
    """
    kept = weights_kept(file)
    if kept is None and period.sebelum:
        kept = learn(engine.connection, engine.table("baris"), engine.table("langkah"), period.kini)
        if kept is not DECLARED:
            keep_weights(file, kept)
    return kept if kept and kept.asal <= period.kini else DECLARED


def learn(con: Backend, baris: ir.Table, langkah: ir.Table, asal: str) -> Weights:
    """Learn the weights from linked rows; the declared ones where there are too few persons. `asal`: the period."""
    taught = con.to_pyarrow(_records_of_some(baris, langkah))
    persons = taught.group_by("undian").aggregate([(c, "max") for c in RECORD]).sort_by("undian")
    if len(persons) < _FEWEST:
        return DECLARED
    persons = persons.rename_columns([name.removesuffix("_max") for name in persons.column_names])
    settings = splink_settings()
    same, chance = _shares(taught, "m", settings), _shares(persons.slice(0, _BY_CHANCE), "u", settings)
    levels = {c.name: tuple(_pair(c, at, same, chance) for at in range(1, len(c.levels) + 1)) for c in COMPARISONS}
    everybody = con.to_pyarrow(langkah.aggregate(n=langkah.orang.nunique()))["n"][0].as_py()
    return Weights(levels, everybody, asal)


def _records_of_some(baris: ir.Table, langkah: ir.Table) -> ir.Table:
    """Every record of the persons whose NIK the lot falls on, with the lot (`undian`, one a person)."""
    rows = langkah.select("rid", "orang").inner_join(baris, "rid")
    lots = rows.filter(rows.nik.notnull()).group_by("orang").agg(undian=lambda t: t.nik.min().hexdigest("md5"))
    chosen = lots.order_by("undian").limit(_TAUGHT_BY)
    drawn = rows.inner_join(chosen, "orang")
    return as_record(drawn, "undian")


def _pair(comparison: Comparison, at: int, same: Shares, chance: Shares) -> tuple[float, float]:
    """m and u of a level: measured where enough pairs reach it, else as declared; u not below what was seen."""
    level, key = comparison.levels[at - 1], (comparison.name, at)
    (m, many), (u, often) = same.get(key, (level.m, False)), chance.get(key, (level.u, False))
    return m if many else level.m, u if often else max(u, level.u)


def _shares(records: pa.Table, kind: str, settings: dict[str, Any]) -> Shares:
    """How often pairs of one person (`m`) or of two (`u`) reach each level, where any do."""
    from splink import DuckDBAPI, Linker  # noqa: PLC0415 - half a second that most runs do without

    logging.getLogger("splink").setLevel(logging.ERROR)
    rows = len(records) if kind == "u" else records.group_by("undian").aggregate([([], "count_all")])["count_all"]
    pairs = float(pc.sum(pc.divide(pc.multiply(rows, pc.subtract(rows, 1)), 2.0)).as_py())
    numbered = records.append_column("unique_id", pa.array(range(len(records))))
    with duckdb.connect(config={"threads": 2}) as connection:
        backend = DuckDBAPI(connection=connection)
        linker = Linker(backend.register(numbered), settings, None, validate_settings=False)
        if kind == "m":
            linker.training.estimate_m_from_label_column("undian")
        else:
            linker.training.estimate_u_using_random_sampling(len(records) ** 2, min_count_per_level=None, num_chunks=1)
        model = linker.misc.save_model_to_json()
    found: Shares = {}
    for comparison in model["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        for at, level in enumerate(levels, 1):
            share = level.get(f"{kind}_probability")
            if isinstance(share, float):  # else a word that says that none do
                found[comparison["output_column_name"], at] = round(share, 7), share * pairs >= _FEWEST_PAIRS
    return found


def splink_settings() -> dict[str, Any]:
    """The comparisons as Splink's settings: their levels as DuckDB's SQL."""
    sides = {f"{c}_{side}": _TYPES.get(c, "string") for c in RECORD for side in "lr"}
    pair = ibis.table(sides, name="pasangan")
    return {
        "link_type": "dedupe_only",
        "comparisons": [
            {
                "output_column_name": comparison.name,
                "comparison_levels": [
                    {"sql_condition": _sql(pair, comparison.missing(pair)), "is_null_level": True},
                    *({"sql_condition": _sql(pair, level.agrees(pair))} for level in comparison.levels[:-1]),
                    {"sql_condition": "ELSE"},
                ],
            }
            for comparison in COMPARISONS
        ],
        "blocking_rules_to_generate_predictions": [],
    }


def _sql(pair: ir.Table, condition: ir.BooleanValue) -> str:
    """A condition on a pair as SQL over its bare column names."""
    query = sqlglot.parse_one(ibis.to_sql(pair.select(benar=condition), dialect="duckdb"), read="duckdb")
    for column in list(query.find_all(exp.Column)):
        column.set("table", None)
    return query.expressions[0].unalias().sql("duckdb")
