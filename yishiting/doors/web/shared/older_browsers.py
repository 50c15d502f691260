"""The library that opens rows beside their list, so that browsers from Chromium 78 on read it.

It has two signs that came with Chromium 80; each says the same in older words.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

import django_htmx
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import condition, require_safe

SOURCE = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
OLDER = {"p?.swapDelay&&": "p&&", 's.push=s.push??"true"': 's.push=s.push==null?"true":s.push'}
#: A day: what changes with a release is asked for again by its mark.
KEPT_SECONDS = 86_400


@cache
def script() -> str:
    """The library in the words of older browsers."""
    text = SOURCE.read_text(encoding="utf-8")
    for new, old in OLDER.items():
        text = text.replace(new, old)
    return text


def _mark(request: HttpRequest) -> str:
    return f'"{sha256(script().encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_mark)
def htmx(request: HttpRequest) -> HttpResponse:
    """The library as a file."""
    answer = HttpResponse(script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer


urlpatterns = [path("scripts/htmx.js", htmx, name="htmx")]
