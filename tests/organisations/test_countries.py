"""The order in which countries are offered."""

from __future__ import annotations

from accreditation_engine.organisations.countries import countries_by_name
from accreditation_engine.organisations.governorates import (
    GOVERNORATES,
    governorate_in,
    governorate_typed,
    governorates,
)


def test_egypt_and_the_arab_countries_come_first_then_all_in_the_order_of_the_alphabet() -> None:
    english = [name for _code, name in countries_by_name("en")]
    assert english[:3] == ["Egypt", "Algeria", "Bahrain"]
    assert english[22:25] == ["Afghanistan", "Åland Islands", "Albania"]
    assert [name for _code, name in countries_by_name("ar")][:2] == ["مصر", "الأراضي الفلسطينية"]


def test_governorates_are_offered_in_the_order_of_the_reader() -> None:
    assert governorates("en")[0] == "Alexandria"
    assert governorates("ar")[:2] == ["الإسكندرية", "الإسماعيلية"]
    assert len(set(governorates("ar"))) == len(GOVERNORATES) == 27


def test_a_governorate_is_known_by_its_code_and_by_either_name_however_it_is_written() -> None:
    for typed in ("EG-ASN", "eg-asn", "أسوان", "اسوان", "محافظة أسوان", "Aswan", "aswan governorate"):
        assert governorate_typed(typed) == "EG-ASN"
    assert (governorate_in("EG-ASN", "ar"), governorate_in("EG-ASN", "en")) == ("أسوان", "Aswan")
    assert governorate_in("اسوان", "en") == "Aswan"
    assert (governorate_typed("Amman"), governorate_in("Amman", "ar")) == (None, "Amman")


def test_every_governorate_is_known_by_what_it_is_called() -> None:
    for code, names in GOVERNORATES.items():
        assert {governorate_typed(each) for each in (code, *names)} == {code}
