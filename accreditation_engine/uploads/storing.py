"""Content in the file store, known by its SHA-256: kept once, however often it comes."""

from __future__ import annotations

import hashlib
from typing import IO, Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile


def file_digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def stored_digest(stored: IO[Any]) -> str:
    """Of what is open to be read, from where it stands."""
    return hashlib.file_digest(stored, "sha256").hexdigest()  # type: ignore[arg-type]


def path_of(sha256: str, *, folder: str = "") -> str:
    """Where the content of this digest lies in the store, if it does."""
    return f"{folder}{sha256[:2]}/{sha256}"


def store_once(upload: UploadedFile, sha256: str, *, folder: str = "") -> str:
    """Where the content of this digest lies in the store, put there where it does not yet. What lies in one
    `folder` ("documents/") is another's to remove than what lies in the next."""
    path = path_of(sha256, folder=folder)
    if default_storage.exists(path):
        return path
    upload.seek(0)
    return default_storage.save(path, upload)
