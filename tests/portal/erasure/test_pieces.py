"""What the pages of erasing say of a piece."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils.translation import override

from accreditation_engine.engine.erasures import Piece
from accreditation_engine.portal.erasure.pieces import where


@pytest.mark.parametrize(
    ("what", "which", "said"),
    [
        ("profile_document", {"document": "statutes"}, "Statutes"),
        ("upkeep_file", {}, "With what was filed for a certificate"),
        ("complaint_file", {}, "With a concern"),
        ("email", {}, "For signing in and for letters"),
    ],
)
def test_a_piece_stands_where_it_was_put_when_it_is_listed(
    what: str, which: dict[str, str], said: str
) -> None:
    with override("en"):
        assert where(Piece(what, uuid4(), which, "a.pdf"), "") == said
