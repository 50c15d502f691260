"""Steps that cannot be taken back are asked about once more, on a page that says what follows."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse

from yishiting.doors.web.shared.forms import Form
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.common.models import BaseRecord


def confirm(
    request: Request,
    verb: Callable[[], Any],
    *,
    title: str,
    words: str,
    back: str,
    crumbs: Sequence[Link],
    done: str,
    about: BaseRecord,
) -> HttpResponse:
    """A step that cannot be taken back: what follows from it in a sentence, and a button of its own that does it.

    `back` is where one came from and goes on to; `about` is what the person had before them.
    """
    return perform(
        request,
        Form(request.POST if request.method == "POST" else None),
        verb,
        page="desk/form.html",
        to=back,
        done=done,
        context={
            "title": f"{title}：{about}",
            "words": words,
            "submit": title,
            "back": back,
            "revision": about.token,
            "crumbs": [*crumbs, Link(title, "")],
        },
    )
