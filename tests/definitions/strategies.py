"""Definitions of every shape, as the plain data a YAML reader gives."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from accreditation_engine.definitions.public_status import PUBLIC_STATUSES

ids = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?", fullmatch=True)
sentences = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=12).filter(str.strip)
bilingual = st.fixed_dictionaries({"ar": sentences, "en": sentences})
numbers = st.decimals(-1000, 1000, places=4) | st.integers(0, 100)
positive = st.decimals("0.0001", 1000, places=4)
durations = st.sampled_from(["P30D", "P6M", "P3Y", "PT12H", "P1Y6M"])
units = st.sampled_from(["percent", "scale"])


def _mapping(
    required: dict[str, Any], optional: dict[str, Any] | None = None
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional or {})


def _one(kind: str, inside: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({kind: inside})


_leaves = (
    _one("score", _mapping({"at_least": numbers}, {"on": units}))
    | _one("score", _mapping({"below": numbers}))
    | _one("area", _mapping({"id": ids, "at_least": numbers}, {"on": units}))
    | _one("every_area", _mapping({"at_least": numbers}, {"on": units}))
    | _one("criterion", _mapping({"id": ids, "at_least": numbers}))
    | _one("every_criterion", _mapping({"at_least": numbers}))
    | _one("count", _mapping({"rating_at_most": numbers, "no_more_than": st.integers(0, 9)}))
    | _one("growth", _mapping({"since": st.just("first_assessment"), "at_least": numbers}))
)
conditions = st.recursive(
    _leaves,
    lambda inner: (
        _one("all", st.lists(inner, min_size=1, max_size=3))
        | _one("any", st.lists(inner, min_size=1, max_size=3))
        | _one("not", inner)
    ),
    max_leaves=5,
)
criteria = _mapping(
    {"id": ids, "title": bilingual},
    {
        "guidance": bilingual,
        "weight": positive,
        "evidence": st.sampled_from(["required", "optional", "none"]),
        "maximum": numbers,
    },
)
combines = st.sampled_from(["weighted_mean", "mean_unless_zero", "minimum", "sum", "share_met", "distance"])
_area = {"id": ids, "title": bilingual}
_choices = {"weight": positive, "combine": combines, "met_at": numbers, "maximum": numbers}
areas = st.recursive(
    _mapping({**_area, "criteria": st.lists(criteria, max_size=3)}, _choices),
    lambda inner: _mapping({**_area, "areas": st.lists(inner, max_size=2)}, _choices),
    max_leaves=4,
)
rubrics = _mapping(
    {
        "rubric": ids,
        "edition": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True),
        "title": bilingual,
        "source": sentences,
        "scale": _mapping(
            {"minimum": numbers, "maximum": numbers, "step": positive},
            {
                "anchors": st.dictionaries(numbers, bilingual, max_size=3),
                "also": st.lists(st.sampled_from(["not_applicable", "unable_to_verify"]), unique=True),
            },
        ),
        "areas": st.lists(areas, min_size=1, max_size=3),
        "outcomes": st.lists(
            _mapping({"outcome": ids, "title": bilingual}, {"when": conditions, "valid_for": durations}),
            min_size=1,
            max_size=3,
        ),
    },
    {
        "rounding": _mapping(
            {}, {"places": st.integers(0, 10), "mode": st.sampled_from(["half_up", "down"])}
        ),
        "combine": combines,
        "met_at": numbers,
        "findings": st.lists(
            _mapping(
                {"severity": st.sampled_from(["major", "minor", "observation"]), "rating_at_most": numbers},
                {"correct_within": durations},
            ),
            max_size=2,
        ),
    },
)
_parameters = st.recursive(
    st.none() | st.booleans() | sentences | numbers,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ids, inner, max_size=3),
    max_leaves=5,
)
rules = ids | st.dictionaries(ids, _parameters, min_size=1, max_size=1) | conditions
_names = st.lists(ids, min_size=1, max_size=3, unique=True)
_days = st.lists(st.dates().map(str), max_size=2, unique=True)
calendars = _mapping(
    {"weekend": st.lists(st.sampled_from(["friday", "saturday", "sunday"]), unique=True)},
    {
        "country": st.sampled_from(["EG", "JO"]),
        "closed": _days,
        "open": _days,
        "moves": st.just("next_working_day"),
    },
)
_counts = st.sampled_from(["calendar_days", "working_days"])
_moments = [st.fixed_dictionaries({name: durations}) for name in ("before", "after", "since")]
_readers = _one("to", ids) | _one("escalate", ids)
reminders = st.tuples(st.one_of(*_moments, _one("at", st.just("deadline"))), _readers).map(
    lambda pair: {**pair[0], **pair[1]}
)
_reminders = st.lists(reminders, max_size=2)
workflows = _mapping(
    {
        "workflow": ids,
        "edition": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True),
        "title": bilingual,
        "subject": ids,
        "initial": ids,
        "states": st.dictionaries(
            ids,
            _mapping(
                {"title": bilingual},
                {
                    "public_title": bilingual,
                    "public_status": st.sampled_from(PUBLIC_STATUSES),
                    "waits_for": ids,
                    "deadline": _mapping({"after": durations, "then": ids}, {"counts": _counts})
                    | _mapping({"on": ids, "then": ids}),
                    "shows": st.dictionaries(ids, _names, max_size=2),
                    "reminders": _reminders,
                    "final": st.booleans(),
                },
            ),
            min_size=1,
            max_size=4,
        ),
    },
    {
        "rubrics": _names,
        "calendar": calendars,
        "reviewing": _mapping({}, {"due": durations, "counts": _counts, "reminders": _reminders}),
        "transitions": st.dictionaries(
            ids,
            _mapping(
                {"title": bilingual, "from": _names, "to": ids, "by": _names},
                {
                    "requires": st.lists(rules, max_size=3),
                    "then": st.lists(rules, max_size=3),
                    "comment": st.sampled_from(["optional", "required", "none"]),
                    "told": st.dictionaries(ids, bilingual, max_size=2),
                },
            ),
            max_size=4,
        ),
    },
)
