"""A program that talks to the API: with a token, with a session, or as a visitor."""

from datetime import date
from typing import Any

from django.test import Client

from yishiting.ground.accounts.models import Person

BASE = "/api/v1"


class Program:
    """Sends JSON and reads JSON; an answer that was not expected fails the test with its sentence."""

    def __init__(self, token: str = "", person: Person | None = None) -> None:
        self.browser = Client(headers={"Authorization": f"Bearer {token}"} if token else {})
        self.person = person

    def get(self, path: str, status: int = 200, **asked: Any) -> Any:
        self._come_in()
        return self._said(self.browser.get(BASE + path, asked), status)

    def post(self, path: str, status: int | None = None, headers: dict[str, str] | None = None, **said: Any) -> Any:
        self._come_in()
        answer = self.browser.post(BASE + path, said, content_type="application/json", headers=headers or {})
        return self._said(answer, *([status] if status else (200, 201, 204)))

    def _come_in(self) -> None:
        """Sessions end with the days the clock jumps over, so each request has its own."""
        if self.person is not None:
            self.browser = Client()
            self.browser.force_login(self.person)

    def _said(self, answer: Any, *expected: int) -> Any:
        assert answer.status_code in expected, (answer.status_code, answer.content.decode()[:600])
        return answer.json() if answer.content else None


def with_token(person: Person, until: date) -> Program:
    """A member of staff signs in, issues a token over the API, and lets a program use it."""
    issued = Program(person=person).post("/me/tokens", name="测试程序", expires_on=until.isoformat())
    return Program(token=issued["text"])
