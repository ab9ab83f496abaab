"""The address of a certificate in its file."""

from __future__ import annotations

from django.urls import path

from . import renewal_views, views

urlpatterns = [
    path("<uuid:certificate_pk>/", views.certificate, name="certificate"),
    path("<uuid:certificate_pk>/renew/", renewal_views.renew_certificate, name="renew_certificate"),
]
