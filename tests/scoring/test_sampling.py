"""Samples of sites: their sizes, and draws that anybody can repeat."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from math import ceil, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.scoring.sampling import (
    ARABIC,
    ENGLISH,
    FACTORS,
    Audit,
    Choice,
    Sample,
    SamplingError,
    draw,
    least_random,
    sample_size,
)
from accreditation_engine.scoring.unit_names import unit_key

UNITS = [f"branch-{number}" for number in range(1, 27)]
audits = st.sampled_from(list(FACTORS))


@pytest.mark.parametrize(
    ("sites", "audit", "size"),
    [
        # The European accreditors' published answers on IAF MD 1: two sites; 26 and 24 sites.
        (2, "initial", 2),
        (2, "surveillance", 1),
        (2, "recertification", 2),
        (26, "initial", 6),
        (24, "initial", 5),
        (0, "initial", 0),
        (1, "surveillance", 1),
        (25, "initial", 5),
        (25, "surveillance", 3),
        (25, "recertification", 4),
        (100, "surveillance", 6),
        (101, "surveillance", 7),
    ],
)
def test_sizes_are_the_published_ones(sites: int, audit: Audit, size: int) -> None:
    assert sample_size(sites, audit) == size


@given(st.integers(0, 10**40), audits)
def test_a_size_is_the_least_whole_number_that_is_enough(sites: int, audit: Audit) -> None:
    size, factor = sample_size(sites, audit), FACTORS[audit]
    assert 100 * size**2 >= factor**2 * sites
    assert size == 0 or 100 * (size - 1) ** 2 < factor**2 * sites
    assert size <= sites


@given(st.integers(1, 5000), audits)
def test_small_sizes_agree_with_floats(sites: int, audit: Audit) -> None:
    exact = FACTORS[audit] / 10 * sqrt(sites)
    assert sample_size(sites, audit) in {ceil(exact - 1e-9), ceil(exact)}


@pytest.mark.parametrize(("size", "least"), [(0, 0), (1, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
def test_a_quarter_at_least_is_left_to_chance(size: int, least: int) -> None:
    assert least_random(size) == least


def test_a_draw_follows_from_its_seed_alone() -> None:
    sample = draw(UNITS, audit="initial", seed="2026-11-24/IC-2026-0007")
    order = sorted(UNITS, key=lambda unit: sha256(f"2026-11-24/IC-2026-0007:{unit}".encode()).hexdigest())
    assert sample.drawn == tuple(order[:6])
    assert sample.drawn[:2] == ("branch-21", "branch-8")
    assert draw(reversed(UNITS), audit="initial", seed="2026-11-24/IC-2026-0007") == sample
    assert draw(UNITS, audit="initial", seed="another").drawn != sample.drawn


def test_who_was_chosen_is_not_drawn_as_well() -> None:
    plain = draw(UNITS, audit="initial", seed="s")
    picked = Choice(plain.drawn[0], "A. Coordinator", "opened this year")
    sample = draw(UNITS, audit="initial", seed="s", chosen=[picked])
    assert sample.units == plain.units
    assert (sample.chosen, sample.drawn) == ((picked,), plain.drawn[1:])
    assert len(sample.units) == sample_size(26, "initial")


def test_a_stored_sample_is_drawn_again() -> None:
    picked = Choice("branch-3", "A. Coordinator", "largest budget")
    sample = draw(UNITS, audit="recertification", seed="s", chosen=[picked])
    stored = json.loads(json.dumps(sample.as_json()))
    again = Sample.from_json(stored)
    assert again == sample
    assert again.drawn_as_said()
    swapped = Sample.from_json({**stored, "drawn": [*stored["drawn"][:-1], "branch-3"]})
    assert not swapped.drawn_as_said()


names = st.lists(st.text(min_size=1, max_size=5), max_size=30, unique_by=unit_key)


@given(names, audits, st.text(min_size=1).filter(str.strip))
def test_a_draw_has_as_many_as_asked_each_once(units: list[str], audit: Audit, seed: str) -> None:
    sample = draw(units, audit=audit, seed=seed)
    assert len(set(sample.units)) == len(sample.units) == sample_size(len(units), audit)
    assert set(sample.units) <= set(units)
    assert sample.drawn_as_said()


def test_a_unit_is_one_whichever_digits_it_is_typed_in() -> None:
    with pytest.raises(SamplingError, match="'فرع 3' stands twice"):
        draw(["فرع ٣", "فرع 3"], audit="initial", seed="s")
    units = ["فرع ٣", *(f"فرع {number}" for number in range(4, 13))]
    sample = draw(units, audit="initial", seed="s", chosen=[Choice("فرع 3", "x", "y")])
    assert sample.chosen == (Choice("فرع ٣", "x", "y"),)
    assert sample.drawn_as_said()


def test_what_was_drawn_before_names_were_compared_so_is_drawn_again() -> None:
    units = ["فرع 3", "فرع ٣"]
    order = sorted(units, key=lambda unit: sha256(f"s:{unit}".encode()).hexdigest())
    assert Sample("surveillance", "s", tuple(units), (), tuple(order[:1])).drawn_as_said()


def test_over_many_seeds_all_come_up_about_as_often() -> None:
    times = Counter(
        unit for seed in range(1000) for unit in draw(UNITS, audit="initial", seed=str(seed)).drawn
    )
    expected = 1000 * 6 / 26
    assert all(abs(times[unit] - expected) < 5 * sqrt(expected) for unit in UNITS)


@pytest.mark.parametrize(
    ("code", "given_"),
    [
        ("no_seed", {"seed": " "}),
        ("no_such_audit", {"audit": "yearly"}),
        ("twice", {"population": ["a", "b", "a"]}),
        ("twice", {"chosen": [Choice("branch-1", "x", "y"), Choice("branch-1", "x", "z")]}),
        ("unknown", {"chosen": [Choice("branch-99", "x", "y")]}),
        ("twice", {"population": ["1", "١"]}),
        ("no_reason", {"chosen": [Choice("branch-1", "x", " ")]}),
        ("no_reason", {"chosen": [Choice("branch-1", "x", "\u200b")]}),
        ("no_reason", {"chosen": [Choice("branch-1", "", "y")]}),
        ("too_many_chosen", {"chosen": [Choice(unit, "x", "y") for unit in UNITS[:5]]}),
    ],
)
def test_what_cannot_be_drawn_is_refused(code: str, given_: dict[str, object]) -> None:
    asked: dict[str, object] = {"population": UNITS, "audit": "initial", "seed": "s", "chosen": (), **given_}
    with pytest.raises(SamplingError) as refused:
        draw(asked.pop("population"), **asked)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert "{" not in refused.value.in_words("ar") + str(refused.value)


def test_both_languages_say_the_same() -> None:
    assert ENGLISH.keys() == ARABIC.keys()
