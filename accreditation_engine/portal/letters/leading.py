"""Where letters lead that are about no file: home, or what their kind knows better.

@leads_to("sitting_planned")
def _sitting(facts): ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.organisations.letters.models import Letter


@dataclass(frozen=True)
class Page:
    """The path of a page, and what a link to it says."""

    path: str
    words: str


Lead = Callable[[Mapping[str, Any]], Page]
_leads: dict[str, Lead] = {}


def leads_to(*kinds: str) -> Callable[[Lead], Lead]:
    """Register the function below: by the facts of letters of `kinds`, the page that they lead to, in the active
    language."""

    def register(lead: Lead) -> Lead:
        _leads.update(dict.fromkeys(kinds, lead))
        return lead

    return register


def page_of(letter: Letter) -> Page:
    """Of one that is about no file."""
    lead = _leads.get(letter.kind)
    return lead(letter.facts) if lead else home()


def home() -> Page:
    return Page(reverse("home"), _("Open the site"))
