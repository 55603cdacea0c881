"""The child of `resources.verdict`, run as `python -m resources.verdict_child`: requests in, verdicts out.

One line of JSON each way. The end of stdin, which also comes when the parent is killed, ends the child.
"""

import json
import operator
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations import expectations
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context import EphemeralDataContext
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column

from pipelines.plausibility import FRAMES, RULES, TOLD, Rule
from resources.verdict_pages import finish_pages

_MAX_LABELS = 10
_DECIMALS = 9  # 0.9 - 0.7 is 0.20000000000000007: noise must not decide at a bound
_COMPARE = {">": operator.gt, ">=": operator.ge}


def judge(frames: Mapping[str, pd.DataFrame], docs: Path) -> dict[str, Any]:
    """Judge every rule and write the Data Docs: how many `rules` were judged, the fields of each `failed`."""
    shutil.rmtree(docs, ignore_errors=True)  # the pages of a former judgement
    context = _context(docs)
    source = context.data_sources.add_pandas("ukuran")
    failed: list[dict[str, Any]] = []
    named: dict[str, list[str]] = {}
    judged: dict[str, list[str]] = {}
    for name, frame in frames.items():
        batches = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("semua")
        rules = {rule.code: rule for rule in RULES if rule.frame == name}
        suite = context.suites.add(gx.ExpectationSuite(name, [_expectation(r) for r in rules.values()]))
        definition = context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batches, suite=suite))
        # The stored result is what the docs show: with BOOLEAN_ONLY it holds no cell of the frame.
        outcome = definition.run(batch_parameters={"dataframe": frame}, result_format="BOOLEAN_ONLY")
        held = {_code(result): bool(result.success) for result in outcome.results}
        judged[name] = sorted(held)
        for rule in (rule for code, rule in rules.items() if not held.get(code)):
            rows = _failing(rule, frame, batches)
            failed.append(_failure(rule, rows))
            named[rule.code] = _told(name, rows)
    if unjudged := {rule.code for rule in RULES}.difference(*judged.values()):
        raise RuntimeError(f"rules left without a result: {sorted(unjudged)}")
    context.build_data_docs()
    counts = {name: len(codes) for name, codes in judged.items()}
    subjects = {name: sorted(set(_labels(name, frame))) for name, frame in frames.items()}
    finish_pages(docs, counts, named, subjects)
    return {"rules": sum(counts.values()), "failed": failed}


def _context(docs: Path) -> EphemeralDataContext:
    """Everything in memory but one local site: no telemetry, no progress bars, no folder of its own."""
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for name in list(context.variables.data_docs_sites or {}):
        context.delete_data_docs_site(name)
    site: Any = {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs)},
    }
    context.add_data_docs_site("putusan", site)
    return context


def _code(result: ExpectationValidationResult) -> str:
    configuration = result.expectation_config
    return str((configuration.meta or {}).get("code")) if configuration else ""


def _expectation(rule: Rule) -> Expectation:
    condition = None
    if rule.row_condition:
        column, sign, bound = rule.row_condition
        condition = _COMPARE[sign](Column(column), bound)
    row_condition = {"row_condition": condition} if condition else {}
    made: Expectation = getattr(expectations, rule.expectation)(
        **rule.kwargs, **row_condition, description=f"Bila tidak lolos: {rule.kalimat}", meta={"code": rule.code}
    )
    return made


def _failing(rule: Rule, frame: pd.DataFrame, batches: BatchDefinition[Any]) -> pd.DataFrame:
    """Ask again for the rows that fail one rule: this result carries them and is stored nowhere."""
    batch = batches.get_batch(batch_parameters={"dataframe": frame})
    result = batch.validate(_expectation(rule), result_format="COMPLETE").result
    if "unexpected_index_list" not in result and "observed_value" not in result:
        raise RuntimeError(f"{rule.code} could not be judged")
    return frame.loc[result.get("unexpected_index_list", [])]


def _failure(rule: Rule, rows: pd.DataFrame) -> dict[str, Any]:
    tally = f" ({rule.tally}: {rows[rule.tally].sum():.0f})" if rule.tally else ""
    shown = rows if rule.confirmable else rows.head(_MAX_LABELS)
    return {
        "code": rule.code, "frame": rule.frame, "kalimat": rule.kalimat + tally,
        "count": len(rows), "labels": _labels(rule.frame, shown),
    }  # fmt: skip


def _labels(name: str, rows: pd.DataFrame) -> list[str]:
    """What each row of a frame is about."""
    named = rows[list(FRAMES[name].labels)].fillna("(kosong)")
    return [" ".join(row) for row in named.itertuples(index=False)]


def _told(name: str, rows: pd.DataFrame) -> list[str]:
    """The same, with what was found where the frame says it for a reader."""
    said = rows[TOLD].fillna("") if TOLD in rows else [""] * len(rows)
    pairs = zip(_labels(name, rows), said, strict=True)
    return [f"{label}: {text}" if text else label for label, text in pairs]


def _frame(name: str, columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    kinds = dict.fromkeys(FRAMES[name].labels, "str") | dict.fromkeys(FRAMES[name].measures, "float64")
    return frame.astype(kinds | ({TOLD: "str"} if TOLD in frame else {})).round(_DECIMALS)


def main() -> None:
    """Answer each line of stdin on stdout until stdin ends."""
    # A library that prints must not stand between the parent and its answer.
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        for line in sys.stdin:
            request = json.loads(line)
            frames = {name: _frame(name, columns) for name, columns in request["frames"].items()}
            print(json.dumps(judge(frames, Path(request["docs"]))), file=answers, flush=True)


if __name__ == "__main__":
    main()
