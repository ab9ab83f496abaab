"""What the library of accounts writes by mail, in our words and in its reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from accreditation_engine.engine.isolates import isolate, isolated

Words = tuple[str, str]
"""A subject and a body."""


@task
def send_mail(email: str, subject: str, body: str) -> None:
    """As a task: a page waits for no mail server, and how long it takes tells nobody if there is an account."""
    EmailMessage(subject, body, to=[email]).send()


def write(kind: str, email: str, context: Mapping[str, Any]) -> None:
    """Mail what the library calls `kind` ("account/email/password_reset_key")."""
    reader = context.get("user")
    language = getattr(reader, "language", None) or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        subject, body = LETTERS[kind](context)
    send_mail.enqueue(email, subject, body)


def _confirm(context: Mapping[str, Any]) -> Words:
    return (
        _("Confirm your e-mail address"),
        _(
            "Somebody, probably you, opened an account with %(body)s under this address. Open this page within"
            " three days to confirm that the address is yours:\n\n%(address)s\n\n"
            "If it was not you, do nothing: without your confirmation nobody can sign in to the account.\n"
        )
        % isolated({"body": _body(), "address": context["activate_url"]}),
    )


def _forgotten(context: Mapping[str, Any]) -> Words:
    return (
        _("A new password"),
        _(
            "Somebody, probably you, said on the site of %(body)s that the password of your account is forgotten."
            " Open this page to choose a new one:\n\n%(address)s\n\n"
            "The address holds once, and for three days at most. If it was not you, do nothing: your password"
            " stays as it is.\n"
        )
        % isolated({"body": _body(), "address": context["password_reset_url"]}),
    )


def _known_already(context: Mapping[str, Any]) -> Words:
    return (
        _("You have an account already"),
        _(
            "Somebody, probably you, wanted to open an account with %(body)s under this address, which has one"
            " already. Sign in with it:\n\n%(sign_in)s\n\nIf you have forgotten the password:\n\n%(forgotten)s\n"
        )
        % isolated(
            {
                "body": _body(),
                "sign_in": settings.SITE_URL + reverse("sign_in"),
                "forgotten": settings.SITE_URL + reverse("account_reset_password"),
            }
        ),
    )


def _body() -> str:
    language = "en" if (translation.get_language() or "ar").startswith("en") else "ar"
    return isolate(settings.ACCREDITING_BODY[language])


LETTERS: dict[str, Callable[[Mapping[str, Any]], Words]] = {
    "account/email/email_confirmation": _confirm,
    "account/email/email_confirmation_signup": _confirm,
    "account/email/password_reset_key": _forgotten,
    "account/email/account_already_exists": _known_already,
}
