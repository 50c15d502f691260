"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.resident import home

urlpatterns: list[URLPattern] = [
    *home.urlpatterns,
]
