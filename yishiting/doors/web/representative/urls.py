"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.representative import duty, home, projects

urlpatterns: list[URLPattern] = [
    *home.urlpatterns,
    *projects.urlpatterns,
    *duty.urlpatterns,
]
