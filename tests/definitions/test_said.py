"""Everything that is said about a definition is said in Arabic too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from accreditation_engine.definitions.arabic import ARABIC
from accreditation_engine.definitions.problems import Problem
from accreditation_engine.definitions.said import as_said, listed, say

FOLDER = Path(__file__).parents[2] / "accreditation_engine"
FILES = [path for path in FOLDER.rglob("*.py") if "arabic" not in path.parts]
WEIGHT = "the weight '{text}' is below 0; write 0 or more"


def constants(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def sentences(tree: ast.AST) -> Iterator[str]:
    """What is given to `say` as it is, or by a name to which it was given in the same function."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.Module):
            continue
        given: dict[str, list[ast.expr]] = {}
        for each in ast.walk(function):
            if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
                given.setdefault(each.targets[0].id, []).append(each.value)
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say":
                first = call.args[0]
                for said in given.get(first.id, []) if isinstance(first, ast.Name) else [first]:
                    choices = [said.body, said.orelse] if isinstance(said, ast.IfExp) else [said]
                    yield from (
                        each.value
                        for each in choices
                        if isinstance(each, ast.Constant) and isinstance(each.value, str)
                    )


def named(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


def test_every_sentence_has_its_arabic() -> None:
    said = {each for path in FILES for each in sentences(ast.parse(path.read_text(encoding="utf-8")))}
    assert said
    assert said - ARABIC.keys() == set()


def test_no_arabic_is_left_over() -> None:
    there = {each for path in FILES for each in constants(ast.parse(path.read_text(encoding="utf-8")))}
    assert ARABIC.keys() - there == set()


@pytest.mark.parametrize("english", ARABIC)
def test_both_have_the_same_values(english: str) -> None:
    assert named(english) == named(ARABIC[english])
    if re.search("[a-z]", re.sub(r"\{\w+\}", "", english)):
        assert re.search("[\u0621-\u064a]", ARABIC[english])


def test_values_inside_arabic_are_isolated_and_what_was_said_is_not() -> None:
    said = say(WEIGHT, text="-1")
    assert said == "the weight '-1' is below 0; write 0 or more"
    assert said.in_language("ar") == "الوزن \u2068-1\u2069 أقل من الصفر؛ يكتب \u20660\u2069 أو أكثر"
    outer = say("sheet '{sheet}': {message}", sheet="S", message=said)
    assert outer == f"sheet 'S': {said}"
    assert outer.in_language("ar-eg") == f"الورقة \u2068S\u2069: {said.arabic}"
    assert listed(["a", 2]).in_language("ar") == "\u2068a\u2069، \u20682\u2069"
    assert listed(["a", 2]) == "a, 2"


def test_problem_speaks_both_languages_in_one_line() -> None:
    problem = Problem("x.csv", 3, say(WEIGHT, text="-1\n" + "1" * 700))
    assert problem.in_language("en") == str(problem)
    assert str(problem).startswith("x.csv:3: the weight '-1 111")
    assert problem.in_language("ar").startswith("x.csv:3: الوزن")
    assert len(problem.in_language("ar")) < 650
    plain = Problem("x.csv", 3, "as others said it")
    assert plain.in_language("ar") == str(plain) == "x.csv:3: as others said it"
    assert as_said("x").in_language("ar") == "x"
