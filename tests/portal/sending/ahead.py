"""A file that is sent ahead of its form, in pieces."""

from __future__ import annotations

from base64 import b64encode

from django.http import HttpResponse
from django.test import Client

from accreditation_engine.dossiers.models import Dossier
from tests.portal.ngo.test_arriving import SPOKEN, piece
from tests.portal.visitor import page_of
from tests.support.papers import pdf

CONTENT = pdf("ahead, " * 20)


def begin(client: Client, dossier: Dossier, form: str, about: object, name: str = "a.pdf") -> HttpResponse:
    return begin_at(client, page_of(dossier, "form_files", form, about), name)


def begin_at(client: Client, address: str, name: str = "a.pdf") -> HttpResponse:
    named = b64encode(name.encode()).decode()
    said = {"upload-length": str(len(CONTENT)), "upload-metadata": f"filename {named}"}
    response: HttpResponse = client.post(address, headers={**SPOKEN, **said})
    return response


def sent_ahead(
    client: Client, dossier: Dossier, about: object, content: bytes = CONTENT, *, form: str = "answer"
) -> str:
    """Its number."""
    begun = begin(client, dossier, form, about)
    piece(client, begun["Location"], 0, content)
    return begun["Location"].split("/")[-2]
