"""The letter that invites somebody to act for an organisation: in both languages, for nobody knows which they
read."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.organisations.colleagues import HOLDS_FOR, token_of
from accreditation_engine.organisations.models import Invitation, Standing
from accreditation_engine.portal.account.mails import send_mail
from accreditation_engine.portal.body import body_name


def send_invitation(invitation: Invitation) -> None:
    first, *others = sorted(dict(settings.LANGUAGES), key=lambda each: each != invitation.language)
    subject, body = _in_language(invitation, first)
    for other in others:
        body += f"\n· · ·\n\n{_in_language(invitation, other)[1]}"
    send_mail.enqueue(invitation.email, subject, body)


def _in_language(invitation: Invitation, language: str) -> tuple[str, str]:
    with translation.override(language):
        words = isolated(
            {
                "name": str(invitation.invited_by or ""),
                "organisation": invitation.organisation.name_in(language),
                "address": settings.SITE_URL + reverse("join_organisation", args=[token_of(invitation)]),
                "days": HOLDS_FOR.days,
            }
        )
        reads = invitation.standing == Standing.READER
        body = (_to_read() if reads else _to_work()) % {**words, "body": isolate(body_name())}
        return _("An invitation: %(organisation)s") % words, body


def _to_work() -> str:
    return _(
        "%(name)s invites you to work on the accreditation files of %(organisation)s, with %(body)s. Open this"
        " page within %(days)s days to accept; you need no account before:\n\n%(address)s\n\n"
        "If you do not know what this is about, do nothing.\n"
    )


def _to_read() -> str:
    return _(
        "%(name)s invites you to read the accreditation files of %(organisation)s, with %(body)s. Open this"
        " page within %(days)s days to accept; you need no account before:\n\n%(address)s\n\n"
        "If you do not know what this is about, do nothing.\n"
    )
