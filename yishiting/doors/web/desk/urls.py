"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.desk import notices

urlpatterns: list[URLPattern] = [
    *notices.urlpatterns,
]
