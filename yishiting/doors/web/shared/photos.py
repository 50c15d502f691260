"""Photographs as pages show them: the picture itself, beside the words; other files as a list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Paper
from yishiting.ground.files.models import Attachment


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph to look at, what it is of, and where it is taken down by who may."""

    url: str
    says: str
    withdraw: str = ""


@dataclass(frozen=True, slots=True)
class Hung:
    """What hangs on a thing: photographs, and other papers."""

    photos: list[Photo] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


def file_address(attachment: Attachment) -> str:
    """Where a file is opened by those who may."""
    return reverse("file", args=[attachment.pk])


def hung(
    attachments: Iterable[Attachment],
    says: str,
    *,
    request: Request | None = None,
    at: Callable[[Attachment], str] = file_address,
) -> Hung:
    """The photographs and papers among these files, for a request also where whoever asks takes them down.

    `says` is what a photograph is of, for whoever does not see it.
    """
    files = list(attachments)
    pictures = [one for one in files if one.media_type.startswith("image/")]
    words = _("%(what)s，照片%(n)s")
    known = zip(pictures, papers(pictures, request), strict=True)
    photos = [
        Photo(at(one), one.caption or words % {"what": says, "n": n}, paper.withdraw)
        for n, (one, paper) in enumerate(known, start=1)
    ]
    rest = [one for one in files if one not in pictures]
    listed = [replace(paper, url=at(one)) for one, paper in zip(rest, papers(rest, request), strict=True)]
    return Hung(photos, listed)
