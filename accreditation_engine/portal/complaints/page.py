"""What the page of a concern shows, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.complaints.filing import files_of
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.complaints.queries import story_of
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.portal.dossier.acts import Tried
from accreditation_engine.portal.dossier.own_life import acts_on
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.erased_words import or_erased

from .audit import audit_called, with_days
from .files import listed, with_files_to_answer
from .listed import badge_of
from .public_views import concern_facts, said_in_words

READS_CONTACT = frozenset({"coordinator", "auditor"})


def complaint_page(
    reader: Reader, complaint: Complaint, tried: Tried | None = None, typed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The context of portal/complaint.html; `typed` is what was sent with a step that was refused. Whoever raised
    it is named to coordinators and auditors alone, and never to somebody who acts for the organisation as well."""
    story = story_of(complaint)
    address = reverse("complaint", args=[reader.dossier.pk, complaint.pk])
    acts = acts_on(reader, complaint, address, tried)
    reasons, offered = (tried.reasons if tried else ()), acts["actions"]["acts"]
    with_days(complaint, offered, typed or {}, reasons)
    with_files_to_answer(complaint, offered, tried.name if tried else "", reasons)
    files = files_of(complaint)
    return {
        **frame(reader, "dossier"),
        **acts,
        "hint": _hint(reader),
        "audit": audit_called(reader, complaint),
        "complaint": complaint,
        "badge": badge_of(complaint),
        "until": complaint.deadline_at,
        "facts": [*concern_facts(complaint), *(_contact(story.contact) if reads_contact(reader) else [])],
        "said": said_in_words(story.said, files, read=True),
        "moved": [
            {
                "title": transition_title(each.event.edition, each.event.transition),
                "at": each.event.at,
                "text": or_erased(each.comment, each.erased_at),
                "files": listed(files.get(each.event.seq, ()), read=True),
            }
            for each in story.moved
        ],
    }


def reads_contact(reader: Reader) -> bool:
    return not reader.roles.isdisjoint(READS_CONTACT) and not reader.plays("applicant")


def _hint(reader: Reader) -> str:
    if not reader.plays("applicant"):
        return ""
    return _(
        "Write what you know of it and what you have done, and add files that show it. Those who decide read your"
        " answer; whoever raised the concern does not. Without an answer in time it is decided without you."
    )


def _contact(contact: Any) -> list[dict[str, Any]]:
    if not (contact.name or contact.mail):
        return [{"term": _("Raised by"), "value": _("nobody who said their name")}]
    return [
        {"term": _("Raised by"), "value": contact.name or _("no name given")},
        {"term": _("E-mail"), "value": contact.mail or _("none given")},
    ]


def concerns_seen(reader: Reader) -> list[dict[str, str]]:
    """[{title, url, words}] of the concerns in the file that the reader may see, the newest first. One query."""
    rows = Complaint.objects.filter(dossier=reader.dossier).order_by("-number")
    return [
        {
            "title": each.number,
            "url": reverse("complaint", args=[reader.dossier.pk, each.pk]),
            "words": state_title(each.edition_id, each.state),
        }
        for each in rows
        if "complaint" in visible(each, reader.roles)
    ]
