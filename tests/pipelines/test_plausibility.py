"""The rules as values: each names a declared frame, declared columns, and tells the operator what to do."""

import ast
from pathlib import Path

import pytest

from pipelines import plausibility
from pipelines.plausibility import FRAMES, RULES, Rule


def columns_of(rule: Rule) -> set[str]:
    """Every column that a rule reads."""
    named = {str(v) for k, v in rule.kwargs.items() if k.startswith("column")}
    return named | ({rule.row_condition[0]} if rule.row_condition else set()) | ({rule.tally} - {""})


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_a_rule_reads_only_measures_of_its_frame(rule: Rule) -> None:
    """Labels are never judged, so no rule can put one into a result."""
    assert columns_of(rule) <= set(FRAMES[rule.frame].measures)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_a_sentence_says_what_to_do(rule: Rule) -> None:
    """What is wrong, a colon, what to do, and how it goes on."""
    wrong, _, todo = rule.kalimat.partition(": ")
    assert wrong and "jalankan ulang" in todo and rule.kalimat.endswith(".")


def test_codes_are_unique() -> None:
    """A code names one rule: the child finds a rule's result by it."""
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("name", FRAMES)
def test_no_frame_passes_for_want_of_measures(name: str) -> None:
    """An empty frame fails, and so does a null in a required measure; a small delivery has no column to compare."""
    rules = [rule for rule in RULES if rule.frame == name]
    never_null = {
        rule.kwargs["column"]
        for rule in rules
        if rule.expectation == "ExpectColumnValuesToNotBeNull" and rule.row_condition is None
    }
    assert any(rule.expectation == "ExpectTableRowCountToBeBetween" for rule in rules) is (name != "kekosongan")
    assert never_null == set(FRAMES[name].required)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.confirmable], ids=lambda r: r.code)
def test_what_a_person_may_answer_for_names_one_sender(rule: Rule) -> None:
    """Its frame has one label, and an answered row is not judged."""
    assert FRAMES[rule.frame].labels == ("pengirim",)
    assert rule.row_condition == ("ditanya", ">", 0) and "ditanya" in FRAMES[rule.frame].required
    assert rule.code in plausibility.codes_of(rule.frame)


def test_the_rules_are_pure() -> None:
    """Declared without the library that carries them out."""
    tree = ast.parse(Path(plausibility.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"collections.abc", "dataclasses", "typing"}
    assert not any(isinstance(node, ast.Import) for node in ast.walk(tree))
