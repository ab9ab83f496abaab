"""Page numbers."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.utils import translation

from accreditation_engine.portal.templatetags.paging import page_numbers


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_left_out_is_one_sign_in_every_language(language: str) -> None:
    with translation.override(language):
        numbers = list(page_numbers(Paginator(range(1000), 10), 50))
    assert numbers == [1, "…", 49, 50, 51, "…", 100]
