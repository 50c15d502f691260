"""Files: hung on a thing by those who keep its place or whom it names, listed, opened, taken down."""

from typing import Annotated
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, ModelSchema, Router
from ninja.files import UploadedFile
from pydantic import Field

from yishiting.doors.api.v1.base import actor_of, allows, found, load, needs, operation
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.idempotency import files_of, takes_files
from yishiting.doors.api.v1.shapes import Body, LineOr, Shape
from yishiting.doors.common.files import served
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.files.actions import attach
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.permissions import keeps_its_place, may_open, named_by_it
from yishiting.ground.files.queries import attachments_of, subject_named

router = Router(tags=["附件 files"])
NOT_YOURS = "只有这件事的本人、本地和上级的工作人员可以给它上传附件。"


class FileOut(ModelSchema, Shape):
    """A file: on which thing, what kind, how large, its fingerprint."""

    id: UUID

    class Meta:
        model = Attachment
        fields = [
            "subject_kind", "subject_id", "purpose", "name", "caption", "media_type", "size", "sha256", "public",
            "created_at", "withdrawn_at",
        ]  # fmt: skip


class FileIn(Body):
    """On which thing, named as the ledger names it, what for, and whether everyone may see it."""

    subject_kind: str
    subject_id: UUID
    purpose: Annotated[str, Field(max_length=30)] = ""
    public: bool = False
    caption: LineOr = ""


@router.get("/", response=list[FileOut], summary="一件事的附件")
def files(request: HttpRequest, subject_kind: str, subject_id: UUID) -> list[Attachment]:
    """The files of a thing that this caller may open, oldest first."""
    thing: Model = found(subject_named(subject_kind, str(subject_id)))
    return [one for one in attachments_of(thing) if allows(request, may_open, one)]


@router.get("/{uuid:pk}", response=FileOut, summary="一个附件")
def file(request: HttpRequest, pk: UUID) -> Attachment:
    """What is known of one file."""
    kept = load(Attachment, pk)
    needs(request, may_open, kept)
    return kept


@router.get("/{uuid:pk}/content", summary="附件的内容")
def content(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file itself."""
    return served(file(request, pk))


@operation(router, "/", "file.attach", {201: FileOut})
@takes_files
def hang(request: HttpRequest, about: Form[FileIn], file: File[UploadedFile]) -> Attachment:
    thing: Model = found(subject_named(about.subject_kind, str(about.subject_id)))
    if not isinstance(thing, BaseRecord) or not allows(request, keeps_its_place | named_by_it, thing):
        raise NotAllowed(NOT_YOURS)
    if about.public:
        needs(request, keeps_its_place, thing)
    kept = files_of(request)["file"][0]
    return attach(thing, kept, by=actor_of(request), purpose=about.purpose, public=about.public, caption=about.caption)


SHAPES[Attachment] = FileOut
operations(router, Attachment, done=("file.attach",))
