"""What the script of a page that saves itself is given to say."""

from __future__ import annotations

from django.utils import translation

from accreditation_engine.portal.dossier.autosave import page_words


def test_every_number_has_its_words_when_the_reader_reads_arabic() -> None:
    with translation.override("ar"):
        words = page_words("me.review-1")["words"]
    assert words["locale"] == "ar-u-nu-latn"
    assert words["line"]["two"] == "في انتظار الاتصال: مدخلان محفوظان على هذا الجهاز"
    assert words["line"]["few"] == "في انتظار الاتصال: {} مدخلات محفوظة على هذا الجهاز"
    assert len(set(words["left"].values())) == 6


def test_what_the_script_knows_has_a_place_when_words_are_made() -> None:
    with translation.override("en"):
        words = page_words("me.review-1", over="It is closed.")
    assert words["closed"] == "It is closed."
    assert words["words"]["saved"] == "Saved at {}"
    assert words["words"]["left"]["other"] == "{} entries of an earlier visit were not sent"
