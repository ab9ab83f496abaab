"""What a stranger may type on the pages of the trail."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accreditation_engine.trail.transparency.published import Unreadable, readable_hash


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write the address at which you want to get checkpoints."),
            "invalid": _("This is no e-mail address; it looks like name@example.org."),
        },
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class EventForm(forms.Form):
    hash = forms.CharField(
        label=_("Hash of the event"),
        help_text=_("64 digits, each 0 to 9 or a to f: at every event of a file's trail, and in its export."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "class": "code", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the hash of the event.")},
    )

    def clean_hash(self) -> str:
        try:
            return readable_hash(str(self.cleaned_data["hash"]))
        except Unreadable as error:
            raise ValidationError(str(error)) from error
