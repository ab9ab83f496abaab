"""The trail for everybody, without signing in."""

from __future__ import annotations

from django.urls import path

from . import texts, views

urlpatterns = [
    path("", views.checkpoints, name="checkpoints"),
    path("checkpoint", texts.latest_note, name="latest_checkpoint"),
    path("checkpoint/<int:size>", texts.note, name="checkpoint_note"),
    path("key", texts.keys, name="trail_keys"),
    path("event/", views.event_place, name="event_place"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("subscribe/<str:token>/", views.confirm_subscription, name="confirm_subscription"),
    path("unsubscribe/<uuid:subscriber>/", views.unsubscribe, name="unsubscribe"),
]
