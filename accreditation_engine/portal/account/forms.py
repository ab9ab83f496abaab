"""Signing in by e-mail address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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
            raise
        if self.user_cache is not None:
            forget_failures(self.request, email)
        return cleaned
