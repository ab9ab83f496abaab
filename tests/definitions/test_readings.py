"""Rubrics that read what is given under another one: what may stand in them, and what they have to share."""

from __future__ import annotations

import pytest

from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.editions import canonical
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.engine.registry import vocabulary
from tests.support.small import RUBRIC, WORKFLOW
from tests.support.world import changed, read

PLAIN = changed(RUBRIC, (RUBRIC[RUBRIC.index("findings:") : RUBRIC.index("outcomes:")], ""))
READING = changed(
    PLAIN,
    ("rubric: mini\n", "rubric: strict\nreads: mini\n"),
    ("title: {ar: مصغرة, en: Mini}", "title: {ar: صارمة, en: Strict}"),
)
BOTH = changed(WORKFLOW, ("rubrics: [mini]", "rubrics: [mini, strict]"))


def problems(*texts: str) -> list[str]:
    attempts = [attempt_text(text, file=f"{number}.yaml") for number, text in enumerate(texts)]
    return [str(each) for each in check_attempts(attempts, vocabulary()).problems]


def test_reading_is_sound_when_it_asks_the_same() -> None:
    heavier = changed(
        READING, ("{id: b-1, title: {ar: ب ١, en: B 1}}", "{id: b-1, title: {ar: ب ١, en: B 1}, weight: 5}")
    )
    assert problems(BOTH, RUBRIC, heavier) == []


def test_rubric_keeps_its_hash_when_it_reads_nothing() -> None:
    (rubric,) = read(RUBRIC).rubrics.values()
    assert (rubric.asked_as, b"reads" in canonical(rubric)) == ("mini", False)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("en: B 1", "en: B one", "asks otherwise: b-1"),
        ("id: b-1", "id: b-2", "asks otherwise: b-2, b-1"),
        ("title: {ar: ب ١, en: B 1}", "title: {ar: ب ١, en: B 1}, evidence: required", "asks otherwise: b-1"),
        ("maximum: 4", "maximum: 5", "has another scale"),
        ("reads: mini", "reads: minii", "reads 'minii', which is not listed; add 'minii' to 'rubrics'"),
        ("reads: mini", "reads: strict", "a rubric cannot read its own ratings"),
        (
            "outcomes:",
            "findings: [{severity: minor, rating_at_most: 1}]\noutcomes:",
            "'findings' cannot stand beside 'reads'",
        ),
        ("areas:", "reconcile_above: 1\nareas:", "'reconcile_above' cannot stand beside 'reads'"),
    ],
)
def test_reading_is_refused_when_it_does_not_fit(old: str, new: str, wrong: str) -> None:
    found = problems(BOTH, RUBRIC, changed(READING, (old, new)))
    assert any(wrong in each for each in found), found


def test_reading_is_refused_when_what_it_reads_reads_itself() -> None:
    third = changed(READING, ("rubric: strict", "rubric: third"), ("reads: mini", "reads: strict"))
    three = changed(BOTH, ("[mini, strict]", "[mini, strict, third]"))
    (found,) = problems(three, RUBRIC, READING, third)
    assert "'third' reads 'strict', which reads 'mini' itself; read 'mini' instead" in found
