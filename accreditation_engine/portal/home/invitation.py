"""What to do where nothing is to be done."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.domain import is_final
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Scheme
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.queries import organisations_of
from accreditation_engine.portal.auditor.access import has_desk
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of


def empty_home(person: User) -> dict[str, Any]:
    """Nothing ever waits for auditors: they are shown to their desk."""
    if has_desk(person):
        return {
            "icon": "search",
            "title": _("Nothing waits for you"),
            "sentence": _(
                "At your desk is every event of the files you audit: searched, compared, drawn, taken away."
            ),
            "action": {"title": _("To the auditor's desk"), "url": reverse("audit")},
        }
    if not parts_of(person):
        return {
            "icon": "people",
            "title": _("You act for no organisation yet"),
            "sentence": _("Register yours, or ask a colleague who acts for it to invite you."),
            "action": {"title": _("Register an organisation"), "url": reverse("found_organisation")},
        }
    return {
        "icon": "check",
        "title": _("Nothing waits for you"),
        "sentence": _("When something does, you will find it here, and a message tells you by e-mail."),
    }


def invitations(person: User) -> list[dict[str, Any]]:
    """Each scheme that is open, for each organisation that the reader acts for and that has no file under it which
    still goes on: one that was withdrawn, has lapsed or was refused for good need not be the last."""
    organisations = list(organisations_of(person))
    schemes = list(Scheme.objects.filter(subject="dossier").order_by("name")) if organisations else []
    busy = _going_on(organisations) if schemes else set()
    return [
        {
            "organisation": organisation,
            "name": organisation.name_in(language()),
            "scheme": scheme.name,
            "title": compiled(scheme.edition_id).workflow.title.in_language(language()),
        }
        for organisation in organisations
        for scheme in schemes
        if (organisation.pk, scheme.name) not in busy
    ]


def _going_on(organisations: list[Organisation]) -> set[tuple[Any, str]]:
    """Which organisation has a file under which scheme that is not finished. One query."""
    files = Dossier.objects.filter(organisation__in=organisations)
    return {(each.organisation_id, each.scheme) for each in files if not is_final(each)}
