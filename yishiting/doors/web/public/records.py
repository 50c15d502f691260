"""公开记录与核对: the ledger for everyone, an entry checked on the spot, the signed checkpoint."""

import json
from collections.abc import Iterator

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from yishiting.doors.common.entries import in_words
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.timelines import is_sound
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.ground.ledger.queries import export_rows, is_public, newest_checkpoint, public_entries

PAGE = 30


class NumberForm(ours.Form):
    """An entry by its number."""

    number = forms.IntegerField(
        label=_("记录号"),
        min_value=1,
        max_value=10**15,
        help_text=_("写在每件事的页面上，例如：第1024号记录，填1024。"),
    )


def record(request: Request) -> HttpResponse:
    """The latest signed checkpoint, how to verify at home, and the newest entries."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("record-entry", form.cleaned_data["number"])
    page = Paginator(public_entries(), PAGE).get_page(request.GET.get("page"))
    points = Checkpoint.objects.order_by("-day")[:7]
    shown = {"form": form, "page": page, "entries": in_words(page), "points": points}
    return render(request, "public/record.html", shown)


def entry(request: Request, seq: int) -> HttpResponse:
    """One entry in words, whether it still gives its fingerprint, and which day sealed it."""
    found = Entry.objects.filter(seq=seq).first()
    if found is None:
        raise Http404
    shown = {
        "entry": found,
        "told": in_words([found])[0] if is_public(found) else None,
        "sound": is_sound(found),
        "point": Checkpoint.objects.filter(size__gte=seq).order_by("size").first(),
    }
    return render(request, "public/record_entry.html", shown)


def export(request: Request) -> StreamingHttpResponse:
    """The whole ledger up to the latest checkpoint, to be verified at home."""
    last = newest_checkpoint()
    answer = StreamingHttpResponse(_lines(last.size if last else None), content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return answer


def _lines(upto: int | None) -> Iterator[str]:
    for row in export_rows(upto):
        yield json.dumps(row, ensure_ascii=False) + "\n"


urlpatterns = [
    path("record/", record, name="record"),
    path("record/<int:seq>/", entry, name="record-entry"),
    path("record/export/", export, name="record-export"),
]
