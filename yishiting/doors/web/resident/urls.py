"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
