"""Links as evidence: which addresses are taken, and that nobody is led elsewhere than the link says."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.uploads.addresses import read_address
from accreditation_engine.uploads.checking import bad_upload
from accreditation_engine.uploads.links import BEGINNING, END, called, link_file, link_in

REFUSED = {
    "http://example.org/": "link_not_https",
    "javascript:alert(1)": "link_not_https",
    "data:text/html,x": "link_not_https",
    "file:///etc/passwd": "link_not_https",
    "example.org": "link_broken",
    "": "link_broken",
    "https://": "link_broken",
    "https://exa mple.org/": "link_broken",
    "https://example.org\\@evil.org/": "link_broken",
    "https://example.org/\u202egpj.exe": "link_broken",
    "https://example.org:99999/": "link_broken",
    f"https://example.org/{'a' * 2000}": "link_broken",
    "https://bank.example.org@evil.org/": "link_with_password",
    "https://a:b@evil.org/": "link_with_password",
    "https://localhost/": "link_not_public",
    "https://intranet/": "link_not_public",
    "https://printer.local./": "link_not_public",
    "https://127.0.0.1/": "link_not_public",
    "https://8.8.8.8/": "link_not_public",
    "https://127.1/": "link_not_public",
    "https://2130706433/": "link_not_public",
    "https://1.0x7f/": "link_not_public",
    "https://[::1]/": "link_not_public",
    "https://p\u0430ypal.com/": "link_in_mixed_letters",
    "https://xn--pypal-4ve.com/": "link_in_mixed_letters",
}


@pytest.mark.parametrize(("address", "code"), REFUSED.items())
def test_an_address_is_refused_in_words_when_it_may_mislead(address: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_address(address)
    (reason,) = refused.value.reasons
    assert reason.code == code
    with translation.override("en"):
        english = str(reason)
    with translation.override("ar"):
        assert str(reason) != english


@pytest.mark.parametrize(
    ("typed", "whole", "host"),
    [
        (" https://Example.ORG ", "https://example.org/", "example.org"),
        ("https://example.org:8443/a?b=c#d", "https://example.org:8443/a?b=c#d", "example.org:8443"),
        ("https://example.org/تقرير", "https://example.org/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1", "example.org"),
        ("https://موقع.مصر/", "https://xn--4gbrim.xn--wgbh1c/", "موقع.مصر"),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
    ],
)
def test_an_address_is_taken_as_it_will_be_followed(typed: str, whole: str, host: str) -> None:
    found = read_address(typed)
    assert (found.whole, found.host) == (whole, host)


def test_a_link_is_a_file_that_says_where_it_leads() -> None:
    made = link_file(address="https://example.org/2025/", title="Report 2024/2025 — bank.example")
    assert made.name == "Report 2024-2025 — bank.example — example.org.url"
    assert bad_upload(made) == []
    link = link_in(made.file, made.name)
    assert link is not None
    assert (link.title, link.host) == ("Report 2024-2025 — bank.example", "example.org")
    assert link.address == "https://example.org/2025/"
    assert called("no link at all.url").title == "no link at all.url"
    with pytest.raises(Refused) as refused:
        link_file(address="http://a", title=" ")
    assert [each.code for each in refused.value.reasons] == ["link_not_https", "link_untitled"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Report — example.org.url", BEGINNING + b"https://evil.org/" + END),
        ("Report.url", BEGINNING + b"https://example.org/" + END),
        (
            "Report — example.org.url",
            BEGINNING + b"https://example.org/" + END + b"IconFile=\\\\evil\\a" + END,
        ),
        ("Report — example.org.url", BEGINNING + b"file://evil/a.exe" + END),
    ],
)
def test_a_file_that_says_it_is_a_link_is_refused_when_it_was_not_made_here(
    name: str, content: bytes
) -> None:
    assert [each.code for each in bad_upload(SimpleUploadedFile(name, content))] == ["file_disguised"]
    assert link_in(BytesIO(b"other"), name) is None
