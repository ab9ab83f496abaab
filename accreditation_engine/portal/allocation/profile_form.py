"""What is typed on the page of a reviewer: read, checked, and shown again as it was typed where it is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accreditation_engine.definitions.western import western
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.countries import countries_by_name, country_typed
from accreditation_engine.organisations.sectors import Sector, Written
from accreditation_engine.portal.days import day_typed
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.reviews.allocation.models import ReviewerProfile
from accreditation_engine.reviews.allocation.profiles import HIGHEST
from accreditation_engine.written import kept_text

Entry = dict[str, Any]


@dataclass(frozen=True)
class Takes:
    """What is ticked in each list, in codes. A country may be sent by its name as well; what is none stays as it
    was sent."""

    languages: tuple[str, ...]
    sectors: tuple[str, ...]
    countries: tuple[str, ...]

    @classmethod
    def typed(cls, post: QueryDict) -> Takes:
        countries = (code for sent in post.getlist("countries") for code in _countries(kept_text(sent)))
        return cls(tuple(post.getlist("languages")), tuple(post.getlist("sectors")), tuple(countries))

    @classmethod
    def kept(cls, profile: ReviewerProfile) -> Takes:
        return cls(tuple(profile.languages), tuple(profile.sectors), tuple(profile.countries))

    def values(self) -> dict[str, list[str]]:
        return {
            "languages": list(self.languages),
            "sectors": list(self.sectors),
            "countries": list(self.countries),
        }

    def groups(self, wrong: str) -> list[Entry]:
        """Lists to tick: none ticked is all. The countries that are ticked stand before all others; `wrong` is
        what is wrong with them."""
        by_name = sorted(countries_by_name(language()), key=lambda each: each[0] not in self.countries)
        countries = _group("countries", _("Countries"), by_name, self.countries)
        return [
            _group("languages", _("Languages"), Written.choices, self.languages),
            _group("sectors", _("Fields of work"), Sector.choices, self.sectors),
            {**countries, "long": True, "error": wrong},
        ]


def _countries(sent: str) -> Sequence[str]:
    """The code of the country that was sent; of several, by codes."""
    whole = country_typed(sent)
    if whole is not None:
        return [whole]
    return [country_typed(each) or each for each in re.split(r"[\s,;،؛]+", sent[:500]) if each]


def _group(name: str, title: str, choices: Iterable[tuple[str, Any]], ticked: tuple[str, ...]) -> Entry:
    options = [{"value": code, "label": str(label), "ticked": code in ticked} for code, label in choices]
    return {"name": name, "title": title, "options": options}


@dataclass(frozen=True)
class Limits:
    """How much at a time, as it was typed, and whether the reviewer is experienced."""

    most: str
    senior: bool

    @classmethod
    def typed(cls, post: QueryDict) -> Limits:
        return cls(kept_text(post.get("most", ""))[:20], "senior" in post)

    @classmethod
    def kept(cls, profile: ReviewerProfile) -> Limits:
        return cls("" if profile.most is None else str(profile.most), profile.senior)

    def unlike(self) -> list[Reason]:
        fits = not self.most or whole_number(self.most) is not None
        return [] if fits else [Reason("cap_out_of_range", {"most": HIGHEST})]

    def values(self) -> dict[str, Any]:
        """Of what is not unlike a number."""
        return {"most": whole_number(self.most), "senior": self.senior}

    def entries(self, error: str) -> list[Entry]:
        return [
            {
                "name": "most",
                "label": _("Reviews at a time"),
                "type": "text",
                "value": self.most,
                "help": _("Whoever writes as many is not drawn. Leave it empty for no limit."),
                "error": error,
            },
            {
                "name": "senior",
                "label": _("Experienced reviewer"),
                "type": "checkbox",
                "value": self.senior,
                "help": _("A scheme may want one of them among the reviewers of each file."),
            },
        ]


@dataclass(frozen=True)
class Away:
    """The first and the last day, as they were typed, and why."""

    first: str = ""
    last: str = ""
    note: str = ""

    @classmethod
    def typed(cls, post: QueryDict) -> Away:
        first, last = (western(post.get(name, ""))[:20] for name in ("first", "last"))
        return cls(first, last, post.get("note", ""))

    def days(self) -> tuple[date, date] | None:
        """None where one of them is no day."""
        first, last = day_typed(self.first), day_typed(self.last)
        return (first, last) if first and last else None

    def entries(self, errors: dict[str, str]) -> list[Entry]:
        return [
            _day("first", _("First day"), self.first, errors),
            _day("last", _("Last day"), self.last, errors),
            {
                "name": "note",
                "label": _("Why"),
                "value": self.note,
                "help": _("It lies beside the trail and can be erased by law."),
                "error": errors.get("note", ""),
            },
        ]


def _day(name: str, label: str, value: str, errors: dict[str, str]) -> Entry:
    entry = {"name": name, "label": label, "type": "date", "value": value, "required": True}
    return {**entry, "error": errors.get(name, "")}
