"""意见征求 at the desk: the list, one consultation with its views to moderate, the result before it is published."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.consultations import CONSULTATIONS, STATEMENTS
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.drawings import qr
from yishiting.doors.web.shared.fields import form_of
from yishiting.doors.web.shared.lists import Around, list_page, listing
from yishiting.doors.web.shared.nouns import Noun, address_of, know, trail
from yishiting.doors.web.shared.opinions import sections_of
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.places.models import Place
from yishiting.year.consultations.charting import charted
from yishiting.year.consultations.models import Consultation, Questionnaire, Statement
from yishiting.year.consultations.queries import totals_of
from yishiting.year.consultations.states import LIFECYCLE, SEEN_BY_ALL, State, StatementState

RELATED = ("place", "place__parent")

know(
    Noun(
        Consultation,
        pages={"desk": "desk-consultation", "public": "consultation"},
        lists={"desk": ("desk-consultations", gettext_lazy("意见征求"))},
        related=RELATED,
        by_hand={"statement.propose": "statement-propose"},
    ),
    Noun(Statement, part_of="consultation", related=("place", "author", "consultation__place__parent")),
)


def _around(request: Request, place: Place) -> Around:
    """All consultations of a place, newest first, with what waits."""
    return Around(
        _("%(place)s：意见征求") % {"place": place.name},
        trail(request, place, "desk", _("意见征求")),
        tabs=tabs(place, "desk-consultations"),
        verbs=[button(request, "consultation.draft", place, primary=True, room="desk")],
    )


@door(Consultation, needs=at_desk, related=RELATED)
def consultation(request: Request, consultation: Consultation) -> HttpResponse:
    """One consultation: its views, those that wait for moderation first, and the next step."""
    seed = VERBS["statement.seed"]
    shown = {
        "consultation": consultation,
        "facts": facts_of(consultation),
        "verbs": _verbs(request, consultation),
        "list": listing(request, STATEMENTS, consultation, buttons=lambda one: _moderating(request, one, consultation)),
        "waiting": consultation.statements.filter(state=StatementState.PROPOSED).count(),
        "seed": form_of(seed, consultation) if why_not(request.actor, seed.code, consultation) is None else None,
        "seed_url": f"{address_of(seed.code, consultation)}?room=desk",
        "qr": qr_of("consultation", consultation) if consultation.state == State.OPEN else "",
        "crumbs": trail(request, consultation, "desk"),
    }
    return render(request, "desk/consultation.html", shown)


@door(Consultation, needs=at_desk, related=RELATED)
def result(request: Request, consultation: Consultation) -> HttpResponse:
    """The result as it will be published, for those who decide on it."""
    found = consultation.result if consultation.state == State.PUBLISHED else preview(consultation)
    counts = [{**row, "passed": row["pass"]} for row in found.get("counts", [])]
    shown = {
        "consultation": consultation,
        "result": {**found, "counts": counts},
        "sections": sections_of(found),
        "crumbs": trail(request, consultation, "desk", _("结果")),
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
    if consultation.state in SEEN_BY_ALL:
        address = reverse("consultation", args=[consultation.pk])
        found.append(Fact(_("公开页面"), _("看公开页"), address))
    if consultation.table_hash:
        found.append(Fact(_("表态表校验值"), consultation.table_hash))
    return found


def _verbs(request: Request, consultation: Consultation) -> list[Button]:
    """What the desk does with the whole: a view is written down below, and proposed on the public page."""
    codes = [code for code in LIFECYCLE.verbs_from(consultation.state) if code.startswith("consultation.")]
    found = buttons(request, consultation, *codes, room="desk") if codes else []
    if consultation.state in (State.CLOSED, State.PUBLISHED):
        found.append(Button(_("看结果"), reverse("desk-consultation-result", args=[consultation.pk]), "plain", "get"))
    return found


def _moderating(request: Request, statement: Statement, consultation: Consultation) -> list[Button]:
    """Show at once, or go and say why not; nothing once the consultation is closed."""
    statement.place, statement.consultation = consultation.place, consultation
    ask = button(request, "statement.moderate", statement, room="desk")
    if ask.why_not is not None:
        return []
    seen = {"revision": statement.token, "room": "desk", "shown": "yes"}
    show = Button(_("展示"), address_of("statement.moderate", statement), "primary", fields=seen)
    aside = replace(ask, label=_("搁置"), url=f"{ask.url}&shown=no")
    ways = ((StatementState.SHOWN, show), (StatementState.SET_ASIDE, aside))
    return [one for state, one in ways if statement.state != state]


def qr_of(name: str, thing: Consultation | Questionnaire) -> str:
    """The code of the public page, to be put on a notice."""
    return qr(f"{settings.SITE['address']}{reverse(name, args=[thing.pk])}")


def tabs(place: Place, here: str) -> list[Link]:
    """Consultations and questionnaires, one click from each other."""
    names = {"desk-consultations": _("意见征求"), "desk-questionnaires": _("问卷")}
    return [Link(label, reverse(name, args=[place.code]), name == here) for name, label in names.items()]


urlpatterns = [
    path("p/<str:code>/consultations/", list_page(CONSULTATIONS, _around), name="desk-consultations"),
    path("consultations/<uuid:pk>/", consultation, name="desk-consultation"),
    path("consultations/<uuid:pk>/result/", result, name="desk-consultation-result"),
]
