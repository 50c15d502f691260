"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.representative import home, projects

urlpatterns: list[URLPattern] = [
    *home.urlpatterns,
    *projects.urlpatterns,
]
