"""What the script of a page that saves itself is given to say."""

from __future__ import annotations

from django.utils import translation

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.autosave_words import left_words, page_words


def test_every_number_has_its_words_when_the_reader_reads_arabic() -> None:
    with translation.override("ar"):
        words = page_words("me.review-1")["words"]
    assert words["locale"] == "ar-u-nu-latn"
    assert words["line"]["two"] == "في انتظار الاتصال: مدخلان محفوظان على هذا الجهاز"
    assert words["line"]["few"] == "في انتظار الاتصال: {} مدخلات محفوظة على هذا الجهاز"
    assert words["left"].keys() == {"zero", "one", "two", "few", "many", "other"}
    assert len(set(words["left"].values())) == 5, "eleven answers and a hundred are written alike"


def test_what_the_script_knows_has_a_place_when_words_are_made() -> None:
    with translation.override("en"):
        words = page_words("me.review-1", over="It is closed.")
    assert words["closed"] == "It is closed."
    assert words["words"]["saved"] == "Saved at {}"
    assert words["words"]["left"]["other"] == "{} entries of an earlier visit were not sent"


def test_only_what_has_no_page_is_shown_elsewhere_when_reviews_are_over() -> None:
    person = User(name="Somebody")
    with translation.override("en"):
        words = left_words(person, "review", [3, 4], "They are over.")
    assert words["left"] == [f"{person.pk}.review-", [f"{person.pk}.review-3", f"{person.pk}.review-4"]]
    assert words["closed"] == "They are over."
