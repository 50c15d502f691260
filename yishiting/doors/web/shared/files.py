"""Opening a file: public ones for everyone, the others for those who may; nothing is guessed from its content."""

from collections.abc import Iterable

from django.http import FileResponse, Http404, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Paper
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.permissions import may_open

#: What a browser shows by itself; everything else is saved.
SHOWN = {"image/jpeg", "image/png", "image/webp", "application/pdf"}
KEPT_PUBLIC = "public, max-age=3600"
POLICY = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@require_safe
@door(Attachment, needs=may_open)
def file(request: Request, attachment: Attachment) -> HttpResponse:
    """One file as it was kept."""
    return served(attachment)


def served(attachment: Attachment) -> HttpResponse:
    """The answer that carries a file; whoever calls has seen to it that this person may open it."""
    try:
        content = attachment.stored.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    shown = attachment.media_type in SHOWN
    answer = FileResponse(
        content, as_attachment=not shown, filename=attachment.name, content_type=_served_as(attachment)
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = KEPT_PUBLIC if attachment.public and not attachment.withdrawn_at else "private, no-store"
    return answer  # type: ignore[return-value]  # a streamed answer is an answer


def _served_as(attachment: Attachment) -> str:
    plain = attachment.media_type.startswith("text/")
    return "application/octet-stream" if plain else attachment.media_type


def papers(attachments: Iterable[Attachment]) -> list[Paper]:
    """Files as the pieces show them."""
    return [
        Paper(
            attachment.caption or attachment.name,
            reverse("file", args=[attachment.pk]),
            attachment.size,
            attachment.name.rpartition(".")[2].upper(),
            attachment.name if attachment.caption else "",
        )
        for attachment in attachments
    ]


urlpatterns = [path("files/<uuid:pk>/", file, name="file")]
