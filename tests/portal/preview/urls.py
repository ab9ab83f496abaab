"""The preview's addresses: /<page>/, in the language of the cookie or the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.contrib.staticfiles.views import serve
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path, re_path
from django.utils import translation

from tests.portal.preview.samples import SAMPLES

PAGES = Path(__file__).parent / "pages"
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def strict(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The policy of the real site, so that an inline style or script shows here first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = POLICY
        return response

    return middleware


def show(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """One sample page."""
    if name not in SAMPLES:
        raise Http404(name)
    with translation.override(language):
        template = engines["django"].from_string((PAGES / f"{name}.html").read_text(encoding="utf-8"))
        context = {**SAMPLES["frame"](), **SAMPLES[name](), "theme": request.GET.get("theme", "")}
        return HttpResponse(template.render(context, request))


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    *(path(f"{name}/", show, name=name) for name in ("sign_out", "account_reset_password", "account_signup")),
    path("<slug:language>/<slug:name>/", show, name="preview"),
    re_path(r"^static/(?P<path>.*)$", serve, {"insecure": True}),
]
