"""Requests already taken, so that a program that sends one again acts once."""

from django.db import models


class TakenRequest(models.Model):
    """The key a program gave its request, a fingerprint of what it asked, and which things it led to."""

    once = models.UUIDField(primary_key=True)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    model = models.CharField(max_length=80, blank=True, default="")
    things = models.JSONField(default=list)
    several = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
