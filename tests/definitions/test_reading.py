from __future__ import annotations

from pathlib import Path

import pytest

from accreditation_engine.definitions.problems import DefinitionError
from accreditation_engine.definitions.reading import LARGEST_FILE, attempt_text, read_file, read_text
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.workflow import Workflow

from .examples import RUBRIC, WORKFLOW, changed, line_of, problems

START = "start with 'rubric: some-id' or 'workflow: some-id'"


def said(text: str | bytes) -> list[str]:
    return [f"{each.line}: {each.message}" for each in attempt_text(text, file="x.yaml").problems]


def test_both_kinds_are_read() -> None:
    assert isinstance(read_text(RUBRIC, file="r.yaml").definition, Rubric)
    assert isinstance(read_text(WORKFLOW, file="w.yaml").definition, Workflow)


def test_a_document_knows_the_line_of_each_part() -> None:
    document = read_text(WORKFLOW, file="w.yaml")
    assert document.line("states", "in_review", "waits_for") == line_of(WORKFLOW, "waits_for: reviewer")
    assert document.line("transitions", "certify", "requires", 1) == line_of(WORKFLOW, "- votes")
    assert document.line("transitions", "certify", "guards") == line_of(WORKFLOW, "  certify:")


def test_all_errors_of_a_file_are_reported_with_their_lines() -> None:
    text = (
        RUBRIC.replace("weight: 10", "wieght: 10").replace(", en: Openness", "").replace("step: 1", "step: 0")
    )
    assert said(text) == [
        "8: 'step' must be more than 0",
        "14: unknown key 'wieght' in item 1 of 'areas'; did you mean 'weight'?",
        "23: missing 'en' in 'title': both languages are required; add 'en: ...'",
    ]


def test_an_error_can_be_printed_as_file_line_message() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_text("workflow: x\n", file="dir/w.yaml")
    assert str(caught.value).splitlines()[0] == "dir/w.yaml:1: missing 'edition'; add 'edition: ...'"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1: the file is empty; start it with 'rubric: some-id' or 'workflow: some-id'"),
        ("# only this\n", "1: the file is empty; start it with 'rubric: some-id' or 'workflow: some-id'"),
        (
            "\n- a\n",
            f"2: the top of the file must be 'key: value' lines; {START}",
        ),
        (
            "edition: x\n",
            f"1: neither 'rubric:' nor 'workflow:' stands here; {START}",
        ),
        ("rubrik: x\n", "1: unknown key 'rubrik'; did you mean 'rubric'?"),
        (
            "rubric: a\nworkflow: b\n",
            "1: both 'rubric:' and 'workflow:' stand here; a file holds one of them",
        ),
        (
            "rubric: a\n---\nrubric: b\n",
            "2: a second document starts here; a file holds one, remove this '---'",
        ),
        (b"rubric: a\ntitle: \xff\n", "2: not UTF-8 text; save the file as UTF-8"),
        ("rubric: a\n\tedition: b", "2: not YAML: a tab stands here; indent with spaces"),
        ("rubric: a: b", "1: not YAML: unexpected ':'; put text with ': ' in quotes, check the indentation"),
        ("rubric: 'a\nb: c", "1: not YAML: the quote opened here is never closed; add the closing quote"),
        (
            "rubric: a\nareas: [b\nc: d",
            "3: not YAML: the list opened with '[' is not closed with ']', or a ',' is missing",
        ),
        ("a: b\x07", "1: a control character stands here; remove it"),
        ("[" * 200, "1: nested more than 60 levels deep; bring it nearer to the top"),
    ],
)
def test_what_is_no_definition_is_refused_with_a_remedy(text: str | bytes, problem: str) -> None:
    assert said(text) == [problem]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('edition: "2026.1"', "edition: 2026.10", "2: 'edition' must be text; put it in quotes: \"2026.10\""),
        (
            "rubric: commitment",
            "rubric: My Rubric",
            "1: 'My Rubric' cannot be a name; use small Latin letters, ",
        ),
        ("source: Invented for tests", "source:", "4: 'source' is empty; write its text"),
        ("source: Invented for tests", "source: ' '", "4: 'source' is empty; write its text"),
        ("minimum: 0", "minimum: zero", "6: 'minimum': give a plain number, such as 85 or 0.5"),
        ("minimum: 0", "minimum: true", "6: 'minimum': give a plain number, such as 85 or 0.5"),
        ("minimum: 0", "minimum: 1e999999999", "6: 'minimum': give a number below 1000000000000"),
        ("weight: 10", "weight: 1.00000000001", "14: 'weight': give a number with at most 10 decimals"),
        ("weight: 10", "weight: -1", "14: 'weight' must be at least 0"),
        (
            "combine: share_met",
            "combine: share_mett",
            "24: 'combine' cannot be 'share_mett'; did you mean 'share_met'",
        ),
        (
            "evidence: required",
            "evidence: 3",
            "18: 'evidence' cannot be '3'; write one of: required, optional, none",
        ),
        ("also: [", "also: unable_to_verify #", "10: 'also' must be a list; write [unable_to_verify]"),
        ("no_more_than: 2", "no_more_than: 2.5", "41: 'no_more_than' must be a whole number, such as 2"),
        (
            "score: {at_least: 85}",
            "scor: {at_least: 85}",
            "39: unknown condition 'scor'; did you mean 'score'?",
        ),
        ("score: {at_least: 85}", "score: {}", "39: 'score': give exactly one of at_least, below"),
        (
            "valid_for: P3Y",
            "valid_for: 3 years",
            "42: 'valid_for': '3 years' is not a duration; write for example",
        ),
        (
            "{ar: النزاهة, en: Integrity}",
            "Integrity",
            "13: 'title' must hold {ar: ..., en: ...}, not 'Integrity'",
        ),
        (
            "    weight: 10\n",
            "    weight: 10\n    weight: 10\n",
            "15: 'weight' is written twice here, first in line 14",
        ),
        (
            "also:",
            "1: x\n  also:",
            "10: unknown key '1' in 'scale'; known here: also, anchors, maximum, minimum, step",
        ),
        ("Invented for tests", '"a\\0b"', "4: this text holds a control character; remove it"),
        ("Invented for tests", "!!str x", "4: remove the tag 'tag:yaml.org,2002:str'; put text in quotes"),
        ("source: Invented", "source: *nothing #", "4: '*nothing' repeats nothing; write '&nothing' above"),
    ],
)
def test_one_mistake_is_named_at_its_line(old: str, new: str, problem: str) -> None:
    found = said(changed(RUBRIC, old, new))
    assert found
    assert found[0].startswith(problem)


def test_a_key_of_a_model_that_is_no_key_of_the_file_is_unknown() -> None:
    found = said(changed(WORKFLOW, "from: [in_review]", "from_: [in_review]"))
    assert "31: unknown key 'from_' in 'finish_review'; did you mean 'from'?" in found


def test_mistakes_of_shape_do_not_hide_mistakes_of_meaning() -> None:
    text = changed(RUBRIC, "weight: 10", "wieght: 10").replace("met_at: 3", "met_at: 9")
    assert problems(text) == [
        "a.yaml:14: unknown key 'wieght' in item 1 of 'areas'; did you mean 'weight'?",
        "a.yaml:25: 'met_at' must be from 0 to 4 in steps of 1",
    ]


def test_numbers_are_exact_and_the_key_on_is_text() -> None:
    text = changed(RUBRIC, "weight: 10", "weight: 0.1").replace(
        "{at_least: 85}", "{at_least: 85, on: percent}"
    )
    rubric = read_text(text, file="r.yaml").definition
    assert isinstance(rubric, Rubric)
    assert str(rubric.areas[0].weight) == "0.1"


def test_anchors_and_merge_keys_are_understood() -> None:
    text = changed(
        WORKFLOW,
        "    from: [in_review]\n    to: deciding\n    by: [reviewer]\n",
        "    <<: &way {from: [in_review], to: deciding, by: [panel]}\n    by: [reviewer]\n",
    )
    text = changed(text, "from: [deciding]", "<<: *way\n    from: [deciding]")
    workflow = read_text(text, file="w.yaml").definition
    assert isinstance(workflow, Workflow)
    assert workflow.transitions["finish_review"].by == ("reviewer",)
    assert workflow.transitions["certify"].from_ == ("deciding",)


def test_a_small_file_that_unfolds_into_a_huge_one_is_refused_at_once() -> None:
    text = "rubric: x\na: &a [" + "x, " * 10 + "]\n"
    for above, name in zip("abcdefgh", "bcdefghi", strict=True):
        text += f"{name}: &{name} [" + f"*{above}, " * 10 + "]\n"
    assert said(text) == ["7: more than 400000 entries with its aliases; make the file smaller"]


def test_what_repeats_itself_is_refused() -> None:
    assert "1: '*x' stands inside what it repeats; write that out" in said("rubric: &x [*x]")


def test_deep_aliases_are_refused() -> None:
    text = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 100))
    assert said(text) == ["59: nested more than 60 levels deep; bring it nearer to the top"]


def test_a_file_over_the_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    with pytest.raises(DefinitionError, match="larger than"):
        read_file(path)


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"gone\.yaml:1: cannot be read"):
        read_file(tmp_path / "gone.yaml")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_text(RUBRIC, encoding="utf-8-sig")
    assert read_file(path).definition.id == "commitment"
