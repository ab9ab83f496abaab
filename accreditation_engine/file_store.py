"""Where files lie that people send: in a folder, or in a bucket that speaks S3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

IN_MEMORY = 256 * 2**10  # bytes of a file that is read, before it goes to disk


def file_store(environment: Mapping[str, str]) -> dict[str, Any]:
    """For STORAGES["default"]. S3_BUCKET chooses the bucket; who may read it, boto3 finds out by itself (from
    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from the machine)."""
    bucket = environment.get("S3_BUCKET")
    return _bucket(bucket, environment) if bucket else _folder()


def _folder() -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    }


def _bucket(bucket: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """A file's name is the hash of its content, so that what is written over is the same."""
    from botocore.config import Config  # requirements/s3.txt, for those who need it

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": environment.get("S3_PREFIX", ""),
            "endpoint_url": environment.get("S3_ENDPOINT") or None,
            "region_name": environment.get("S3_REGION") or None,
            "default_acl": None,
            "file_overwrite": True,
            "max_memory_size": IN_MEMORY,
            # Not every server that speaks S3 knows the newer checksums; what is read is compared by SHA-256 here.
            "client_config": Config(
                signature_version="s3v4",
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=10,
                read_timeout=60,
            ),
        },
    }
