"""What an organisation says of itself when it registers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.governorates import EGYPT, no_governorate
from accreditation_engine.organisations.sectors import Sector, Written
from accreditation_engine.portal.countries import country_options

LEFT_OPEN = ("", "—")
NAMES = ("name_ar", "name_en")


def _countries() -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in country_options():
        groups.setdefault(each["group"], []).append((each["value"], each["label"]))
    return list(groups.items())


class OrganisationForm(forms.Form):
    name_ar = forms.CharField(
        label=_("Name in Arabic"),
        max_length=200,
        required=False,
        help_text=_("One of the two names is enough: it stands for the other as well."),
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )
    name_en = forms.CharField(
        label=_("Name in English"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "lang": "en"}),
    )
    registration_number = forms.CharField(
        label=_("Registration number"),
        max_length=40,
        help_text=_("As the ministry or the authority that registered the organisation wrote it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=_countries, initial=EGYPT)
    governorate = forms.CharField(
        label=_("Governorate"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "governorates"}),
    )
    sector = forms.ChoiceField(label=_("Field of work"), required=False, choices=[LEFT_OPEN, *Sector.choices])
    language = forms.ChoiceField(
        label=_("Language of its files"), required=False, choices=[LEFT_OPEN, *Written.choices]
    )

    def clean(self) -> dict[str, Any]:
        """A name in one language stands for the other, as in an import."""
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if sent.get("country") == EGYPT and (unknown := no_governorate(sent.get("governorate", ""))):
            self.add_error("governorate", str(unknown))
        either = sent.get("name_ar") or sent.get("name_en")
        if either:
            return sent | {name: sent.get(name) or either for name in NAMES}
        if not any(name in self.errors for name in NAMES):
            self.add_error("name_ar", _("Write the name of the organisation, in Arabic or in English."))
        return sent

    def refuse(self, refused: Refused) -> None:
        """Say why not, at the field that it is about."""
        for reason in refused.reasons:
            field = reason.parameters.get("field")
            if reason.code == "registration_number_taken":
                field = "registration_number"
                words: Any = _(
                    "An organisation is registered under this number. If it is yours, ask a colleague who acts for"
                    " it to invite you; if nobody does, write to the accrediting body."
                )
            else:
                words = str(reason)
            self.add_error(field if field in self.fields else None, words)
