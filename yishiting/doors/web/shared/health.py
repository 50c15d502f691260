"""Whether the service lives and is ready, for machines that watch over it: no session, no name, nothing kept."""

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from yishiting.ground.common.upgrading import up_to_date
from yishiting.ground.notices.queries import standstill

LIVE, READY = "/health/live/", "/health/ready/"


class HealthMiddleware:
    """Answers before anything else does: before the name of the host is looked at, before HTTPS is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in (LIVE, READY) or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        states = {} if request.path == LIVE else readiness()
        well = states.get("database", "ok") == "ok"  # pages are served even while messages wait
        answer = JsonResponse({"ok": well, **states}, status=200 if well else 503)
        answer["Cache-Control"] = "no-store"
        return answer


def readiness() -> dict[str, str]:
    """Whether the database answers, and whether messages go out or wait though they are due."""
    state = database()
    if state != "ok":
        return {"database": state}
    return {"database": state, "messages": "ok" if standstill(timezone.now()) is None else "standing still"}


def database() -> str:
    """`ok`, `away` when it does not answer, `not migrated` when its tables are older than the programme."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "ok" if Tables.are_made() else "not migrated"
    except (DatabaseError, InterfaceError):
        return "away"


class Tables:
    """Whether all migrations have been applied: once they are, this process need not ask again."""

    made = False

    @classmethod
    def are_made(cls) -> bool:
        """Ask until the answer is yes."""
        if not cls.made:
            cls.made = up_to_date(connection)
        return cls.made
