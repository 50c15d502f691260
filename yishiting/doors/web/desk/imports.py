"""批量导入: hand in a file, see what would become of each row, bring it in, take the reasons home."""

import base64
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from yishiting.doors.lists.suggestions import IMPORTS
from yishiting.doors.web.desk.imports_forms import ImportForm
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, Room, know, trail
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link, Stat, Words
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions import hand_in_file, import_suggestions
from yishiting.year.suggestions.columns import TEMPLATE
from yishiting.year.suggestions.models import ImportBatch, ImportFile
from yishiting.year.suggestions.queries.importing import Plan, plan_import
from yishiting.year.suggestions.queries.intake import files_waiting
from yishiting.year.suggestions.sheets import read_sheet, write_back, write_template

SHOWN = 10
REASONS_SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

AT_DESK: dict[Room, tuple[str, Words]] = {"desk": ("desk-imports", gettext_lazy("批量导入"))}

know(
    Noun(Place, by_hand={"import.hand_in": "import-hand-in", "suggestion.import": "import-hand-in"}),
    Noun(ImportFile, pages={"desk": "import-check"}, lists=AT_DESK, related=("place", "batch")),
    Noun(ImportBatch, pages={"desk": "desk-import"}, lists=AT_DESK, related=("place", "file", "imported_by")),
)


def _around(request: Request, place: Place) -> Around:
    """Files brought in before, and the way to the next one."""
    return Around(
        _("%(place)s：批量导入") % {"place": place.name},
        crumbs(place, Link(_("批量导入"), "")),
        tabs=tabs(request.actor, place, "desk-imports"),
        verbs=[button(request, "import.hand_in", place, primary=True, room="desk")],
        links=[*_not_brought_in(place), Link(_("下载模板"), reverse("import-template"))],
    )


@door(Place, needs="import.hand_in", related=("parent",))
def hand_in(request: Request, place: Place) -> HttpResponse:
    """Choose a file; it is looked through before anything is brought in."""
    return perform(
        request,
        ImportForm(VERBS["import.hand_in"], place, request.POST or None, request.FILES or None),
        lambda channel, file: _hand_in(request, place, channel, file),
        page="desk/import_new.html",
        to=lambda file: reverse("import-check", args=[file.pk]),
        context={
            "crumbs": crumbs(place, _all(place), Link(_("导入文件"), "")),
            "back": reverse("desk-imports", args=[place.code]),
            "columns": TEMPLATE,
        },
    )


@door(ImportFile, needs="suggestion.import", related=("place", "batch"))
def check(request: Request, file: ImportFile) -> HttpResponse:
    """What would become of each row; and the button that brings them in."""
    if hasattr(file, "batch"):
        return redirect("desk-import", pk=file.batch.pk)
    if not file.content:  # thrown away
        return redirect("desk-imports", code=file.place.code)
    content = _content(file)
    place = file.place
    return perform(
        request,
        ours.Form(request.POST if request.method == "POST" else None),
        lambda: import_suggestions(
            place, by=request.actor, channel=file.channel, name=file.name, content=content, file=file
        ),
        page="desk/import_check.html",
        to=lambda batch: reverse("desk-import", args=[batch.pk]),
        done=_brought_in,
        context={
            "file": file,
            "crumbs": trail(request, file, "desk"),
            "back": reverse("desk-imports", args=[place.code]),
            "verbs": _verbs(request, file),
            **_looked_through(plan_import(place, file.channel, content, timezone.localdate())),
        },
    )


@door(ImportBatch, needs=reads_here, related=("place", "file", "imported_by"))
def result(request: Request, batch: ImportBatch) -> HttpResponse:
    """What became of a file: three numbers that add up, and the reasons."""
    listed = f"{reverse('desk-suggestions', args=[batch.place.code])}?batch={batch.pk}"
    shown = {
        "batch": batch,
        "looked_at": batch.rows - batch.waiting,
        "stats": _stats(batch.rows, batch.accepted, batch.duplicates, batch.rejected, listed),
        "reasons": batch.errors[:REASONS_SHOWN],
        "more": max(len(batch.errors) - REASONS_SHOWN, 0),
        "annotated": bool(not batch.waiting and batch.errors and batch.file and batch.file.content),
        "verbs": [
            *_verbs(request, batch.file),
            *buttons(request, batch, "import.undo", asleep=batch.undone_on is None, room="desk"),
        ],
        "crumbs": trail(request, batch, "desk"),
    }
    return render(request, "desk/import.html", shown)


@require_GET
@door(ImportBatch, needs="suggestion.import", related=("place", "file"))
def annotated(request: Request, batch: ImportBatch) -> HttpResponse:
    """The same file with a column that says why a row was not taken."""
    if batch.file is None:
        raise Http404
    reasons = {error["row"]: error["reason"] for error in batch.errors}
    sheet = read_sheet(_content(batch.file))
    return _download(write_back(sheet, reasons), f"{batch.file_name.rsplit('.', 1)[0]}-未收原因.xlsx")


@require_GET
def template(request: Request) -> HttpResponse:
    """An empty table with our headings, and what each column is for."""
    content = write_template([column.heading for column in TEMPLATE], [column.note for column in TEMPLATE])
    return _download(content, "建议导入模板.xlsx")


def _brought_in(batch: ImportBatch) -> str:
    if batch.waiting:
        return _("文件很长，正在后台收入，不用等在这一页。收完后这里有结果。")
    return _("已收入 %(n)s 条。") % {"n": batch.accepted}


def _hand_in(request: Request, place: Place, channel: str, file: "UploadedFile[bytes]") -> ImportFile:
    content = file.read()
    return hand_in_file(place, by=request.actor, channel=channel, name=file.name or "", content=content)


def _verbs(request: Request, file: ImportFile | None) -> list[Button]:
    kept = file is not None and file.content
    return buttons(request, file, "import.empty", asleep=False, room="desk") if kept else []


def _not_brought_in(place: Place) -> list[Link]:
    """Files that were handed in and wait to be brought in or thrown away."""
    waiting = files_waiting(place)
    return [
        Link(_("还没有收入：%(name)s") % {"name": one.name}, reverse("import-check", args=[one.pk])) for one in waiting
    ]


def _content(file: ImportFile) -> bytes:
    if not file.content:
        raise Http404
    return base64.b64decode(file.content)


def _looked_through(plan: Plan) -> dict[str, Any]:
    """What the dry run shows: numbers, which column was read as what, first rows, reasons."""
    columns = plan.opened.columns
    return {
        "stats": _stats(plan.rows, len(plan.fresh), plan.duplicates, plan.rejected),
        "fresh": len(plan.fresh),
        "read_as": [(column.heading, columns[column.key]) for column in TEMPLATE if column.key in columns],
        "first": [row.taken for row in plan.fresh[:SHOWN]],
        "reasons": [{"row": row.line, "reason": row.reason} for row in plan.left[:REASONS_SHOWN]],
        "more": max(len(plan.left) - REASONS_SHOWN, 0),
        "remarks": plan.remarks[:REASONS_SHOWN],
    }


def _stats(rows: int, accepted: int, duplicates: int, rejected: int, listed: str = "") -> list[Stat]:
    return [
        Stat(_("文件里的行数"), rows),
        Stat(_("收入"), accepted, listed),
        Stat(_("重复，没有再收"), duplicates),
        Stat(_("未收，请看原因"), rejected),
    ]


def _all(place: Place) -> Link:
    return Link(_("批量导入"), reverse("desk-imports", args=[place.code]))


def _download(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = _attachment(name)
    return answer


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


urlpatterns = [
    path("p/<str:code>/imports/", list_page(IMPORTS, _around), name="desk-imports"),
    path("p/<str:code>/imports/new/", hand_in, name="import-hand-in"),
    path("import-files/<uuid:pk>/", check, name="import-check"),
    path("imports/<uuid:pk>/", result, name="desk-import"),
    path("imports/<uuid:pk>/annotated.xlsx", annotated, name="import-annotated"),
    path("imports/template.xlsx", template, name="import-template"),
]
