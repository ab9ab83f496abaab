"""Letters about a sitting lead to its page, for whoever is still convened when they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.decisions.sittings.letters import CANCELLED, PLANNED
from accreditation_engine.portal.letters.leading import Page, leads_to


@leads_to(PLANNED, CANCELLED)
def _sitting(facts: Mapping[str, Any]) -> Page:
    return Page(reverse("sitting", args=[facts["sitting"]]), _("Open the sitting"))
