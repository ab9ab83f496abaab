"""The form with which anybody raises a concern."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation_engine.complaints.domain import LONGEST_NAME, Concern, code_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.uploads.words import FILE_REASONS

from .files import files_of_strangers

FIELD_OF = {
    "complaint_without_text": "text",
    "text_too_long": "text",
    "unknown_criterion": "about",
    "complaint_of_tomorrow": "happened_on",
    "complaint_long_name": "name",
    "complaint_bad_mail": "mail",
    **dict.fromkeys(FILE_REASONS, "files"),
}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, looked into where they are kept."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return list(data or [])


class ConcernForm(forms.Form):
    text = forms.CharField(
        label=_("What happened"),
        help_text=_(
            "And where, and how you know. The organisation reads this text, so leave out who you are."
        ),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 8}),
    )
    about = forms.ChoiceField(
        label=_("The principle that was broken"),
        help_text=_(
            "Of the code of conduct that the organisation has promised to keep, as far as you know it."
        ),
        required=False,
    )
    happened_on = forms.DateField(
        label=_("When it happened"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Neither your name nor your address is ever shown to the organisation."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    mail = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("We write to it when something happens with your concern."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )
    """A trap: nobody sees it, programs fill it in."""

    def __init__(self, dossier: Dossier, *sent: Any) -> None:
        super().__init__(*sent)
        about: Any = self.fields["about"]
        about.choices = [("", gettext("Something else, or I do not know")), *_code(dossier)]
        files = files_of_strangers()
        field = FilesField(label=files["label"], help_text=files["help"], required=False)
        field.widget.attrs["accept"] = files["accept"]
        self.fields["files"] = field

    def visible_fields(self) -> list[forms.BoundField]:
        """In the order of the page: what is said and shown first, then by whom."""
        order = ("text", "files", "about", "happened_on", "name", "mail")
        return [self[name] for name in order]

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(gettext("Leave this field empty."))
        return ""

    @property
    def chose_files(self) -> bool:
        return bool(self.files)

    @property
    def concern(self) -> Concern:
        sent = {name: value for name, value in self.cleaned_data.items() if name not in ("website", "files")}
        return Concern(**sent, language=language())

    @property
    def uploads(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["files"]
        return files

    def refused(self, refused: Refused) -> None:
        for each in refused.reasons:
            self.add_error(FIELD_OF.get(each.code), str(each))


def _code(dossier: Dossier) -> list[tuple[str, str]]:
    return [(each.id, each.title.in_language(language())) for each in code_of(dossier)]


def about_in_words(dossier: Dossier, about: str) -> str:
    """The title of the criterion of the code; "" for none."""
    return dict(_code(dossier)).get(about, about)
