"""What the library of accounts writes by mail, in our words and in its reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.body import body_name
from accreditation_engine.portal.mail_message import MailMessage

Words = tuple[str, str]
"""A subject and a body."""


@task
def send_mail(email: str, subject: str, body: str) -> None:
    """As a task: a page waits for no mail server, and how long it takes tells nobody if there is an account."""
    MailMessage(subject, body, to=[email]).send()


def write(kind: str, email: str, context: Mapping[str, Any]) -> None:
    """Mail what the library calls `kind` ("account/email/password_reset_key")."""
    reader = context.get("user")
    language = getattr(reader, "language", None) or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        subject, body = LETTERS[kind](context)
    send_mail.enqueue(email, subject, body)


def tell_of_change(user: User, what: str) -> None:
    """A letter that nobody asked for: if it was somebody else, its reader should know. `what` is in CHANGED."""
    with translation.override(user.language):
        words = isolated(
            {"body": _body(), "what": str(CHANGED[what]), "account": settings.SITE_URL + reverse("account")}
        )
        body = (
            _(
                "On the site of %(body)s something was changed about how you come in: %(what)s\n\n"
                "If it was you, there is nothing to do. If not, choose another password and end all sessions that"
                " you do not know, here:\n\n%(account)s\n\nThen tell an administrator.\n"
            )
            % words
        )
        send_mail.enqueue(user.email, _("Your sign-in was changed"), body)


def invite(user: User, address: str) -> None:
    """A letter to somebody for whom an account was opened: at `address` they choose their first password."""
    with translation.override(user.language):
        body = _(
            "You were given a role with %(body)s, and an account was opened for you under this address. Open this"
            " page to choose a password and come in:\n\n%(address)s\n\n"
            "The address holds once, and for three days at most. Later, this page sends you another:\n\n"
            "%(forgotten)s\n\nIf you know nothing of it, do nothing: without a password nobody comes in.\n"
        ) % isolated(
            {
                "body": _body(),
                "address": address,
                "forgotten": settings.SITE_URL + reverse("account_reset_password"),
            }
        )
        send_mail.enqueue(user.email, _("Choose a password for your account"), body)


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
    return isolate(body_name())


CHANGED = {
    "account/email/password_changed": gettext_lazy("the password is another one."),
    "account/email/password_reset": gettext_lazy("the password is another one."),
    "mfa/email/totp_activated": gettext_lazy("an app with codes was set up."),
    "mfa/email/totp_deactivated": gettext_lazy("the app with codes was taken off."),
    "mfa/email/webauthn_added": gettext_lazy("a passkey was set up."),
    "mfa/email/webauthn_removed": gettext_lazy("a passkey was taken off."),
    "mfa/email/recovery_codes_generated": gettext_lazy("recovery codes were made anew."),
    "token_made": gettext_lazy("a token was made, with which a program does what you may."),
    "factors_taken_off": gettext_lazy("an administrator took all second factors off."),
}
"""Under the names that the library has for its letters, and one of ours."""
LETTERS: dict[str, Callable[[Mapping[str, Any]], Words]] = {
    "account/email/email_confirmation": _confirm,
    "account/email/email_confirmation_signup": _confirm,
    "account/email/password_reset_key": _forgotten,
    "account/email/account_already_exists": _known_already,
}
