"""`make bench-padan`: four ways to tell who is who, on the same standardised rows of one month, against the key.

    python tests/bench/linkage.py [ORANG]

This program; Splink alone, as its documentation sets up a deduplication; rows of one sound NIK; and NIK, name and birth
date compared by difflib, weighted .5, .3 and .2, within a desa, one person from .85. Prints pairwise precision and
recall of persons, and seconds.
"""

import logging
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from difflib import SequenceMatcher
from io import StringIO
from itertools import combinations
from pathlib import Path
from time import perf_counter

import pandas as pd
from core import main as core

from pipelines import plan
from pipelines.contoh import write_contoh
from pipelines.period import Period
from pipelines.sources import REGISTER
from resources.drop import Drop
from resources.engine import Engine

MAY = "2024-05"
WEIGHTS, SAME = {"nik": 0.5, "nama_baku": 0.3, "lahir": 0.2}, 0.85


def ours(rows: pd.DataFrame, engine: Engine) -> pd.Series:
    """The stages of this program, as in a run."""
    for stage in plan.stages(REGISTER):
        if stage.name in ("langkah", "pasangan", "tautan"):
            engine.run(stage)
    return rows.rid.map(engine.frame("tautan").set_index("rid").orang.astype("str"))  # too long for a float


def same_nik(rows: pd.DataFrame, _: Engine) -> pd.Series:
    """Rows of one NIK are one person; without one a row is nobody's."""
    return rows.nik


def by_splink(rows: pd.DataFrame, _: Engine) -> pd.Series:
    """Its tutorial: ready-made comparisons, u at random, EM over two of the blocking rules, clusters from 95 %."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415 - loaded where it is timed
    from splink import comparison_library as cl  # noqa: PLC0415

    rules = [block_on("nik"), block_on("no_kk", "nama_baku"), block_on("nama_baku", "lahir")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rid",
        comparisons=[
            cl.NameComparison("nama_baku"),
            cl.DateOfBirthComparison("lahir", input_is_string=True),
            cl.LevenshteinAtThresholds("nik"),
            cl.ExactMatch("no_kk"),
            cl.ExactMatch("kode_desa"),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    backend = DuckDBAPI()
    linker = Linker(backend.register(rows[["rid", *WEIGHTS, "no_kk", "kode_desa"]].astype({"rid": "int64"})), settings)
    linker.training.estimate_probability_two_random_records_match(rules[:2], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (rules[0], rules[2]):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.95)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.95).as_pandas_dataframe()
    return rows.rid.map(found.set_index("rid").cluster_id.astype("str"))


def by_difflib(rows: pd.DataFrame, _: Engine) -> pd.Series:
    """Every two rows of a desa, their cells as texts."""
    texts = rows[["rid", "kode_desa", *WEIGHTS]].fillna("")
    alike = [
        (one.rid, other.rid)
        for _, desa in texts.groupby("kode_desa")
        for one, other in combinations(desa.itertuples(index=False), 2)
        if sum(
            weight * SequenceMatcher(None, getattr(one, cell), getattr(other, cell), autojunk=False).ratio()
            for cell, weight in WEIGHTS.items()
        )
        >= SAME
    ]
    return clusters(rows.rid, alike)


def clusters(rids: pd.Series, pairs: Iterable[tuple[int, int]]) -> pd.Series:
    """Who is tied to whom, also by others."""
    leads = {rid: rid for rid in rids}

    def lead(rid: int) -> int:
        while leads[rid] != rid:
            rid = leads[rid] = leads[leads[rid]]
        return rid

    for one, other in pairs:
        leads[lead(one)] = lead(other)
    return rids.map(lead)


def score(found: pd.Series, truth: pd.Series) -> tuple[float, float]:
    """Pairwise precision and recall; rows that are nobody's count as persons of their own."""
    alone = pd.Series([f"- {at}" for at in range(len(found))], index=found.index)
    sides = pd.DataFrame({"ada": found.astype("str").where(found.notna(), alone), "benar": truth})

    def pairs(*by: str) -> int:
        sizes = sides.groupby(list(by)).size()
        return int((sizes * (sizes - 1) // 2).sum())

    right = pairs("ada", "benar")
    return right / max(pairs("ada"), 1), right / pairs("benar")


def main(people: int, folder: Path) -> None:
    """Make the drop, standardise it, and let each way have it."""
    write_contoh(folder, orang=people, benih=1, kotor=1.0)
    core(Drop(folder / "sumber"), folder / "kerja", verbose=False)
    key = pd.read_csv(folder / "kunci" / "baris.csv", dtype={"lembar": "str"}, keep_default_na=False)
    engine = Engine(folder / "kerja" / MAY, Period(MAY, None), REGISTER, "kunci tolok ukur")  # the same keys as above
    told = engine.connection.to_pyarrow(engine.table("baris")).to_pandas()
    told = told[told.alasan == ""].assign(lembar=told.lembar.fillna(""), lahir=told.tanggal_lahir.astype("str"))
    told["lahir"] = told.lahir.where(told.tanggal_lahir.notna())
    rows = told.merge(key[key.orang >= 0], on=["berkas", "lembar", "baris"]).sort_values("rid")
    rows = rows.astype(dict.fromkeys((*WEIGHTS, "no_kk", "kode_desa"), "object"))
    print(f"{len(rows)} baris, {rows.orang.nunique()} orang\n{'cara':22}{'presisi':>9}{'recall':>9}{'detik':>8}")
    ways: dict[str, Callable[[pd.DataFrame, Engine], pd.Series]] = {
        "program ini": ours, "Splink saja": by_splink, "NIK sama": same_nik, "difflib berbobot": by_difflib,
    }  # fmt: skip
    for name, way in ways.items():
        start = perf_counter()
        with redirect_stdout(StringIO()):
            found = way(rows, engine)
        seconds = perf_counter() - start
        precision, recall = score(found, rows.orang)
        print(f"{name:22}{precision:9.5f}{recall:9.5f}{seconds:8.1f}", flush=True)
    engine.close()


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # of libraries; what is measured is what counts here
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as made:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000, Path(made))
