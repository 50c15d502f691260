"""The answer that carries a file."""

from django.http import FileResponse, Http404, HttpResponse

from yishiting.ground.common.masking import public_words
from yishiting.ground.files.models import Attachment

#: What a browser shows by itself; everything else is saved.
SHOWN = {"image/jpeg", "image/png", "image/webp", "application/pdf"}
KEPT_PUBLIC = "public, max-age=3600"
POLICY = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def served(attachment: Attachment) -> HttpResponse:
    """The answer that carries a file; whoever calls has seen to it that this person may open it."""
    try:
        content = attachment.stored.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    shown = attachment.media_type in SHOWN
    open_to_all = attachment.public and not attachment.withdrawn_at
    name = public_words(attachment.name) if open_to_all else attachment.name
    answer = FileResponse(content, as_attachment=not shown, filename=name, content_type=_served_as(attachment))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = KEPT_PUBLIC if open_to_all else "private, no-store"
    return answer  # type: ignore[return-value]  # a streamed answer is an answer


def _served_as(attachment: Attachment) -> str:
    plain = attachment.media_type.startswith("text/")
    return "application/octet-stream" if plain else attachment.media_type
