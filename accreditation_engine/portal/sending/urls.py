"""Where files of the forms of one dossier are sent in pieces."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("<slug:form>/", views.begun_files, name="begun_files"),
    path("<slug:form>/<slug:about>/", views.form_files, name="form_files"),
    path("<slug:form>/<slug:about>/<uuid:arriving_pk>/", views.form_file, name="form_file"),
]
