"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.representative import projects

urlpatterns: list[URLPattern] = [
    *projects.urlpatterns,
]
