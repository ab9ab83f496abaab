"""The letters about checkpoints, each in its reader's language."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.zone_words import zone_in_words
from accreditation_engine.portal.body import body_name
from accreditation_engine.portal.mail_message import MailMessage
from accreditation_engine.portal.templatetags.dates import instant_in_words
from accreditation_engine.trail.models import Checkpoint

from .models import Subscriber


def confirming(email: str, language: str, address: str, days: int) -> MailMessage:
    with translation.override(language):
        return MailMessage(
            _("Confirm: checkpoints of the decision trail"),
            _(
                "Somebody, probably you, asked %(body)s for checkpoints of its decision trail at this address."
                " Open this page within %(days)d days to confirm it:\n\n%(address)s\n\n"
                "If it was not you, do nothing: nothing more comes without your confirmation but another letter"
                " like this, once a day at most, if somebody asks again.\n"
            )
            % isolated({"body": _body(), "days": days, "address": address}),
            to=[email],
        )


def known_already(subscriber: Subscriber) -> MailMessage:
    with translation.override(subscriber.language):
        return MailMessage(
            _("You get checkpoints of the decision trail already"),
            _(
                "Somebody, probably you, asked %(body)s for checkpoints of its decision trail at this address,"
                " which gets them already. There is nothing to do.\n\nTo get no more of them:\n%(leave)s\n"
            )
            % isolated({"body": _body(), "leave": leave_address(subscriber)}),
            to=[subscriber.email],
        )


def of_checkpoint(checkpoint: Checkpoint, subscriber: Subscriber) -> MailMessage:
    """The note itself is attached, byte for byte as it was signed."""
    with translation.override(subscriber.language):
        words = isolated(
            {
                "body": _body(),
                "size": str(checkpoint.size),
                "root": checkpoint.root,
                "moment": _("%(moment)s, %(zone)s")
                % {"moment": instant_in_words(checkpoint.at), "zone": zone_in_words()},
                "site": settings.SITE_URL + reverse("checkpoints"),
                "leave": leave_address(subscriber),
            }
        )
        letter = MailMessage(
            _("Checkpoint of the decision trail: %(size)s events") % words,
            _(
                "%(body)s signed a checkpoint of its decision trail.\n\nEvents: %(size)s\nRoot: %(root)s\n"
                "Signed: %(moment)s\n\nThe checkpoint is attached. Keep it: with it, anybody can show later if an"
                " event it covers was changed, removed or slipped in. How to compare it with others:\n%(site)s\n\n"
                "To get no more of these letters:\n%(leave)s\n"
            )
            % words,
            to=[subscriber.email],
            headers={
                "List-Unsubscribe": f"<{leave_address(subscriber)}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
    letter.attach(f"checkpoint-{checkpoint.size}.txt", checkpoint.note.encode(), "application/octet-stream")
    return letter


def leave_address(subscriber: Subscriber) -> str:
    return settings.SITE_URL + reverse("unsubscribe", args=[subscriber.pk])


def _body() -> str:
    return isolate(body_name())
