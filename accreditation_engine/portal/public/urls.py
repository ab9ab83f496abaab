"""The public register: for everybody, without signing in."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.register, name="register"),
    path("<str:number>/", views.entry, name="register_entry"),
    path("<str:number>/certificate.pdf", views.paper, name="certificate_pdf"),
]
