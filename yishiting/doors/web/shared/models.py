"""Forms already taken, so that a double click acts once."""

from django.db import models


class SubmittedForm(models.Model):
    """A form's own number, and the page its first submission led to."""

    once = models.UUIDField(primary_key=True)
    went_to = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
