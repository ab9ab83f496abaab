"""Where the library of accounts meets this site: whose accounts it opens, what it writes and says, and from where
somebody comes."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.sign_ins import note_address_confirmed, note_refusal, note_sign_in

from .letter_sent import remember_where_to
from .mails import CHANGED, tell_of_change, write
from .throttle import address_of, forget_failures, is_shut, note_failure

SAID = {
    "account/messages/email_confirmed.txt": gettext_lazy("Your e-mail address is confirmed."),
    "account/messages/password_changed.txt": gettext_lazy("Your password has been changed. Sign in with it."),
    "mfa/messages/totp_activated.txt": gettext_lazy("The app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The app is taken off."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is taken off."),
}
"""What is said when something is done. Of the rest the page itself tells."""
CAME_BY = "came_by_letter_to"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts. Wait a quarter of an hour, then try again."
        ),
        "rate_limited": gettext_lazy("Too many attempts. Wait a quarter of an hour, then try again."),
        "incorrect_password": gettext_lazy("This is not the password of your account. Type it again."),
    }

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        assert isinstance(user, User)  # noqa: S101 - there is no other
        came_by = request.session.pop(CAME_BY, "")
        user.email, user.name = form.cleaned_data["email"], form.cleaned_data["name"]
        user.language = (get_language() or settings.LANGUAGE_CODE)[:2]
        opened = User.objects.open_account(user, form.cleaned_data["password1"])
        if opened.email == came_by:
            self.stash_verified_email(request, opened.email)
            note_address_confirmed(opened)
        return opened

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        """Whoever has not chosen a language on this device gets their own."""
        response = super().post_login(request, user, **more)
        assert isinstance(user, User)  # noqa: S101 - there is no other
        note_sign_in(user, _proofs(request, user))
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def respond_email_verification_sent(
        self, request: HttpRequest, user: AbstractBaseUser | None
    ) -> HttpResponse:
        if isinstance(user, User):
            remember_where_to(request, user.email)
        return super().respond_email_verification_sent(request, user)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Guessed as slowly as at the door."""
        assert isinstance(user, User)  # noqa: S101 - there is no other
        if is_shut(self.request, user.email):
            raise self.validation_error("too_many_login_attempts")
        if not user.check_password(password):
            note_failure(self.request, user.email)
            note_refusal(user, "password")
            return False
        forget_failures(self.request, user.email)
        return True

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        write(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if isinstance(user, User) and template_prefix in CHANGED:
            tell_of_change(user, template_prefix)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, secret = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, secret])


def came_by_letter(request: HttpRequest, email: str) -> None:
    """A stranger opened a link that was sent to `email` alone: an account under this address needs no other
    letter."""
    request.session[CAME_BY] = email.lower()


def _proofs(request: HttpRequest, user: User) -> list[str]:
    """By what somebody came in, in the order in which they gave it."""
    records = get_authentication_records(request, user)
    return [str(each.get("type") or each["method"]) for each in records]
