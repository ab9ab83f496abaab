"""Telling people by mail that something has happened to a file of theirs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import ValidationInfo, field_validator

from accreditation_engine.definitions.base import Identifier
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.registry import Taken, effect, roles
from accreditation_engine.engine.words import state_title, transition_title, words_for_applicants

from .models import User

log = logging.getLogger(__name__)


class Notify(Parameters):
    """Which role is told."""

    shorthand: ClassVar[str | None] = "to"
    to: Identifier

    @field_validator("to")
    @classmethod
    def _known(cls, role: str, info: ValidationInfo) -> str:
        if role not in roles:
            raise ValueError(f"unknown role '{role}'; one of {', '.join(sorted(roles))}")
        return role


@effect("notify", Notify)
def notify(taken: Sequence[Taken], parameters: Notify) -> None:
    """After the commit, and never in its way: a mail that fails is logged and changes nothing."""
    for each in taken:
        transaction.on_commit(_telling(each, parameters.to), robust=True)


def _telling(taken: Taken, role: str) -> Callable[[], None]:
    """A function with a name: what Django logs of one that fails begins with it."""
    return lambda: _tell(taken, role)


def _tell(taken: Taken, role: str) -> None:
    people = roles[role].people(taken.subject)
    with words_for_applicants(role == "applicant"):
        messages = [_message(person, taken) for person in people if person.pk != taken.attempt.actor_id]
    with get_connection() as connection:
        for message in messages:
            _send(connection, message)


def _send(connection: BaseEmailBackend, message: EmailMessage) -> None:
    """An address that is refused keeps the mail from nobody else."""
    try:
        connection.send_messages([message])
    except Exception:
        log.exception("This mail was not sent: %s", message.subject)


def _message(person: User, taken: Taken) -> EmailMessage:
    """In the reader's language, from codes; it says what happened and where to look, never what was scored."""
    edition, event = taken.scheme.edition, taken.event
    with translation.override(person.language):
        words = {
            "step": transition_title(edition, event.transition),
            "state": state_title(edition, event.target),
            "number": getattr(taken.subject, "number", ""),
            "address": address_of(getattr(taken.subject, "dossier_id", taken.subject.pk)),
        }
        subject = _("File %(number)s: %(step)s") % isolated(words)
        body = _("%(step)s.\nThe file %(number)s is now in “%(state)s”.\n\n%(address)s\n") % isolated(words)
    return EmailMessage(subject, body, to=[person.email])


def address_of(dossier: UUID) -> str:
    return f"{settings.SITE_URL}/files/{dossier}/"


__all__ = ["Notify", "address_of", "notify"]
