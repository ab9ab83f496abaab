"""Refusals, read later: what stood against it then, and nothing that whoever reads should do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

import accreditation_engine
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.auditor.refused_words import STOOD_AGAINST, told_later
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import World

HOME = Path(accreditation_engine.__file__).parent
TRIED = (
    "guards.py",
    "judging.py",
    "parts.py",
    "elapsed.py",
    "over.py",
    "closed.py",
    "claiming.py",
    "places.py",
    "recusing.py",
    "dissenting.py",
    "minuting.py",
)
SAY_HOW_THINGS_ARE = {"condition_unmet", "outcome_too_low"}


def codes_of_refusals() -> set[str]:
    """Of what is weighed wherever a refusal is written down."""
    texts = [each.read_text() for name in TRIED for each in HOME.rglob(name)]
    return {code for text in texts for code in re.findall(r'\bReason\(\s*"([a-z_]+)"', text)}


def test_every_reason_that_a_trail_holds_is_told_as_of_then() -> None:
    found = codes_of_refusals()
    assert len(found) > 25
    assert found - SAY_HOW_THINGS_ARE - set(STOOD_AGAINST) == set()


@pytest.mark.parametrize(
    ("language", "said", "asked"),
    [
        ("en", "It was for others to do: coordinator.", "sign in with that role"),
        ("ar", "كان ذلك من شأن غيره: المنسق.", "اطلبها منهم"),
    ],
)
def test_trail_tells_what_was_missing_and_asks_nothing(
    world: World, language: str, said: str, asked: str
) -> None:
    dossier = world.dossier("screening")
    with pytest.raises(Refused):
        perform(dossier, "accept", world.applicant)
    told = text_of(visitor(world.person("auditor"), language).get(page_of(dossier, "trail")))
    assert said in told
    assert asked not in told


def test_step_that_was_tried_in_another_state_is_told(world: World) -> None:
    dossier = world.dossier("screening")
    with pytest.raises(Refused):
        perform(dossier, "submit", world.applicant)
    told = text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))
    assert "was not possible while the file was in “Screening”." in told


def test_all_that_stood_against_a_submission_is_told(world: World) -> None:
    dossier = world.dossier("draft")
    with pytest.raises(Refused):
        perform(dossier, "submit", world.applicant, comment="x" * 20_001)
    told = text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))
    for words in (
        "Criteria that were not answered yet: 40 (",
        "The code of conduct had not been accepted yet.",
        "Characters of the text: 20001; at most 20000 are taken.",
    ):
        assert words in told


def test_words_take_their_parameters_in_both_languages(world: World) -> None:
    edition = world.dossier().edition_id
    facts = {
        "missing": 2,
        "edition": edition,
        "state": "screening",
        "transition": "accept",
        "then": "lapse",
        "step": "submit",
        "choice": "certify",
        "choices": ["certify", "abstain"],
        "roles": ["panel"],
        "criteria": ["Integrity"],
        "interests": [],
        "units": ["Minya"],
        "severity": "major",
        "name": "Mona",
        "share": "2/3",
        **dict.fromkeys(("at", "on", "from"), "2026-11-26"),
        **dict.fromkeys(("count", "most", "have", "of", "wanted"), 3),
    }
    for language in ("ar", "en"):
        with translation.override(language):
            told = {code: told_later(code, facts) for code in STOOD_AGAINST}
        assert all("%(" not in each for each in told.values())
        assert len(set(told.values())) == len(STOOD_AGAINST)
