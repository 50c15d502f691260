"""The request as our pages know it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person


class Request(HttpRequest):
    """A request that knows who acts."""

    actor: Actor
    person: Person | None
    htmx: HtmxDetails
