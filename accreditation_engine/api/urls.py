"""The addresses of the API, a version each, and its page for people."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from .page.views import api_page, api_page_in
from .v1 import api

patterns, application, namespace = api.urls
for view in filter(None, (each.callback for each in patterns)):
    login_not_required(view)  # who may ask what, the API decides itself

urlpatterns: list[URLPattern | URLResolver] = [
    path("", api_page, name="api_page"),
    path("v1/", include((patterns, application), namespace=namespace)),
    path("<str:spoken>/", api_page_in, name="api_page_in"),
]
