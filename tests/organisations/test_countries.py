"""The order in which countries are offered."""

from __future__ import annotations

from accreditation_engine.organisations.countries import countries_by_name
from accreditation_engine.organisations.governorates import GOVERNORATES, governorates


def test_egypt_and_the_arab_countries_come_first_then_all_in_the_order_of_the_alphabet() -> None:
    english = [name for _code, name in countries_by_name("en")]
    assert english[:3] == ["Egypt", "Algeria", "Bahrain"]
    assert english[22:25] == ["Afghanistan", "Åland Islands", "Albania"]
    assert [name for _code, name in countries_by_name("ar")][:2] == ["مصر", "الأراضي الفلسطينية"]


def test_governorates_are_offered_in_the_order_of_the_reader() -> None:
    assert governorates("en")[0] == "Alexandria"
    assert governorates("ar")[:2] == ["الإسكندرية", "الإسماعيلية"]
    assert len(set(governorates("ar"))) == len(GOVERNORATES) == 27
