"""What the pages of erasing say of a piece."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils.translation import override

from accreditation_engine.engine.erasures import Piece, in_files, of_people
from accreditation_engine.portal.auditor.erasure_sentences import ERASED
from accreditation_engine.portal.erasure.pieces import TITLES, WHERE, where
from accreditation_engine.trail.bundle import verify_trail


@pytest.mark.parametrize(
    ("what", "which", "said"),
    [
        ("profile_document", {"document": "statutes"}, "Statutes"),
        ("upkeep_file", {}, "With what was filed for a certificate"),
        ("complaint_file", {}, "With a concern"),
        ("narrative", {"rubric": "code", "criterion": "code-1"}, "code-1"),
        ("comment", {"seq": 3}, "Event 3: "),
        ("name", {"digest": "0"}, "A name borne before"),
        ("email", {}, "For signing in and for letters"),
        ("employer", {}, "Told on their account"),
    ],
)
def test_a_piece_stands_where_it_was_put_when_it_is_listed(
    what: str, which: dict[str, str], said: str
) -> None:
    with override("en"):
        assert where(Piece(what, uuid4(), which, "a.pdf"), "") == said


def test_every_kind_of_piece_that_can_be_erased_has_its_words_and_its_place() -> None:
    """On the page, in the trail, and for those that files hold in a bundle's verifier."""
    kinds = {*in_files, *of_people}
    assert set(TITLES) == set(WHERE) == set(ERASED) == kinds
    assert set(verify_trail.ERASED) - {"name"} == set(in_files)
