"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.public import follow, notices, suggest

urlpatterns: list[URLPattern] = [
    *follow.urlpatterns,
    *notices.urlpatterns,
    *suggest.urlpatterns,
]
