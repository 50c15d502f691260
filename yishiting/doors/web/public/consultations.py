"""意见征求 for everyone: one statement at a time, a view of one's own, what it came to and how to compute it again."""

import csv
import io
import secrets
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.declared import said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.fields import form_of
from yishiting.doors.web.shared.opinion_map import small_map
from yishiting.doors.web.shared.opinions import sections_of
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link, Paper
from yishiting.doors.web.shared.timelines import seal_of
from yishiting.ground.common.masking import public_words
from yishiting.ground.common.numbers import whole_number
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.ledger.queries import history_of
from yishiting.ground.places.models import Place
from yishiting.year.consultations.actions import answer_statement, propose_statement
from yishiting.year.consultations.keys import participant_key
from yishiting.year.consultations.models import Choice, Consultation, Statement
from yishiting.year.consultations.queries import (
    Stand,
    public_consultations,
    public_questionnaires,
    stand_of,
    table_text,
)
from yishiting.year.consultations.rules import why_closed
from yishiting.year.consultations.states import SEEN_BY_ALL, State, StatementState

PAGE = 20
COOKIE, COOKIE_DAYS = "opinions", 180
RELATED = ("place", "place__parent", "place__parent__parent")


@door(Place, related=("parent", "parent__parent"))
def place_consultations(request: Request, place: Place) -> HttpResponse:
    """What people are asked here and what it came to: consultations, then questionnaires."""
    page = Paginator(public_consultations(place), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "questionnaires": public_questionnaires(place)[:PAGE],
        "crumbs": crumbs_of(place, Link(_("征求意见"), "")),
    }
    return render(request, "public/place_consultations.html", shown)


#: Tells spreadsheets that a file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@door(Consultation, related=RELATED)
def consultation(request: Request, consultation: Consultation) -> HttpResponse:
    """One statement and three buttons; how far one has come; afterwards what one said."""
    must_be_public(consultation)
    stand = stand_of(consultation, key_of(request, consultation))
    closed = why_closed(consultation.opens, consultation.closes, timezone.localdate())
    asked = _asked(request, consultation, stand) if consultation.state == State.OPEN and not closed else None
    shown = {
        "consultation": consultation,
        "closed": closed,
        "stand": stand,
        "way": f"{len(stand.answered) / (stand.shown or 1) * 100:.1f}%",
        "asked": asked,
        "chosen": stand.answered.get(asked.number) if asked else None,
        "choices": Choice.choices,
        "mine": _mine(consultation, stand) if asked is None or request.GET.get("n") else [],
        "crumbs": crumbs(consultation),
    }
    return render(request, "public/consultation.html", shown)


@require_POST
@door(Consultation, related=("place",))
def answer(request: Request, consultation: Consultation) -> HttpResponse:
    """Take the answer and go on to the next statement."""
    must_be_public(consultation)
    token = token_of(request) or secrets.token_urlsafe(24)
    number, choice = whole_number(request.POST.get("number", "")), request.POST.get("choice", "")
    statement = None if number is None else consultation.statements.filter(number=number).first()
    if statement is None:
        raise Http404
    try:
        said = int(choice) if choice in {str(value) for value in Choice.values} else None
        answer_statement(statement, by=request.actor, choice=said if said is not None else 9, token=token)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return with_token(request, redirect(f"{reverse('consultation', args=[consultation.pk])}#opinion"), token)


@door(Consultation, needs="statement.propose", related=RELATED)
def propose(request: Request, consultation: Consultation) -> HttpResponse:
    """Add a view of one's own."""
    must_be_public(consultation)
    here, token = reverse("consultation", args=[consultation.pk]), token_of(request) or secrets.token_urlsafe(24)
    verb = VERBS["statement.propose"]
    page = perform(
        request,
        form_of(verb, consultation, request.POST or None),
        lambda text: propose_statement(consultation, by=request.actor, text=text, token=token),
        page="public/statement.html",
        to=here,
        done=lambda result: said_after(verb, result),
        context={"consultation": consultation, "back": here, "crumbs": crumbs(consultation, _("补充看法"))},
    )
    return with_token(request, page, token) if request.method == "POST" else page


@door(Consultation, related=RELATED)
def result(request: Request, consultation: Consultation) -> HttpResponse:
    """What people share, where they differ, what the few say; the table beside the picture, and the files."""
    must_be_published(consultation)
    entries = list(history_of([consultation]))
    shown = {
        **result_of(consultation),
        "files": files_of(consultation),
        "seal": seal_of(entries[-1]) if entries else None,
        "crumbs": crumbs(consultation, _("结果")),
    }
    return render(request, "public/consultation_result.html", shown)


@door(Consultation, related=RELATED)
def report(request: Request, consultation: Consultation) -> HttpResponse:
    """The result as a sheet to print and post."""
    must_be_published(consultation)
    shown = {**result_of(consultation), "back": reverse("consultation-result", args=[consultation.pk])}
    return render(request, "public/consultation_report.html", shown)


@door(Consultation)
def picture(request: Request, consultation: Consultation) -> HttpResponse:
    """The opinion map."""
    must_be_published(consultation)
    if not consultation.picture:
        raise Http404
    return HttpResponse(consultation.picture, content_type="image/svg+xml")


@door(Consultation)
def votes_file(request: Request, consultation: Consultation) -> HttpResponse:
    """The table of answers, byte for byte as it was sealed at closing."""
    must_be_published(consultation)
    return as_file(table_text(consultation), "votes.csv")


@door(Consultation)
def statements_file(request: Request, consultation: Consultation) -> HttpResponse:
    """The words of the statements; of one that was set aside only that it was."""
    must_be_published(consultation)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["statement", "text", "moderated"])
    for one in consultation.statements.order_by("number"):
        shown = one.state == StatementState.SHOWN
        writer.writerow([one.number, plain_cell(public_words(one.text)) if shown else "", 1 if shown else -1])
    return as_file(BYTE_ORDER_MARK + out.getvalue(), "statements.csv")


def result_of(consultation: Consultation) -> dict[str, Any]:
    """What the result pieces show."""
    url = reverse("consultation-picture", args=[consultation.pk]) if consultation.picture else ""
    return {
        "consultation": consultation,
        "result": shown_result(consultation.result),
        "sections": sections_of(consultation.result),
        "picture_url": url,
        "small": small_map(consultation.result),
    }


def shown_result(kept: dict[str, Any]) -> dict[str, Any]:
    """The result for a template."""
    return {**kept, "counts": [{**row, "passed": row["pass"]} for row in kept["counts"]]}


def files_of(consultation: Consultation) -> list[Paper]:
    """Everything needed to compute the map again."""
    at = [consultation.pk]
    return [
        Paper(
            _("表态表 votes.csv"), reverse("consultation-votes", args=at), kind="CSV", note=_("编号已经打乱，没有姓名")
        ),
        Paper(_("看法原文 statements.csv"), reverse("consultation-statements", args=at), kind="CSV"),
    ]


def as_file(text: str, name: str) -> HttpResponse:
    """A text to save."""
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def plain_cell(text: str) -> str:
    """Words that a spreadsheet shows as they are: what it would compute begins with an apostrophe."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(("\t", "\r")) else text


def token_of(request: Request) -> str:
    """The token in the visitor's browser; empty when there is none, or it was tampered with."""
    return request.get_signed_cookie(COOKIE, default="", salt=COOKIE) or ""


def key_of(request: Request, consultation: Consultation) -> str:
    """The key of who reads, empty for somebody new."""
    token = token_of(request)
    return participant_key(consultation, request.actor, token) if request.person or token else ""


def with_token(request: Request, page: HttpResponse, token: str) -> HttpResponse:
    """The page, and for a visitor the token kept in the browser."""
    if request.person is None:
        page.set_signed_cookie(
            COOKIE,
            token,
            salt=COOKIE,
            max_age=COOKIE_DAYS * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return page


def must_be_public(consultation: Consultation) -> None:
    """Nobody outside the desk sees a draft, nor one that was thrown away."""
    if consultation.state not in SEEN_BY_ALL:
        raise Http404


def must_be_published(consultation: Consultation) -> None:
    """There is no result before it is published."""
    if consultation.state != State.PUBLISHED:
        raise Http404


def crumbs(consultation: Consultation, last: str = "") -> list[Link]:
    """From the place to the consultation, and on."""
    lists = Link(_("征求意见"), reverse("place-consultations", args=[consultation.place.code]))
    here = Link(consultation.title, reverse("consultation", args=[consultation.pk]) if last else "")
    return crumbs_of(consultation.place, lists, here, *([Link(last, "")] if last else []))


def _asked(request: Request, consultation: Consultation, stand: Stand) -> Statement | None:
    wanted = whole_number(request.GET.get("n", ""))
    number = wanted if wanted in stand.answered else stand.next
    return consultation.statements.filter(number=number, state=StatementState.SHOWN).first() if number else None


def _mine(consultation: Consultation, stand: Stand) -> list[tuple[Statement, Any]]:
    rows = consultation.statements.filter(number__in=stand.answered, state=StatementState.SHOWN).order_by("number")
    return [(one, Choice(stand.answered[one.number]).label) for one in rows]


urlpatterns = [
    path("p/<str:code>/consultations/", place_consultations, name="place-consultations"),
    path("consultations/<uuid:pk>/", consultation, name="consultation"),
    path("consultations/<uuid:pk>/answer/", answer, name="consultation-answer"),
    path("consultations/<uuid:pk>/add/", propose, name="statement-propose"),
    path("consultations/<uuid:pk>/result/", result, name="consultation-result"),
    path("consultations/<uuid:pk>/report/", report, name="consultation-report"),
    path("consultations/<uuid:pk>/picture.svg", picture, name="consultation-picture"),
    path("consultations/<uuid:pk>/votes.csv", votes_file, name="consultation-votes"),
    path("consultations/<uuid:pk>/statements.csv", statements_file, name="consultation-statements"),
]
