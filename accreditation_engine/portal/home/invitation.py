"""What to do where nothing is to be done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Scheme
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.queries import organisations_of
from accreditation_engine.portal.dossier.reader import language


def empty_home() -> dict[str, Any]:
    return {
        "icon": "check",
        "title": _("Nothing waits for you"),
        "sentence": _("When something does, you will find it here, and a message tells you by e-mail."),
    }


def invitations(person: User, *, any_file: bool) -> list[dict[str, Any]]:
    """For somebody without any file: each scheme that is open, for each organisation they act for."""
    if any_file:
        return []
    organisations = list(organisations_of(person))
    schemes = list(Scheme.objects.filter(subject="dossier").order_by("name")) if organisations else []
    return [
        {
            "organisation": organisation,
            "name": organisation.name_in(language()),
            "scheme": scheme.name,
            "title": compiled(scheme.edition_id).workflow.title.in_language(language()),
        }
        for organisation in organisations
        for scheme in schemes
    ]
