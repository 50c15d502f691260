"""Opening a file: public ones for everyone, the others for those who may; nothing is guessed from its content."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from yishiting.doors.common.files import served
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import Noun, address_of, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Paper
from yishiting.ground.common.verbs import why_not
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.permissions import may_open
from yishiting.ground.files.queries import subject_of


@require_safe
@door(Attachment, needs=may_open)
def file(request: Request, attachment: Attachment) -> HttpResponse:
    """One file as it was kept."""
    return served(attachment)


know(Noun(Attachment, part_of=subject_of))


def papers(attachments: Iterable[Attachment], request: Request | None = None) -> list[Paper]:
    """Files as the pieces show them; for a request also where whoever asks takes them down."""
    files = list(attachments)
    for one in files[1:]:
        if one.subject_id == files[0].subject_id:
            one.__dict__["_subject"] = subject_of(files[0])
    return [
        Paper(
            attachment.caption or attachment.name,
            reverse("file", args=[attachment.pk]),
            attachment.size,
            attachment.name.rpartition(".")[2].upper(),
            attachment.name if attachment.caption else "",
            _taken_down_at(request, attachment) if request is not None else "",
        )
        for attachment in files
    ]


def _taken_down_at(request: Request, attachment: Attachment) -> str:
    """Where the file is taken down; nothing for whoever may not."""
    closed = why_not(request.actor, "file.withdraw", attachment) is not None
    return "" if closed else f"{address_of('file.withdraw', attachment)}?room=desk"


urlpatterns = [path("files/<uuid:pk>/", file, name="file")]
