"""The page on which an organisation adds a link in evidence."""

from __future__ import annotations

import html

from accreditation_engine.dossiers.evidence import take_back
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.world import World

HERE = ("link_evidence", "institutional-commitment", "integrity", "integrity-1")
AREA = ("self_assessment_area", *HERE[1:3])


def test_a_link_lies_at_the_criterion_and_says_where_it_leads(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    address = page_of(dossier, *HERE)
    assert address in client.get(page_of(dossier, *AREA)).content.decode()
    for _twice in range(2):  # a double click
        sent = client.post(address, {"address": "https://example.org/report?y=1&z=2", "title": "تقرير"})
        assert sent.url.endswith("#integrity-1")
    area = client.get(sent.url)
    assert "The link was added" in text_of(area)
    assert "<bdi>example.org</bdi>" in area.content.decode()
    filed = dossier.evidence.get()
    looked = page_of(dossier, "evidence_preview", filed.pk)
    assert f'<a href="{looked}"><bdi>تقرير</bdi></a>' in area.content.decode()
    page = client.get(looked).content.decode()
    assert 'href="https://example.org/report?y=1&amp;z=2" target="_blank"' in page
    assert 'rel="noopener noreferrer nofollow' in page
    assert "in a new tab" in html.unescape(page)
    assert client.get(page_of(dossier, "evidence_page", filed.pk, 1)).status_code == 404
    saved = client.get(page_of(dossier, "evidence", filed.pk))
    assert b"URL=https://example.org/report" in b"".join(saved.streaming_content)
    assert saved["Content-Disposition"].startswith("attachment")
    take_back(evidence=filed, by=world.applicant)
    assert client.get(looked).status_code == 404


def test_what_was_typed_stays_and_what_is_wrong_stands_at_its_field(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant, "ar")
    response = client.post(page_of(dossier, *HERE), {"address": "http://example.org", "title": ""})
    assert response.status_code == 409
    content = response.content.decode()
    assert 'value="http://example.org"' in content
    assert 'id="address-error"' in content
    assert 'id="title-error"' in content
    assert "https://" in text_of(response)
    assert not dossier.evidence.exists()


def test_links_come_only_from_whose_page_it_is_and_while_they_are_welcome(world: World) -> None:
    dossier, closed = world.dossier(), world.dossier("screening")
    for who in (world.stranger, world.person("coordinator")):
        assert visitor(who).get(page_of(dossier, *HERE)).status_code == 404
    client = visitor(world.applicant)
    given = {"address": "https://example.org/", "title": "a"}
    assert client.post(page_of(closed, *HERE), given).url == page_of(closed, "answers")
    assert client.get(page_of(dossier, *HERE[:3], "equality-1")).status_code == 404
    assert queries_for(client, page_of(dossier, *HERE)) <= 15
