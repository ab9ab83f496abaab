"""Every page of the site in a browser, as each role, in both languages, wide and narrow: `python -m tests.walk`
looks at all of them in some minutes, a run of all tests at some."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import islice

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.portal.visibility.planted import Planted, planted
from tests.support.browser import OpenPage
from tests.support.world import SHIPPED, shipped

from .looking import Onlooker
from .pages import STATES, Shown, shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHOLE, PAGES = os.environ.get("WALK") == "whole", os.environ.get("WALK_PAGES", "").split()
FEW, ONE_IN = ("reviewer a", "coordinator"), 9
"""Whose pages are looked at where not all are, and how many of them."""


def test_nothing_is_wrong_with_any_page_when_it_is_opened(
    open_page: OpenPage, live_server: LiveServer
) -> None:
    found, seen, wrong = planted(shipped().workflows[SHIPPED]), 0, []
    onlookers: dict[tuple[str, str], Onlooker] = {}
    for state, page in _walked(found):
        for language in page.languages:
            if (page.who, language) not in onlookers:
                onlookers[page.who, language] = _onlooker(
                    open_page, live_server.url, found, page.who, language
                )
            seen += 1
            for each in onlookers[page.who, language].look(page.address):
                wrong.append(f"{page.name} ({page.who}, {state}, {language}) {page.address}: {each}")
                sys.stdout.write(f"{wrong[-1]}\n")
    sys.stdout.write(f"{seen} pages were looked at, each at three widths\n")
    assert seen
    assert not wrong, "\n".join(wrong)


def _walked(found: Planted) -> Iterator[tuple[str, Shown]]:
    """Each page with the state in which it is shown."""
    known: set[object] = set()
    if WHOLE:
        walked = ((state, page) for state in STATES for page in shown(found, state, known))
        yield from (each for each in walked if not PAGES or each[1].name in PAGES)
    else:
        few = islice(shown(found, "in_review", known, FEW), None, None, ONE_IN)
        yield from (("in_review", page) for page in few)


def _onlooker(open_page: OpenPage, base: str, found: Planted, who: str, language: str) -> Onlooker:
    """A page on which `who` is signed in already."""
    page = open_page(language=language)
    person = found.people.get(who)
    if person is not None:
        client = Client()
        client.force_login(person)
        secret = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": secret, "url": base}])
    return Onlooker(page, language)
