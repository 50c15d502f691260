"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.representative import budgeting, duty, home, inquiries, projects, scoring

urlpatterns: list[URLPattern] = [
    *home.urlpatterns,
    *projects.urlpatterns,
    *scoring.urlpatterns,
    *budgeting.urlpatterns,
    *duty.urlpatterns,
    *inquiries.urlpatterns,
]
