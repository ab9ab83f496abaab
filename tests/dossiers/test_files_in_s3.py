"""Evidence that lies in a bucket: a small server speaks as much of S3 as is asked of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from accreditation_engine.engine.verification import verify_all
from accreditation_engine.file_store import file_store
from tests.portal.ngo import test_arriving as pieces
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.filing import filed
from tests.support.papers import pdf
from tests.support.world import World

LARGE = pdf(b"x" * 400_000)


class Bucket(BaseHTTPRequestHandler):
    kept: dict[str, bytes] = {}

    def do_PUT(self) -> None:
        self.kept[self.path.partition("?")[0]] = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200)

    def do_GET(self) -> None:
        path, _question, asked = self.path.partition("?")
        if "delimiter" in asked:
            self._answer(200, self._listed(path, parse_qs(asked)["prefix"][0]))
            return
        content = self.kept.get(self.path.partition("?")[0])
        self._answer(404 if content is None else 200, content or b"")

    def _listed(self, bucket: str, prefix: str) -> bytes:
        names = [each.removeprefix(f"{bucket}/") for each in self.kept]
        keys = "".join(f"<Contents><Key>{each}</Key></Contents>" for each in names if each.startswith(prefix))
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{keys}</ListBucketResult>".encode()

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.kept.pop(self.path.partition("?")[0], None)
        self._answer(204)

    def _answer(self, status: int, content: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Nothing."""


@contextmanager
def bucket() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Bucket) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def kept(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    monkeypatch.setattr(Bucket, "kept", {})
    with bucket() as address:
        store = file_store(
            {"S3_BUCKET": "files", "S3_PREFIX": "ours", "S3_ENDPOINT": address, "S3_REGION": "x"}
        )
        settings.STORAGES = settings.STORAGES | {"default": store}
        yield Bucket.kept
        default_storage.connection.meta.client.close()


def test_evidence_is_kept_in_the_bucket_once_and_comes_back(world: World, kept: dict[str, bytes]) -> None:
    dossier = world.dossier()
    evidence = filed(world, dossier, "policy.pdf", LARGE)
    filed(world, dossier, "policy.pdf", LARGE, criterion="integrity-2")
    assert list(kept) == [f"/files/ours/{evidence.sha256[:2]}/{evidence.sha256}"]
    client = visitor(world.applicant)
    saved = client.get(page_of(dossier, "evidence", evidence.pk))
    assert b"".join(saved.streaming_content) == pdf(b"x" * 400_000)
    assert "Page 1" not in text_of(client.get(page_of(dossier, "evidence_preview", evidence.pk)))
    assert list(verify_all(contents=True)) == []


def test_evidence_is_not_given_out_when_the_bucket_holds_another_file_or_none(
    world: World, kept: dict[str, bytes]
) -> None:
    dossier = world.dossier()
    evidence = filed(world, dossier, "policy.pdf", LARGE)
    client, address = visitor(world.applicant), page_of(dossier, "evidence", evidence.pk)
    for spoilt in (dict.fromkeys(kept, b"%PDF-1.4 another"), {}):
        kept.clear()
        kept.update(spoilt)
        assert client.get(address).url == page_of(dossier)
        assert len(list(verify_all(contents=True))) == 1


def test_files_lie_in_a_folder_when_no_bucket_is_named() -> None:
    assert file_store({})["BACKEND"] == "django.core.files.storage.FileSystemStorage"


def test_pieces_lie_in_the_bucket_and_leave_it_when_the_file_is_whole(
    world: World, kept: dict[str, bytes]
) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    address = pieces.begin(client, dossier)["Location"]
    pieces.piece(client, address, 0, pieces.CONTENT[: pieces.HALF])
    pieces.piece(client, address, pieces.HALF, pieces.CONTENT[pieces.HALF :])
    assert [each.startswith("/files/ours/arriving/") for each in kept] == [True, True]
    assert pieces.hand(world, client, dossier, address).json()["state"] == "filed"
    sha256 = dossier.evidence.get().sha256
    assert list(kept) == [f"/files/ours/{sha256[:2]}/{sha256}"]
