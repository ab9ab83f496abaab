"""What stands in a field of an event, in words beside the code: who an identifier is, what a choice is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from accreditation_engine.decisions.words import choice_title
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.rubrics import given

from .fields import fields_of
from .kind_words import kind_title
from .spoken import Spoken

SHEET = "sheet:"
RATED = frozenset({"answers", "ratings", "consensus"})


def names_of_identifiers(events: Iterable[Spoken]) -> dict[str, str]:
    """What the people and organisations are called now whose identifiers stand in the data of `events`. One
    query, none where there is no identifier."""
    wanted = {
        found for each in events for _path, value in fields_of(each.told.content) for found in _ids(value)
    }
    if not wanted:
        return {}
    name = "name_en" if language().startswith("en") else "name_ar"
    people = User.objects.filter(pk__in=wanted).values_list("pk", "name")
    organisations = Organisation.objects.filter(pk__in=wanted)
    rows = people.order_by().union(organisations.order_by().values_list("pk", F(name)), all=True)
    return {str(pk): called for pk, called in rows}


def _ids(value: Any) -> Iterable[UUID]:
    try:
        yield UUID(value)
    except (ValueError, TypeError, AttributeError):
        return


def words_for_fields(one: Spoken, names: Mapping[str, str]) -> dict[str, str]:
    """By path, only of fields for which there are words. Nothing of a withheld event but its columns."""
    words = _of_columns(one)
    if one.withheld:
        return words
    for path, value in fields_of(one.told.content):
        found = _of_data(one, path, value) if path.startswith("data.") else ""
        found = found or (names.get(value, "") if isinstance(value, str) else "")
        if found:
            words.setdefault(path, found)
    return words


def _of_columns(one: Spoken) -> dict[str, str]:
    event = one.event
    words = {"stream": one.about.title, "kind": kind_title(event.kind)}
    if one.withheld:
        return words
    words["actor.id"] = one.entry["actor"]
    if event.role:
        words["role"] = role_title(event.role)
    if not event.edition:
        return words
    scheme = compiled(event.edition).workflow
    words["edition"] = f"{scheme.title.in_language(language())} {scheme.edition}"
    if event.transition:
        words["transition"] = transition_title(event.edition, event.transition)
    named = {"source": event.source, "target": event.target}
    return words | {
        place: state_title(event.edition, state) for place, state in named.items() if state in scheme.states
    }


def _of_data(one: Spoken, path: str, value: Any) -> str:
    edition, parts = one.event.edition, path.split(".")
    if path == "data.reasons":
        return " ".join(one.entry["reasons"])
    if path == "data.role" and value:
        return role_title(value)
    if not edition or not value:
        return ""
    if path == "data.choice":
        return choice_title(edition, value)
    if path == "data.judged.cast":
        return _listed(choice_title(edition, each["choice"]) for each in value)
    if parts[-1] == "outcome" and parts[-2].startswith(SHEET):
        return _outcome(edition, parts[-2].removeprefix(SHEET), value)
    if len(parts) > 3 and parts[-3] in RATED:
        return _rating(edition, parts[-2], value)
    return ""


def _outcome(edition: str, rubric: str, outcome: str) -> str:
    known = compiled(edition).rubrics.get(rubric)
    titles = {each.outcome: each.title.in_language(language()) for each in known.outcomes} if known else {}
    return titles.get(outcome, "")


def _rating(edition: str, rubric: str, value: Any) -> str:
    known = compiled(edition).rubrics.get(rubric)
    each = value if isinstance(value, list) else [value]
    if known is None:
        return ""
    return _listed(given(known, one)["rating"] if one else _("left open") for one in each)


def _listed(words: Iterable[str]) -> str:
    return str(_(", ")).join(map(isolate, words))
