"""Files that come in pieces: what is spoken, and that a broken line costs a piece and never a file."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Route, expect
from pytest_django import Settings

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.uploads.arriving import FOLDER
from accreditation_engine.uploads.models import Arriving, Piece
from tests.portal.ngo.test_sending import AREA
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of, visitor
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.papers import pdf
from tests.support.world import World

CONTENT = pdf("in pieces, " * 20)
HALF = len(CONTENT) // 2
PLACE = ("arriving_files", *AREA[1:], "integrity-1")
SPOKEN = {"tus-resumable": "1.0.0"}


def begin(
    client: Client, dossier: Dossier, name: str = "report.pdf", size: int = len(CONTENT)
) -> HttpResponse:
    said = {
        "upload-length": str(size),
        "upload-metadata": f"filename {b64encode(name.encode()).decode()},other",
    }
    response: HttpResponse = client.post(page_of(dossier, *PLACE), headers={**SPOKEN, **said})
    return response


def piece(client: Client, address: str, offset: int, content: bytes, **more: str) -> HttpResponse:
    response: HttpResponse = client.patch(
        address,
        content,
        content_type="application/offset+octet-stream",
        headers={**SPOKEN, "upload-offset": str(offset), **more},
    )
    return response


def hand(world: World, client: Client, dossier: Dossier, address: str) -> Any:
    given = {
        "work": f"{world.applicant.pk}.x",
        "criterion": "integrity-1",
        "called": "report.pdf",
        "arrived": address.split("/")[-2],
    }
    return client.post(page_of(dossier, *AREA), given, headers={"Accept": "application/json"})


def checksum(content: bytes, algorithm: str = "sha256") -> dict[str, str]:
    digest = hashlib.new(algorithm, content).digest()
    return {"upload-checksum": f"{algorithm} {b64encode(digest).decode()}"}


def test_file_is_filed_once_when_its_pieces_have_come(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    told = client.options(page_of(dossier, *PLACE))
    assert (told["Tus-Version"], told["Tus-Max-Size"]) == ("1.0.0", str(25 * 2**20))
    begun = begin(client, dossier)
    address = begun["Location"]
    assert (begun.status_code, begun["Upload-Offset"]) == (201, "0")
    assert piece(client, address, 0, CONTENT[:HALF], **checksum(CONTENT[:HALF])).status_code == 204
    standing = client.head(address, headers=SPOKEN)
    assert (standing["Upload-Offset"], standing["Cache-Control"]) == (str(HALF), "no-store")
    assert "Upload-Expires" in standing
    assert hand(world, client, dossier, address).status_code == 404  # half a file is none

    rest = CONTENT[HALF:]
    assert piece(client, address, HALF, rest, **checksum(b"otherwise")).status_code == 460
    assert piece(client, address, 0, rest).status_code == 409
    assert piece(client, address, HALF, rest + b"more").status_code == 413
    assert piece(client, address, HALF, rest, **checksum(rest, "md5")).status_code == 400
    assert piece(client, address, HALF, rest, **checksum(rest, "sha1"))["Upload-Offset"] == str(len(CONTENT))
    for _again in range(2):  # the answer to the first was lost
        answer = hand(world, client, dossier, address).json()
        assert answer["state"] == "filed"
    assert "report.pdf" in answer["parts"]["filed-integrity-1"]
    assert dossier.evidence.get().sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert not Piece.objects.exists()
    assert address.split("/")[-2] not in default_storage.listdir(FOLDER)[0]


def test_unfinished_file_is_there_only_for_whoever_began_it(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    address = begin(client, dossier)["Location"]
    assert client.head(address).status_code == 412
    assert visitor(world.stranger).head(address, headers=SPOKEN).status_code == 404
    assert begin(visitor(world.person("coordinator")), dossier).status_code == 404
    assert client.head(address.replace("integrity-1", "integrity-2"), headers=SPOKEN).status_code == 404
    closed = begin(client, world.dossier("screening"))
    assert (closed.status_code, closed.json()["state"]) == (409, "closed")
    Arriving.objects.update(owner=world.stranger.pk)
    assert piece(client, address, 0, CONTENT).status_code == 404


def test_what_would_not_be_taken_is_refused_before_it_is_sent(world: World, settings: Settings) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    large = begin(client, dossier, size=26 * 2**20)
    assert (large.status_code, "larger than" in large.json()["words"]) == (413, True)
    for name, size in (("tool.exe", 9), ("‮report.pdf", 0), ("", 9)):
        assert begin(client, dossier, name, size).json()["state"] == "refused"
    assert client.post(page_of(dossier, *PLACE), headers=SPOKEN).status_code == 400
    settings.UPLOAD_MAX_BYTES = 2 * len(CONTENT)
    begin(client, dossier)
    begin(client, dossier)
    assert "still unfinished" in begin(client, dossier).json()["words"]
    assert client.delete(page_of(dossier, *PLACE)).status_code == 405
    first = Arriving.objects.all()[0]
    address = page_of(dossier, "arriving_file", *PLACE[1:], first.pk)
    assert client.delete(address, headers=SPOKEN).status_code == 204
    assert begin(client, dossier).status_code == 201


def test_whole_file_meets_every_check_and_leaves_nothing_when_it_is_not_taken(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    address = begin(client, dossier, size=4)["Location"]
    piece(client, address, 0, b"MZ\x90\x00")
    answer = hand(world, client, dossier, address)
    assert (answer.status_code, answer.json()["state"]) == (409, "refused")
    lost = begin(client, dossier)["Location"]
    piece(client, lost, 0, CONTENT)
    default_storage.delete(Piece.objects.get().path)
    assert "something was lost" in hand(world, client, dossier, lost).json()["words"]
    assert not Arriving.objects.exists()
    assert not dossier.evidence.exists()


def test_unfinished_file_is_there_until_it_expires(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    address = begin(client, dossier)["Location"]
    assert address not in client.get(page_of(dossier, *AREA)).content.decode()  # nothing has come of it
    piece(client, address, 0, CONTENT[:HALF])
    assert address in client.get(page_of(dossier, *AREA)).content.decode()
    Arriving.objects.update(expires_at=timezone.now())
    assert client.head(address, headers=SPOKEN).status_code == 404
    assert address not in client.get(page_of(dossier, *AREA)).content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_file_goes_on_where_it_was_when_the_line_broke_and_the_page_was_left(
    open_page: OpenPage, world: World, tmp_path: Path
) -> None:
    dossier, content = world.dossier(), pdf(Random(1).randbytes(5 * 2**20))  # noqa: S311 - bytes, and no secret
    (tmp_path / "تقرير.pdf").write_bytes(content)
    page = open_page(language="ar", device="phone")
    sign_in(page, world.applicant, "ar")
    arrived: list[str] = []
    lets = 2

    def cut(route: Route) -> None:
        if route.request.method != "PATCH" or len(arrived) < lets:
            arrived.extend(
                [route.request.headers["upload-offset"]] if route.request.method == "PATCH" else []
            )
            route.continue_()
        else:
            route.abort()

    page.context.route("**/arriving/**", cut)
    page.goto(page_of(dossier, *AREA))
    place = page.locator("#integrity-1")
    place.locator("input[type=file][multiple]").set_input_files(tmp_path / "تقرير.pdf")
    expect(place.locator('.sending [data-kind="waiting"]')).to_contain_text("انقطع الاتصال")
    nothing_wrong(page)
    lets = 4
    place.get_by_role("button", name="إعادة محاولة").click()
    expect(place.locator('.sending [data-kind="waiting"]')).to_be_visible()
    assert not dossier.evidence.exists()

    left, page = page, page.context.new_page()
    left.close()  # or it would try once more by itself, beside this one
    lets = 99
    page.goto(page_of(dossier, *AREA))
    place = page.locator("#integrity-1")
    expect(place.locator(".sending")).to_contain_text("تقرير.pdf")
    nothing_wrong(page)
    place.locator("input[type=file][multiple]").set_input_files(tmp_path / "تقرير.pdf")
    expect(place.locator(".files")).to_contain_text("تقرير.pdf")
    expect(place.locator(".sending li")).to_have_count(0)
    assert dossier.evidence.get().sha256 == hashlib.sha256(content).hexdigest()
    assert len(arrived) == len(set(arrived)) == 6  # pieces, and none of them twice
