"""The form that plans a sitting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.decisions.models import Sitting
from accreditation_engine.decisions.seats import seats_of
from accreditation_engine.decisions.sittings.details import Details
from accreditation_engine.decisions.sittings.plan import Plan
from accreditation_engine.decisions.sittings.rules import may_be_convened, roles_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.role_words import roles_in_words
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import files_of
from accreditation_engine.portal.whole_numbers import whole_number

MINUTES = "%Y-%m-%dT%H:%M"
MOST_OFFERED = 200


TITLES = gettext_lazy("Give the sitting a title in Arabic and one in English.")


class SittingForm(forms.Form):
    """What is typed; whether it can be is for the operation to say, all at once."""

    title_ar = forms.CharField(label=gettext_lazy("Title in Arabic"), error_messages={"required": TITLES})
    title_en = forms.CharField(label=gettext_lazy("Title in English"), error_messages={"required": TITLES})
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Begins"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES),
        error_messages={
            "required": gettext_lazy("Say on which day and at what time the sitting begins."),
            "invalid": gettext_lazy("This is no date and time; write it like 2026-11-24 09:30."),
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Place, or address of a call"),
        error_messages={
            "required": gettext_lazy("Say where the panel meets: a place, or the address of a call.")
        },
    )
    schemes = forms.MultipleChoiceField(
        label=gettext_lazy("Schemes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose the schemes whose files the sitting decides.")},
    )
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Convened"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who is convened.")},
    )

    def __init__(
        self,
        own: Collection[str],
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """`own` are the schemes for which whoever plans may call sittings."""
        super().__init__(data, initial=dict(initial or {}))
        titles = {each.name: compiled(each.edition_id) for each in Scheme.objects.filter(name__in=own)}
        self.people = {str(each.pk): each for each in may_be_convened(own)}
        roles = roles_of(self.people.values())
        for name, choices in (
            ("schemes", [(each, _title(titles[each])) for each in own]),
            ("members", [(key, _with_roles(each, roles)) for key, each in self.people.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - as declared above
            field.choices = choices

    def plan(self, agenda: list[Dossier], sure: Collection[str]) -> Plan:
        """`sure` are the codes of what is unusual about it and meant so."""
        data = self.cleaned_data
        return Plan(
            title_ar=data["title_ar"],
            title_en=data["title_en"],
            place=data["place"],
            starts_at=data["starts_at"],
            schemes=data["schemes"],
            members=[self.people[each] for each in data["members"]],
            agenda=agenda,
            sure=sure,
        )


def _with_roles(person: User, roles: Mapping[UUID, Sequence[str]]) -> str:
    words = _("%(name)s (%(roles)s)")
    return words % {"name": isolate(person.name), "roles": roles_in_words(roles.get(person.pk, ()))}


def _title(scheme: Compiled) -> str:
    return scheme.workflow.title.in_language(language())


def initial_of(sitting: Sitting, details: Details) -> dict[str, Any]:
    return {
        "title_ar": details.title_ar,
        "title_en": details.title_en,
        "place": details.place,
        "starts_at": localtime(sitting.starts_at),
        "schemes": list(sitting.schemes.values_list("scheme", flat=True)),
        "members": [str(each) for each in sitting.convened.values_list("member", flat=True)],
    }


def offered(person: User, own: Collection[str], sitting: Sitting | None) -> list[Dossier]:
    """Files of the schemes `own` that a coordinator can put on an agenda: those before a panel, or one step away
    from it; and those that stand on it. What is closed to the coordinator is not offered and stays where it is."""
    there = set(sitting.agenda.values_list("dossier", flat=True)) if sitting else set[UUID]()
    rows = files_of(person, "coordinator").filter(scheme__in=own)
    near = [each for each in rows.order_by("number") if each.pk in there or _is_near(each)]
    return near[:MOST_OFFERED]


def _is_near(dossier: Dossier) -> bool:
    scheme, voted = compiled(dossier.edition_id), seats_of(dossier.edition_id)
    return dossier.state in voted or any(
        each.to in voted for each in scheme.workflow.leaving(dossier.state).values()
    )


def places_typed(post: QueryDict, rows: list[Dossier]) -> dict[UUID, str]:
    """What was typed beside each file: its place on the agenda, "" for none."""
    return {each.pk: post.get(f"place-{each.pk}", "").strip() for each in rows}


def agenda_typed(places: Mapping[UUID, str], rows: list[Dossier], kept: list[Dossier]) -> list[Dossier]:
    """The files in the order of their numbers; those that the coordinator cannot see come last, in their own
    order. What is no number counts as the last."""
    chosen = [each for each in rows if places.get(each.pk)]
    chosen.sort(key=lambda each: (_number(places[each.pk]), each.number))
    return [*chosen, *kept]


def _number(typed: str) -> int:
    number = whole_number(typed, digits=4)
    return 9999 if number is None else number
