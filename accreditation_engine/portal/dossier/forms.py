"""What comes with a press of a button."""

from __future__ import annotations

from typing import Any

from django import forms

from accreditation_engine.written import kept_text


class CommentField(forms.Field):
    """A text of any length: the engine says whether it is taken, and what is refused comes back whole."""

    def to_python(self, value: Any) -> str:
        return kept_text(value or "")


class ActForm(forms.Form):
    """One transition. Its words for people are in parts/actions.html; whether it may be taken, the engine says."""

    transition = forms.SlugField(max_length=60)
    version = forms.CharField(max_length=64, required=False)
    comment = CommentField(required=False)
    choice = forms.SlugField(max_length=40, required=False)
