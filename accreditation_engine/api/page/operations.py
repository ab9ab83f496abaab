"""The description of the API as a page shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.api.problem_examples import KNOWN
from accreditation_engine.api.problems import MEDIA_TYPE
from accreditation_engine.api.v1 import TAGS, api
from accreditation_engine.api.webhooks_described import message
from accreditation_engine.certificates.webhooks.told.topics import TYPES
from accreditation_engine.portal.account.scopes import SCOPES
from accreditation_engine.portal.webhooks.type_words import type_title

Context = dict[str, Any]


def sections() -> list[Context]:
    """For api/page.html: every operation, by what it is about."""
    by_tag: dict[str, list[Context]] = {tag: [] for tag in TAGS if tag != "webhooks"}
    for path, methods in _described()["paths"].items():
        for method, operation in methods.items():
            by_tag[operation["tags"][0]].append(_operation(path, method, operation))
    return [{"id": tag, "title": _(TAGS[tag]), "operations": found} for tag, found in by_tag.items()]


@lru_cache(maxsize=1)
def _described() -> dict[str, Any]:
    """The same for everybody, in the language in which it was written."""
    return api.get_openapi_schema()


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Context:
    security, summary = operation.get("security") or [{}], operation["summary"]
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "title": _(summary),
        "scope": next(iter(security[0].get("Token", ())), ""),
        "parameters": list(_parameters(operation)),
        "sent": _sent(operation),
        "answer": _answer(operation["responses"].get(200, {})),
        "problems": [
            {"status": status, "codes": list(response["content"][MEDIA_TYPE]["examples"])}
            for status, response in sorted(operation["responses"].items())
            if MEDIA_TYPE in response.get("content", {})
        ],
    }


def _parameters(operation: Mapping[str, Any]) -> Iterator[Context]:
    for each in operation.get("parameters", ()):
        words = each.get("description", "")
        yield {
            "name": each["name"],
            "place": each["in"],
            "required": each.get("required", False),
            "rule": _rule(each["schema"]),
            "words": _(words).replace("`", "") if words else "",
        }


def _rule(schema: Mapping[str, Any]) -> str:
    """What may stand there, in the words of JSON Schema."""
    kinds = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    kind = kinds[0] if kinds else schema
    said = [" | ".join(kind["enum"])] if "enum" in kind else [kind.get("format") or kind.get("type", "")]
    for name in ("minimum", "maximum", "maxLength", "default"):
        if (value := kind.get(name, schema.get(name))) not in (None, ""):
            said.append(f"{name} {json.dumps(value)}")
    return ", ".join(said)


def _sent(operation: Mapping[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    return _written(content["application/json"]["example"]) if content else ""


def _answer(response: Mapping[str, Any]) -> str:
    content = response.get("content", {}).get("application/json")
    return _written(content["example"]) if content else ""


def problems() -> list[Context]:
    return [{"code": code, "status": each.status} for code, each in KNOWN.items()]


def scopes() -> list[Context]:
    return [{"code": code, "title": title} for code, title in SCOPES.items()]


def messages() -> list[Context]:
    """What addresses that are told receive."""
    return [{"type": each, "title": type_title(each), "body": _written(message(each))} for each in TYPES]


def _written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
