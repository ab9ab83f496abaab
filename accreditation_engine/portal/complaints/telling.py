"""Mails to whoever raised a concern and left an address."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accreditation_engine.complaints.models import Complaint
from accreditation_engine.complaints.queries import story_of
from accreditation_engine.complaints.telling import writers
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.account.mails import send_mail
from accreditation_engine.portal.body import body_name


def confirm_receipt(complaint: Complaint, secret: str) -> None:
    """With the secret address, which stands nowhere else: lost, it is lost."""
    contact = story_of(complaint).contact
    if not contact.mail:
        return
    with translation.override(contact.language):
        words = {
            "number": complaint.number,
            "body": body_name(),
            "address": isolate(settings.SITE_URL + reverse("concern", args=[secret])),
        }
        subject = _("Your concern %(number)s was received") % words
        body = _(
            "%(body)s has received your concern %(number)s.\n\nWhere it stands, and a place to add to it:\n"
            "%(address)s\n\nKeep this address to yourself: whoever has it reads your concern.\n"
        )
        send_mail.enqueue(contact.mail, subject, body % words)


def tell_of_step(pk: UUID) -> None:
    """Nothing of what the organisation or the panel wrote: that stays in the file."""
    complaint = Complaint.objects.get(pk=pk)
    contact = story_of(complaint).contact
    if not contact.mail:
        return
    with translation.override(contact.language):
        words = isolated(
            {
                "number": complaint.number,
                "state": state_title(complaint.edition_id, complaint.state),
                "body": body_name(),
            }
        )
        subject = _("News of your concern %(number)s") % {"number": complaint.number}
        body = _(
            "Your concern %(number)s at %(body)s has come to the stage “%(state)s”.\n\nYou find it at the address"
            " that you were given when you raised it.\n"
        )
        send_mail.enqueue(contact.mail, subject, body % words)


writers.append(tell_of_step)
