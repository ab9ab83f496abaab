"""The public register: for everybody, without signing in."""

from __future__ import annotations

from django.urls import path

from . import badge_views, export_views, views

urlpatterns = [
    path("", views.register, name="register"),
    path("export.<str:kind>", export_views.export, name="register_export"),
    path("organisations/<uuid:pk>/", views.organisation, name="register_organisation"),
    path("<str:number>/", views.entry, name="register_entry"),
    path("<str:number>/certificate.pdf", views.paper, name="certificate_pdf"),
    path("<str:number>/badge.svg", badge_views.badge, name="certificate_badge"),
]
