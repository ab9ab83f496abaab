"""What a workflow must say for its places to be taken, and what is said where it does not."""

from __future__ import annotations

import pytest

from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.engine.registry import vocabulary
from tests.support.small import RUBRIC
from tests.support.world import changed

from .waiting_files import QUEUED


def problems(*replacements: tuple[str, str]) -> list[str]:
    texts = changed(QUEUED, *replacements), RUBRIC
    attempts = [attempt_text(text, file=f"{number}.yaml") for number, text in enumerate(texts)]
    return [str(each) for each in check_attempts(attempts, vocabulary()).problems]


def test_a_workflow_with_places_is_sound() -> None:
    assert problems() == []


def test_places_are_as_many_as_the_reviews_that_are_counted() -> None:
    (found,) = problems(("{reviews_complete: 1}", "{reviews_complete: 3}"))
    assert "3 reviewers need as many places; write 'places: 3' in 'reviewing'" in found
    assert found.startswith("0.yaml:30:")


@pytest.mark.parametrize("section", ["{places: 2, due: P21D}", "{places: 3, claim: true, due: P21D}"])
def test_a_coordinator_may_ask_more_than_there_are_places(section: str) -> None:
    old = "{places: 2, claim: true, due: P21D}"
    assert problems(("{reviews_complete: 1}", "{reviews_complete: 3}"), (old, section)) == []


def test_places_are_taken_where_reviews_are_sent() -> None:
    (found,) = problems(("    requires: [own_review_complete]\n", ""))
    assert found.startswith("0.yaml:7:")
    assert "no step asks for own_review_complete" in found
