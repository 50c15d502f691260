"""The one place where words become public: whatever page of the public room goes out has passed it.

Views and templates need not think of it. What an office says of itself, its own line for questions, stands in an
element marked `data-own-line`; what somebody is typing themselves, in a form shown to them again, stays.
"""

import re
from collections.abc import Collection
from functools import partial

from django.http import HttpResponse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from yishiting.doors.web.shared.middleware import Next
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.common.masking import HINT, public_words

#: Pages anyone may read.
PUBLIC_ROOM = "yishiting.doors.web.public."
MASKED = ("text/html", "image/svg+xml")
OWN_WORDS = re.compile(r"(<(?:textarea|script|style)\b.*?</(?:textarea|script|style)>)", re.DOTALL)
TEXT = re.compile(r">([^<]*[^<\s][^<]*)")
SPOKEN = re.compile(r'( (?:alt|title|content|aria-label|data-label|download)=")([^"<>]+)')
OWN_LINE = " data-own-line"


class PublicWordsMiddleware:
    """Hides in the answers of the public room what reaches a person."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        answer = self.get_response(request)
        view = getattr(request.resolver_match, "func", None)
        public = getattr(view, "__module__", "").startswith(PUBLIC_ROOM)
        if public and not answer.streaming and answer.get("Content-Type", "").startswith(MASKED):
            answer.content = public_page(answer.content.decode(), getattr(request, "blacks", ()))
        return answer


def public_page(html: str, blacks: Collection[str] = ()) -> str:
    """The page with its words, those that are read out among them, as everyone may read them.

    `blacks`: what the desk has blacked out of the matter the page is about.
    """
    parts = OWN_WORDS.split(html)
    shown = [escape(black) for black in blacks]
    hidden = partial(_text, shown), partial(_spoken, shown)
    parts[::2] = [SPOKEN.sub(hidden[1], TEXT.sub(hidden[0], part)) for part in parts[::2]]
    return "".join(parts)


def own_line(words: str) -> SafeString:
    """How an office says itself it is reached: its landline stays."""
    return format_html("<span data-own-line>{}</span>", words)


def _text(blacks: Collection[str], found: re.Match[str]) -> str:
    if HINT.search(found[1]) is None and not blacks:
        return found[0]
    own_line = found.string.endswith(OWN_LINE, 0, found.start())
    return f">{public_words(found[1], blacks, own_line=own_line)}"


def _spoken(blacks: Collection[str], found: re.Match[str]) -> str:
    return found[1] + public_words(found[2], blacks)
