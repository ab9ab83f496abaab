"""Answers that anybody may keep, asked for again: whoever has one already gets 304 and nothing more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe, quote_etag

ACROSS_SITES = "Access-Control-Allow-Origin"
Answer = Callable[[HttpRequest], HttpResponse]


def known_by_content(get_response: Answer) -> Answer:
    """The tag is a digest of the content: strong, and the same from every process of the site. Pages that nobody
    may keep have none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in ("GET", "HEAD") or not _may_be_kept(response):
            return response
        tag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        response["ETag"] = tag
        changed = parse_http_date_safe(response.get("Last-Modified", ""))
        asked = get_conditional_response(request, etag=tag, last_modified=changed, response=response)
        answer = cast(HttpResponse, asked)  # None is for those who have no response yet
        if ACROSS_SITES in response:
            answer[ACROSS_SITES] = response[ACROSS_SITES]
            answer["Access-Control-Expose-Headers"] = "ETag"
        return answer

    return middleware


def _may_be_kept(response: HttpResponse) -> bool:
    public = "public" in response.get("Cache-Control", "")
    return public and response.status_code == HTTPStatus.OK and not response.streaming
