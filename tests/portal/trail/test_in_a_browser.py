"""The pages of the trail that everybody reads, as they look in a browser."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.support.browser import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_label_of_the_address_stands_clear_of_the_sentence_above(
    open_page: OpenPage, language: str, device: str
) -> None:
    page = open_page(language=language, device=device)
    page.goto(reverse("checkpoints"))
    form = page.locator(f"form[action='{reverse('subscribe')}']")
    label = form.locator("label").bounding_box()
    sentence = form.locator("xpath=preceding-sibling::p[1]").bounding_box()
    assert label
    assert sentence
    assert label["y"] - (sentence["y"] + sentence["height"]) >= 12
