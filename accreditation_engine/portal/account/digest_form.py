"""Choosing how often mail comes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation_engine.organisations.models import Digest


class DigestForm(forms.Form):
    digest = forms.ChoiceField(
        label=_("Mail about files"),
        choices=[
            (Digest.AT_ONCE, _("At once: what comes within a few minutes comes together")),
            (Digest.DAILY, _("Once a day, in the morning")),
            (Digest.WEEKLY, _("Once a week, on Sunday morning")),
        ],
        widget=forms.RadioSelect,
        help_text=_("What is late, or would come too late for a deadline, comes at once all the same."),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the three.")),
    )
