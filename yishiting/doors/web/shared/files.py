"""Opening a file: public ones for everyone, the others for those who may; nothing is guessed from its content."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from yishiting.doors.common.files import served
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Paper
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.permissions import may_open


@require_safe
@door(Attachment, needs=may_open)
def file(request: Request, attachment: Attachment) -> HttpResponse:
    """One file as it was kept."""
    return served(attachment)


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
