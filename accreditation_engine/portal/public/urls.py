"""The public register: for everybody, without signing in."""

from __future__ import annotations

from django.urls import path

from . import badge_views, check_views, export_views, for_programs, views

urlpatterns = [
    path("", views.register, name="register"),
    path("check/", check_views.check, name="check_certificate"),
    path("export.<str:kind>", export_views.export, name="register_export"),
    path("keys.pem", for_programs.paper_keys, name="paper_keys"),
    path("organisations/<uuid:pk>/", views.organisation, name="register_organisation"),
    path("status/<str:purpose>/<int:number>.json", for_programs.status_list, name="status_list"),
    path("<str:number>/", views.entry, name="register_entry"),
    path("<str:number>/certificate.pdf", views.paper, name="certificate_pdf"),
    path("<str:number>/credential.json", for_programs.credential, name="certificate_credential"),
    path("<str:number>/badge.svg", badge_views.badge, name="certificate_badge"),
]
