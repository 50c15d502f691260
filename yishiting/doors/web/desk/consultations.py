"""意见征求 at the desk: draft, first views, moderation, closing, the result before and after it is published."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yishiting.doors.lists.consultations import CONSULTATIONS, STATEMENTS
from yishiting.doors.web.desk.confirming import confirm
from yishiting.doors.web.desk.consultations_forms import ConsultationForm, DraftForm, SeedForm, SetAsideForm
from yishiting.doors.web.shared.bulk import WAYS, Way
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.drawings import qr
from yishiting.doors.web.shared.lists import Around, list_page, listing
from yishiting.doors.web.shared.opinions import sections_of
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link, Words
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.closing import BEFORE_PUBLISHING, before_closing
from yishiting.ground.common.verbs import why_not
from yishiting.ground.places.models import Place
from yishiting.year.consultations.actions import (
    amend_consultation,
    close_consultation,
    draft_consultation,
    moderate_statement,
    open_consultation,
    publish_consultation,
    seed_statement,
)
from yishiting.year.consultations.charting import charted
from yishiting.year.consultations.models import Consultation, Questionnaire, Statement
from yishiting.year.consultations.permissions import runs_here
from yishiting.year.consultations.queries import totals_of
from yishiting.year.consultations.states import LIFECYCLE, STATEMENT_LIFECYCLE, State, StatementState

RELATED = ("place", "place__parent")


def _around(request: Request, place: Place) -> Around:
    """All consultations of a place, newest first, with what waits."""
    return Around(
        _("%(place)s：意见征求") % {"place": place.name},
        crumbs(place),
        tabs=tabs(place, "desk-consultations"),
        verbs=[Button(_("起草一项"), reverse("consultation-draft", args=[place.code]), "primary", "get")],
    )


@door(Place, needs="consultation.draft", related=("parent",))
def draft(request: Request, place: Place) -> HttpResponse:
    """Draft a consultation."""
    return perform(
        request,
        DraftForm(request.POST or None, place=place),
        lambda **words: draft_consultation(place, by=request.actor, **words),
        page="desk/form.html",
        to=lambda made: reverse("desk-consultation", args=[made.pk]),
        done=_("已起草。再写几条看法，就可以开始征求。"),
        context={
            "title": _("起草意见征求"),
            "submit": _("保存草稿"),
            "back": reverse("desk-consultations", args=[place.code]),
            "crumbs": crumbs(place, Link(_("起草"), "")),
        },
    )


@door(Consultation, needs=runs_here, related=RELATED)
def consultation(request: Request, consultation: Consultation) -> HttpResponse:
    """One consultation: its views, those that wait for moderation first, and the next step."""
    seed = why_not(request.actor, "statement.seed", consultation) is None
    shown = {
        "consultation": consultation,
        "facts": facts_of(consultation),
        "verbs": verbs_of(request, consultation),
        "list": listing(
            request, STATEMENTS, consultation, buttons=lambda one: statement_verbs(request, one, consultation)
        ),
        "waiting": consultation.statements.filter(state=StatementState.PROPOSED).count(),
        "seed": SeedForm() if seed else None,
        "qr": qr_of("consultation", consultation) if consultation.state == State.OPEN else "",
        "crumbs": crumbs(consultation.place, Link(consultation.title, "")),
    }
    return render(request, "desk/consultation.html", shown)


@door(Consultation, needs="consultation.amend", related=RELATED)
def amend(request: Request, consultation: Consultation) -> HttpResponse:
    """Change the draft."""
    here = at(consultation)
    before = {name: getattr(consultation, name) for name in ("title", "question", "opens", "closes")}
    return perform(
        request,
        ConsultationForm(request.POST or None, initial=before),
        lambda **words: amend_consultation(consultation, by=request.actor, **words),
        page="desk/form.html",
        to=here,
        done=_("已修改。"),
        context={
            "title": _("修改意见征求"),
            "submit": _("保存"),
            "back": here,
            "revision": consultation.token,
            "crumbs": crumbs(consultation.place, Link(consultation.title, here), Link(_("修改"), "")),
        },
    )


@door(Consultation, needs="statement.seed", related=RELATED)
def seed(request: Request, consultation: Consultation) -> HttpResponse:
    """Write down one more view."""
    here = at(consultation)
    return perform(
        request,
        SeedForm(request.POST or None),
        lambda text: seed_statement(consultation, by=request.actor, text=text),
        page="desk/form.html",
        to=f"{here}#seed",
        done=_("已写下。"),
        context={
            "title": _("写下一条看法"),
            "submit": _("写下"),
            "back": here,
            "crumbs": crumbs(consultation.place, Link(consultation.title, here), Link(_("写下看法"), "")),
        },
    )


def _shown(statement: Statement, *, by: Any) -> None:
    moderate_statement(statement, by=by, shown=True)


WAYS["statement.show"] = Way(
    "statement.moderate", gettext_lazy("展示"), _shown, words=gettext_lazy("展示以后，大家就可以表态。")
)


@require_POST
@door(Statement, needs="statement.moderate", related=("place", "author", "consultation__place"))
def show(request: Request, statement: Statement) -> HttpResponse:
    """Show a view to everybody."""
    return act(
        request,
        lambda: moderate_statement(statement, by=request.actor, shown=True),
        to=at(statement.consultation),
        done=_("已展示，大家可以表态了。"),
    )


@door(Statement, needs="statement.moderate", related=("place__parent", "author", "consultation__place"))
def set_aside(request: Request, statement: Statement) -> HttpResponse:
    """Set a view aside, with the reason."""
    here = at(statement.consultation)
    return perform(
        request,
        SetAsideForm(request.POST or None),
        lambda reason: moderate_statement(statement, by=request.actor, shown=False, reason=reason),
        page="desk/form.html",
        to=here,
        done=_("已搁置，原因会告诉提出的人。"),
        context={
            "title": _("搁置这条看法"),
            "words": statement.text,
            "submit": _("搁置"),
            "kind": "danger",
            "back": here,
            "revision": statement.token,
            "crumbs": crumbs(statement.place, Link(statement.consultation.title, here), Link(_("搁置"), "")),
        },
    )


@door(Consultation, needs=runs_here, related=RELATED)
def step(request: Request, consultation: Consultation, verb: str) -> HttpResponse:
    """Open, close or publish: what is public, or closed, stays so."""
    does, title, done = STEPS[verb]
    words = {
        "open": _("居民马上可以表态。开始以后名称、问题和日期不能再改。"),
        "close": before_closing(consultation.closes, _("编号随即打乱，谁答了什么再也查不出来。")),
        "publish": BEFORE_PUBLISHING,
    }
    here = at(consultation)
    return confirm(
        request, lambda: does(consultation, by=request.actor),
        title=str(title), words=str(words[verb]), back=here, about=consultation, done=str(done),
        crumbs=crumbs(consultation.place, Link(consultation.title, here)),
    )  # fmt: skip


@door(Consultation, needs=runs_here, related=RELATED)
def result(request: Request, consultation: Consultation) -> HttpResponse:
    """The result as it will be published, for those who decide on it."""
    found = consultation.result if consultation.state == State.PUBLISHED else preview(consultation)
    counts = [{**row, "passed": row["pass"]} for row in found.get("counts", [])]
    shown = {
        "consultation": consultation,
        "result": {**found, "counts": counts},
        "sections": sections_of(found),
        "crumbs": crumbs(consultation.place, Link(consultation.title, at(consultation)), Link(_("结果"), "")),
    }
    return render(request, "desk/consultation_result.html", shown)


def preview(consultation: Consultation) -> dict[str, Any]:
    """The result of a closed consultation; nothing while people are still answering, lest it leads them."""
    if consultation.state != State.CLOSED:
        return {"no_map": _("还在征求，截止以后才有结果。")}
    return charted(consultation).result


def facts_of(consultation: Consultation) -> list[Fact]:
    """The lines at the head."""
    counts = consultation.totals or totals_of(consultation)
    said = _("%(people)s人参加，表态%(votes)s次，展示%(shown)s条，搁置%(set_aside)s条") % counts
    found = [
        Fact(_("请大家表态的事"), consultation.question),
        Fact(_("起止"), f"{cn_date(consultation.opens, 'short')}—{cn_date(consultation.closes, 'short')}"),
        Fact(_("参加"), said),
    ]
    if consultation.state != State.DRAFT:
        address = reverse("consultation", args=[consultation.pk])
        found.append(Fact(_("公开页面"), _("看公开页"), address))
    if consultation.table_hash:
        found.append(Fact(_("表态表校验值"), consultation.table_hash))
    return found


def verbs_of(request: Request, consultation: Consultation) -> list[Button]:
    """Every step the state allows, with the sentence where this person may not."""
    pk = [consultation.pk]
    allowed = LIFECYCLE.verbs_from(consultation.state)
    found = [
        Button(STEPS[name][1], reverse(f"consultation-{name}", args=pk), "primary", "get",
             why_not(request.actor, f"consultation.{name}", consultation))
        for name in ("open", "publish")
        if f"consultation.{name}" in allowed
    ]  # fmt: skip
    if "consultation.amend" in allowed:
        found.append(Button(_("修改"), reverse("consultation-amend", args=pk), "plain", "get"))
    if "consultation.close" in allowed:
        found.append(Button(_("截止并封存"), reverse("consultation-close", args=pk), "plain", "get"))
    if consultation.state in (State.CLOSED, State.PUBLISHED):
        found.append(Button(_("看结果"), reverse("desk-consultation-result", args=pk), "plain", "get"))
    return found


def statement_verbs(request: Request, statement: Statement, consultation: Consultation) -> list[Button]:
    """Show, set aside; nothing once the consultation is closed."""
    if consultation.state not in (State.DRAFT, State.OPEN):
        return []
    statement.place = consultation.place
    if why_not(request.actor, "statement.moderate", statement) is not None:
        return []
    targets = {row.target for row in STATEMENT_LIFECYCLE.steps if statement.state in row.sources}
    seen, found = {"revision": statement.token}, []
    if StatementState.SHOWN in targets:
        found.append(Button(_("展示"), reverse("statement-show", args=[statement.pk]), "primary", fields=seen))
    if StatementState.SET_ASIDE in targets:
        found.append(Button(_("搁置"), reverse("statement-set-aside", args=[statement.pk]), "plain", "get"))
    return found


def qr_of(name: str, thing: Consultation | Questionnaire) -> str:
    """The code of the public page, to be put on a notice."""
    return qr(f"{settings.SITE['address']}{reverse(name, args=[thing.pk])}")


def at(consultation: Consultation) -> str:
    """The page of a consultation at the desk."""
    return reverse("desk-consultation", args=[consultation.pk])


def tabs(place: Place, here: str) -> list[Link]:
    """Consultations and questionnaires, one click from each other."""
    names = {"desk-consultations": _("意见征求"), "desk-questionnaires": _("问卷")}
    return [Link(label, reverse(name, args=[place.code]), name == here) for name, label in names.items()]


def crumbs(place: Place, *more: Link) -> list[Link]:
    """Desk, consultations of the place, and on."""
    lists = Link(_("%(place)s的意见征求") % {"place": place.name}, reverse("desk-consultations", args=[place.code]))
    return [Link(_("工作台"), reverse("desk-home")), lists, *more]


STEPS: dict[str, tuple[Any, Words, Words]] = {
    "open": (open_consultation, gettext_lazy("开始征求"), gettext_lazy("已开始征求。")),
    "close": (close_consultation, gettext_lazy("截止并封存"), gettext_lazy("已截止，编号已打乱，表态表已封存。")),
    "publish": (publish_consultation, gettext_lazy("公布结果"), gettext_lazy("结果已公布。")),
}

urlpatterns = [
    path("p/<str:code>/consultations/", list_page(CONSULTATIONS, _around), name="desk-consultations"),
    path("p/<str:code>/consultations/new/", draft, name="consultation-draft"),
    path("consultations/<uuid:pk>/", consultation, name="desk-consultation"),
    path("consultations/<uuid:pk>/amend/", amend, name="consultation-amend"),
    path("consultations/<uuid:pk>/seed/", seed, name="statement-seed"),
    path("consultations/<uuid:pk>/result/", result, name="desk-consultation-result"),
    *(path(f"consultations/<uuid:pk>/{name}/", step, {"verb": name}, name=f"consultation-{name}") for name in STEPS),
    path("statements/<uuid:pk>/show/", show, name="statement-show"),
    path("statements/<uuid:pk>/set-aside/", set_aside, name="statement-set-aside"),
]
