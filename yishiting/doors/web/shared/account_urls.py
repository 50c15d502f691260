"""Signing in and out."""

from yishiting.doors.web.shared.account import urlpatterns

__all__ = ["urlpatterns"]
