"""The first version of the API: what is in it, and its description."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from .dossiers.endpoints import router as dossiers
from .limits import everybody
from .problems import MEDIA_TYPE, answer_with_problems
from .queue import router as queue
from .register.endpoints import router as register
from .trail.endpoints import router as trail

DESCRIPTION = """\
What programs may ask of this accrediting body. Every refusal is a problem (RFC 9457) whose `code` never changes.

Hashes are SHA-256 in lower-case hexadecimal. Times are UTC. The trail is a Merkle tree of RFC 9162 over all
events, whose leaves are the events' own hashes; its checkpoints are signed with Ed25519.
"""


class Described(NinjaAPI):
    """Says of refusals what they are: problems, not ordinary JSON."""

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**more)
        for content in _refusals(schema):
            content[MEDIA_TYPE] = content.pop("application/json")
        return schema


def _refusals(schema: OpenAPISchema) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in response.get(
                    "content", {}
                ):
                    yield response["content"]


api = Described(
    title="Accreditation Engine",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,  # its pages load scripts from elsewhere
    servers=[{"url": settings.SITE_URL}],
    throttle=everybody(),
)
answer_with_problems(api)
api.add_router("", register)
api.add_router("trail/", trail)
api.add_router("dossiers", dossiers)
api.add_router("", queue)
