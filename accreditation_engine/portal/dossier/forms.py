"""What comes with a press of a button."""

from __future__ import annotations

from typing import Any

from django import forms

from accreditation_engine.dossiers.typed import kept_text

LONGEST_COMMENT = 20_000


class CommentField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return kept_text(super().to_python(value) or "")


class ActForm(forms.Form):
    """One transition. Its words for people are in parts/actions.html; whether it may be taken, the engine says."""

    transition = forms.SlugField(max_length=60)
    version = forms.CharField(max_length=64, required=False)
    comment = CommentField(max_length=LONGEST_COMMENT, required=False)
    choice = forms.SlugField(max_length=40, required=False)
