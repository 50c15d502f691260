"""Steps that cannot be taken back are asked about once more, on a page that says what follows."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.forms import Form
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.models import BaseRecord

BEFORE_PUBLISHING = gettext_lazy("结果马上公开，人人都看得到，公布以后不能收回。请先核对。")


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


def before_closing(closes: date, then: str) -> str:
    """What one should know before closing: whether the day has come, and what cannot be undone."""
    early = timezone.localdate() <= closes
    first = _("原定%(day)s截止，现在提前。") % {"day": cn_date(closes)} if early else ""
    return first + _("截止以后不能再开。") + then
