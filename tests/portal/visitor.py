"""Somebody at the site: a test client who is signed in, reads a language, and fills in forms as a browser does."""

from __future__ import annotations

import html
import re
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User


def visitor(user: User | None = None, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    if user is not None:
        client.force_login(user)
    return client


def page_of(dossier: Dossier, name: str = "dossier", *more: Any) -> str:
    return reverse(name, args=[dossier.pk, *more])


def text_of(response: HttpResponse) -> str:
    """What a person reads of a page: no tags, no isolates, single blanks."""
    seen = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub("[\u2066-\u2069]", "", html.unescape(seen)).split())


def hidden(response: HttpResponse, name: str) -> str:
    """The value of the first hidden field called `name`."""
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no hidden field {name}"
    return html.unescape(found[1])


def act(client: Client, dossier: Dossier, transition: str, **typed: str) -> HttpResponse:
    """Open the page of `dossier` and press the button of `transition`; with a `version`, on a page that has
    been open since then."""
    if "version" not in typed:
        typed["version"] = hidden(client.get(page_of(dossier)), "version")
    return client.post(page_of(dossier), {"transition": transition, **typed})


def queries_for(client: Client, url: str) -> int:
    """How many queries a page costs whose definitions are compiled already."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)
