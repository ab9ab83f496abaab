"""What somebody types to have a sample drawn: read, and checked field by field, with nothing of it lost."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any, cast

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.reviews.visits import undrawable_in_words, unlike_reasons, unlike_units
from accreditation_engine.scoring.sampling import FACTORS, Audit, least_random, sample_size
from accreditation_engine.scoring.unit_names import (
    in_natural_order,
    spelt_as_in,
    unit_key,
    unit_name,
    unit_names,
)
from accreditation_engine.written import kept_text

Wrong = Mapping[str, str]
"""What is wrong with fields, by the field's id."""


@dataclass(frozen=True)
class Wish:
    """A row of the form: a unit that shall be in the sample in any case, and why."""

    unit: str
    reason: str


@dataclass(frozen=True)
class Asked:
    """`text` is the list as it was typed, `seen` how many draws the page showed, and `sized` the mark of the list
    and the kind of visit whose size it showed."""

    text: str
    audit: str = ""
    wishes: tuple[Wish, ...] = ()
    seen: int = 0
    sized: str = ""

    @cached_property
    def units(self) -> list[str]:
        return unit_names(self.text)

    @property
    def kind(self) -> Audit:
        """The kind of visit, where one was chosen."""
        return cast(Audit, self.audit)

    @property
    def size(self) -> int:
        return sample_size(len(self.units), self.kind)

    @property
    def most_chosen(self) -> int:
        return self.size - least_random(self.size)

    @property
    def chosen(self) -> dict[str, str]:
        """{unit: why}, the unit as it stands in the list, whichever digits it was chosen in."""
        spelt = spelt_as_in(self.units)
        return {spelt.get(unit_key(each.unit), each.unit): each.reason for each in self.wishes if each.unit}

    @property
    def mark(self) -> str:
        return hashlib.sha256("\n".join((self.audit, *sorted(self.units))).encode()).hexdigest()[:16]


def asked_in(typed: QueryDict) -> Asked:
    """Raises BadRequest for what no page of ours sends."""
    audit, seen = typed.get("audit", ""), typed.get("seen", "")
    if audit not in ("", *FACTORS) or not re.fullmatch("[0-9]{1,6}", seen):
        raise BadRequest("no such draw")
    rows = zip_longest(typed.getlist("chosen"), typed.getlist("reason"), fillvalue="")
    wishes = [Wish(unit_name(kept_text(unit)), kept_text(reason)) for unit, reason in rows]
    return Asked(
        text=kept_text(typed.get("units", "")),
        audit=audit,
        wishes=tuple(each for each in wishes if each.unit or each.reason),
        seen=int(seen),
        sized=typed.get("sized", ""),
    )


def wrong_for_size(asked: Asked) -> Wrong:
    """Why it cannot be said how large the sample will be."""
    wrong = {}
    unlike = unlike_units(asked.units)
    if unlike:
        wrong["units"] = " ".join(str(each) for each in unlike)
    if not asked.audit:
        wrong["audit"] = _("Choose the kind of visit.")
    return wrong


def wrong_choices(asked: Asked) -> Wrong:
    """What is wrong with the rows, where the size is known."""
    known = spelt_as_in(asked.units)
    times = Counter(unit_key(each.unit) for each in asked.wishes if each.unit)
    wrong: dict[str, str] = {}
    if len(times) > asked.most_chosen:
        facts = {"chosen": len(times), "size": asked.size, "most": asked.most_chosen}
        wrong["choices"] = undrawable_in_words("too_many_chosen", {key: str(n) for key, n in facts.items()})
    for place, wish in enumerate(asked.wishes):
        if not wish.unit:
            wrong[f"chosen-{place}"] = _("Say for which branch or programme this reason is, or leave it out.")
        elif unit_key(wish.unit) not in known:
            wrong[f"chosen-{place}"] = undrawable_in_words("unknown", isolated({"unit": wish.unit}))
        elif times[unit_key(wish.unit)] > 1:
            wrong[f"chosen-{place}"] = undrawable_in_words("twice", isolated({"unit": wish.unit}))
        for reason in unlike_reasons({wish.unit: wish.reason}) if wish.unit else ():
            wrong[f"reason-{place}"] = str(reason)
    return wrong


def shown_form(asked: Asked, wrong: Wrong, *, drawn: int, carried_over: bool) -> dict[str, Any]:
    """For sample_form.html. `drawn` is how many draws the page shows; a list that was `carried_over` from the
    last of them says so."""
    help_text = _("One a line, by name or code; without the head office, which is visited in any case.")
    if carried_over:
        help_text += " " + _("This is the list of the last draw: bring it up to date.")
    sized = bool(asked.audit) and not wrong_for_size(asked)
    return {
        "units": {
            "name": "units",
            "label": _("Branches or programmes"),
            "value": asked.text,
            "help": help_text,
            "error": wrong.get("units"),
            "required": True,
        },
        "audits": [
            {"value": each, "label": audit_title(each), "chosen": each == asked.audit} for each in FACTORS
        ],
        "audit_error": wrong.get("audit"),
        "seen": drawn,
        "sized": asked.mark if sized else "",
        "most": asked.most_chosen if sized else 0,
        "choices_error": wrong.get("choices"),
        "rows": _rows(asked, wrong) if sized else [],
        "names": in_natural_order(asked.units) if sized else [],
    }


def _rows(asked: Asked, wrong: Wrong) -> list[dict[str, Any]]:
    """A row for each unit that may be chosen, and for each that was typed."""
    blank = Wish("", "")
    free = max(0, asked.most_chosen - len(asked.wishes))
    return [_row(place, wish, wrong) for place, wish in enumerate((*asked.wishes, *[blank] * free))]


def _row(place: int, wish: Wish, wrong: Wrong) -> dict[str, Any]:
    number = {"number": place + 1}
    unit = {"name": "chosen", "id": f"chosen-{place}", "type": "text", "value": wish.unit, "list": "names"}
    reason = {"name": "reason", "id": f"reason-{place}", "type": "text", "value": wish.reason}
    return {
        "unit": {
            **unit,
            "label": _("Choice %(number)d") % number,
            "error": wrong.get(f"chosen-{place}"),
        },
        "reason": {
            **reason,
            "label": _("Why choice %(number)d") % number,
            "error": wrong.get(f"reason-{place}"),
        },
    }


def audit_title(audit: str) -> str:
    titles = {
        "initial": _("First assessment"),
        "surveillance": _("Surveillance"),
        "recertification": _("Renewal"),
    }
    return titles[audit]
