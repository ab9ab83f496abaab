"""The pages to look at: of every address of the site those that somebody is answered with a page, in some state of
the file. What is built of the same parts is looked at once, whoever was shown it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.test import Client

from tests.portal.visibility.answers import told
from tests.portal.visibility.planted import Planted, set_into
from tests.portal.visibility.routes import Route, routes
from tests.portal.visitor import visitor

WHO = (
    "nobody",
    "applicant",
    "coordinator",
    "reviewer a",
    "panel",
    "panel c",
    "appeal panel",
    "coach",
    "auditor",
    "methodologist",
    "administrator",
)
STATES = ("draft", "in_review", "correcting", "deciding", "refused", "certified")
PART = re.compile(r"<([a-z0-9]+)((?:\s[^>]*)?)>")
KIND = re.compile(
    r'\b(?:class|type|role|aria-\w+(?==))="[^"]*"|\b(?:required|disabled|checked|open|hidden)\b'
)


@dataclass(frozen=True)
class Shown:
    """A page that `who` is shown at `address`, in these `languages`: some addresses name theirs."""

    name: str
    who: str
    address: str
    languages: tuple[str, ...] = ("ar", "en")


def shown(
    planted: Planted, state: str, known: set[object], everybody: tuple[str, ...] = WHO
) -> Iterator[Shown]:
    """What is to be looked at in a state, beyond what is `known` from others; the file is set into it."""
    set_into(planted.dossier, state)
    for who in everybody:
        client = visitor(planted.people.get(who))
        for route in routes(planted):
            parts = _parts(client, route)
            if parts and (route.name, parts) not in known:
                known.add((route.name, parts))
                page = Shown(route.name, who, route.address)
                yield replace(page, languages=("ar",)) if "<str:spoken>" in route.pattern else page


def _parts(client: Client, route: Route) -> int | None:
    """What the page that is answered is built of, as a number; nothing if no page is."""
    answer = client.get(route.address)
    text = told(answer)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return None
    return hash(tuple((name, *KIND.findall(more)) for name, more in PART.findall(text)))
