"""The addresses of the API, a version each."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from .v1 import api

patterns, application, namespace = api.urls
for view in filter(None, (each.callback for each in patterns)):
    login_not_required(view)  # who may ask what, the API decides itself

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include((patterns, application), namespace=namespace)),
]
