"""Signing in by e-mail address, signing up, and proving again or otherwise who one is."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.sign_ins import note_refusal
from accreditation_engine.organisations.way_in import count_as_confirmed
from accreditation_engine.written import kept_line

from .letter_sent import remember_where_to
from .throttle import forget_failures, is_shut, note_failure


class SignInForm(AuthenticationForm):
    """Says the same whether the address or the password is wrong."""

    error_messages = {
        "invalid_login": _("The e-mail address and the password do not belong together. Try again."),
        "inactive": _("This account is closed. Ask the coordinator."),
        "shut": _("Too many attempts. Wait a quarter of an hour, then try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autofocus": True, "autocomplete": "username", "maxlength": 254}
        )
        self.fields["password"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        assert self.request is not None  # noqa: S101 - the view gives it
        email = str(self.cleaned_data.get("username", ""))
        if email and is_shut(self.request, email):
            raise ValidationError(self.error_messages["shut"], code="shut")
        try:
            cleaned = super().clean()
        except ValidationError:
            note_failure(self.request, email)
            for user in User.objects.filter(email=email.strip().lower()):
                note_refusal(user, "password")
            raise
        if self.user_cache is not None:
            forget_failures(self.request, email)
        return cleaned


class InOurWords:
    """Fields of a form of the library, called as they are called here, with the label above and nothing inside."""

    LABELS: ClassVar[dict[str, Any]] = {}
    HELP: ClassVar[dict[str, Any]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.LABELS.get(name, field.label)
            field.help_text = self.HELP.get(name, "")


class SignUpForm(InOurWords, account.SignupForm):
    field_order = ("name", "email", "password1")
    LABELS: ClassVar = {"email": _("E-mail address"), "password1": _("Password")}
    HELP: ClassVar = {
        "name": _("As it shall stand under what you do here."),
        "email": _("We send a letter there. You sign in by it as well."),
        "password1": password_validators_help_text_html(),
    }

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )

    def try_save(self, request: HttpRequest) -> Any:
        remember_where_to(request, self.cleaned_data["email"])
        try:
            return super().try_save(request)
        except IntegrityError:  # the button was pressed twice, and the other was faster
            self.account_already_exists = True
            return super().try_save(request)

    def clean_name(self) -> str:
        name = kept_line(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Say what you are called."), code="required")
        return name


class ForgottenForm(InOurWords, account.ResetPasswordForm):
    LABELS: ClassVar = {"email": _("E-mail address")}
    HELP: ClassVar = {"email": _("The one by which you sign in.")}

    def clean_email(self) -> str:
        email: str = super().clean_email()
        for user in self.users:
            count_as_confirmed(user)
        return email


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    LABELS: ClassVar = {"password1": _("New password"), "password2": _("New password once more")}
    HELP: ClassVar = {"password1": password_validators_help_text_html()}


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):
    LABELS: ClassVar = {"password": _("Password")}


CODE: dict[str, Any] = {"code": _("Code")}


class CodeForm(InOurWords, mfa.AuthenticateForm):
    LABELS: ClassVar = CODE
    HELP: ClassVar = {"code": _("The six digits that your app shows now, or one of your recovery codes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Whoever has passkeys alone is asked for no digits of an app."""
        super().__init__(*args, **kwargs)
        if not is_mfa_enabled(self.user, [Authenticator.Type.TOTP]):
            self.fields["code"].help_text = _("One of your recovery codes.")


class CodeAgainForm(InOurWords, mfa.ReauthenticateForm):
    LABELS: ClassVar = CODE
    HELP: ClassVar = CodeForm.HELP


class FirstCodeForm(InOurWords, ActivateTOTPForm):
    LABELS: ClassVar = CODE
    HELP: ClassVar = {"code": _("The six digits that the app shows now.")}


class PasskeyForm(InOurWords, AddWebAuthnForm):
    LABELS: ClassVar = {"name": _("What you call it")}
    HELP: ClassVar = {"name": _("So that you know it among others: “my phone”, for example.")}
