"""The first version of the API: what is in it, and its description."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop
from django.views.decorators.cache import cache_control
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from .caching import MINUTE
from .callers import Token
from .dossiers.endpoints import router as dossiers
from .limits import everybody
from .problem_examples import examples_for
from .problems import MEDIA_TYPE, answer_with_problems
from .queue import router as queue
from .register.endpoints import router as register
from .trail.endpoints import router as trail
from .upkeep import router as upkeep
from .webhooks_described import described as webhooks_described

DESCRIPTION = """\
What programs may ask of this accrediting body. Every refusal is a problem (RFC 9457) whose `code` never changes.

Hashes are SHA-256 in lower-case hexadecimal. Times are UTC. The trail is a Merkle tree of RFC 9162 over all
events, whose leaves are the events' own hashes; its checkpoints are signed with Ed25519.

What is in this version stays: addresses, fields and codes are added, and none is taken away or means something
else. Where one has to go, its answers say so for a year before: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and
a `Link` to what takes its place; what cannot be changed so is changed in the next version, beside this one.
"""
TAGS = {
    "register": gettext_noop("The public register: for everybody"),
    "trail": gettext_noop("Checkpoints of the trail, keys and proofs: for everybody"),
    "dossiers": gettext_noop("Files, as far as the owner of the token may read them"),
    "queue": gettext_noop("The queue of a reviewer"),
    "upkeep": gettext_noop("What keeps certificates alive"),
    "webhooks": gettext_noop("What is sent to addresses that are told"),
}
HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"required": True, "schema": {"const": "Bearer"}}},
    429: {
        "Retry-After": {"required": True, "description": "Seconds to wait", "schema": {"type": "integer"}},
    },
}


class Described(NinjaAPI):
    """Its description says of refusals what they are, has an example of all that is answered and asked, and tells
    what is sent to addresses that are told."""

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**more)
        scopes = dict(_scopes(self))
        for path, methods in schema["paths"].items():
            for operation in methods.values():
                _with_examples(path, operation, schema["components"]["schemas"])
                if scope := scopes.get(operation["operationId"]):
                    operation["security"] = [{"Token": [scope]}]
        schema["webhooks"] = webhooks_described()
        schema["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


def _scopes(api: NinjaAPI) -> Iterator[tuple[str, str]]:
    """The scope that each operation asks of a token, by its id."""
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                for auth in operation.auth_callbacks:
                    if isinstance(auth, Token):
                        yield operation.view_func.__name__, auth.scope


def _with_examples(path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    asked = "".join(f"?{each['name']}" for each in operation.get("parameters", ()))
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        if int(status) >= HTTPStatus.BAD_REQUEST:
            content[MEDIA_TYPE] = content.pop("application/json")
            content[MEDIA_TYPE]["examples"] = examples_for(path + asked, int(status))
        elif "application/json" in content:
            content["application/json"]["example"] = _example(content["application/json"]["schema"], schemas)
    for status, headers in HEADERS.items():
        if status in operation["responses"]:
            operation["responses"][status]["headers"] = headers
    for body in operation.get("requestBody", {}).get("content", {}).values():
        body["example"] = _example(body["schema"], schemas)


def _example(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """That of the schema it names, or a list of one."""
    if schema.get("type") == "array":
        return [_example(schema["items"], schemas)]
    return schemas[schema["$ref"].rpartition("/")[2]]["example"]


api = Described(
    title="Accreditation Engine",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,  # its pages load scripts from elsewhere
    docs_decorator=cache_control(public=True, max_age=MINUTE),
    servers=[{"url": settings.SITE_URL}],
    throttle=everybody(),
)
answer_with_problems(api)
api.add_router("", register)
api.add_router("trail/", trail)
api.add_router("dossiers", dossiers)
api.add_router("", queue)
api.add_router("", upkeep)
