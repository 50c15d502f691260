"""Who acts, and the page that says why not."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from yishiting.doors.web.shared.errors import refused_page
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused

Next = Callable[[HttpRequest], HttpResponse]


class WhoActs:
    """Gives the request its actor: the signed-in person, or a visitor."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.person = request.user if isinstance(request.user, Person) else None
        request.actor = request.person or Visitor()
        return self.get_response(request)


class RefusedPage:
    """A refusal no form could show becomes a page with its sentence; a bug stays a bug."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Request, problem: Exception) -> HttpResponse | None:
        """Show the sentence of a refusal."""
        return refused_page(request, problem) if isinstance(problem, Refused) else None
