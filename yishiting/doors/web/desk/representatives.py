"""代表 at the desk: the roster, leaving, accounts, duty records."""

from dataclasses import replace
from datetime import date

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.councils import DUTY_RECORDS, OUTREACH, ROSTER, terms_of
from yishiting.doors.web.desk.council import council_crumbs, council_tabs
from yishiting.doors.web.shared.bulk import WAYS, Way
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place
from yishiting.year.councils.actions import link_account
from yishiting.year.councils.actions.sectors import advice
from yishiting.year.councils.models import Identity, Outreach, Representative, Term
from yishiting.year.councils.queries import composition, roster
from yishiting.year.councils.states import State

SEAT = ("place", "term", "constituency", "candidate", "person")

know(
    Noun(
        Representative,
        pages={"desk": "desk-roster"},
        lists={"desk": ("desk-roster", gettext_lazy("代表名册"))},
        of_place=True,
        related=SEAT,
    ),
    Noun(Identity, lists={"desk": ("desk-roster", gettext_lazy("代表名册"))}, related=("place", "representative")),
    Noun(Outreach, lists={"desk": ("desk-outreach", gettext_lazy("走访记录"))}, related=("place", "representative")),
)
#: Several at once by the number each has left: one number told for all would be everybody's.
WAYS["representative.link"] = Way("representative.link", gettext_lazy("关联账号"), link_account)


def _verbs(request: Request, one: Representative) -> list[Button]:
    if one.end_kind or not one.serves(timezone.localdate()):
        return []
    link = "representative.link" if one.person is None else "representative.unlink"
    verbs = buttons(request, one, link, asleep=False, room="desk")
    verbs += buttons(request, one, "outreach.note", asleep=False, room="desk")
    verbs += buttons(request, one, "identity.note", asleep=False, room="desk") + _corrections(request, one)
    return verbs + buttons(request, one, "representative.correct", "representative.end", asleep=False, room="desk")


def _corrections(request: Request, one: Representative) -> list[Button]:
    """The sectors noted already, each with the way to put it right."""
    return [
        replace(verb, label=f"{verb.label}：{identity}")
        for identity in one.identities.all()
        for verb in buttons(request, identity, "identity.correct", asleep=False, room="desk")
    ]


def _around(request: Request, place: Place) -> Around:
    """The representatives of a term with what can be done."""
    terms, today, wanted = terms_of(place), timezone.localdate(), request.GET.get("term", "")
    term = next((one for one in terms if str(one.number) == wanted), terms[0] if terms else None)
    return Around(
        _("代表名册"),
        council_crumbs(place, _("代表名册")),
        words=_composed(term, today) if term else "",
        tabs=council_tabs(place, term, "desk-roster"),
        buttons=lambda one: _verbs(request, one),
    )


def _composed(term: Term, today: date) -> str:
    """Who serves today, by the sectors they come from."""
    serving = [one for one in roster(term) if one.serves(today)]
    parts = [f"{IdentityKind(kind).label}{n}" for kind, n in composition(serving, today).most_common()]
    days = f"{cn_date(term.begins, 'plain')}—{cn_date(term.ends, 'plain')}"
    words = _("%(term)s，%(days)s。今天在任%(n)s人") % {"term": term, "days": days, "n": len(serving)}
    counted = _("：%(parts)s（一人可以有几种身份）。") % {"parts": _("、").join(parts)} if parts else _("。")
    return words + counted + str(advice(term.place, composition(serving, today)) if serving else "")


def _around_duty(request: Request, place: Place) -> Around:
    """Attendance, votes, suggestions, supervision of each representative, in the order of the seat plan."""
    term = Term.objects.filter(place=place, state=State.SEATED).first()
    return Around(
        _("履职记录"),
        council_crumbs(place, _("履职记录")),
        words=_("按席位方案的顺序列出，供代表本人和协商会了解情况，不作排名，不作考核依据。"),
        tabs=council_tabs(place, term, "desk-duty-records"),
    )


def _around_outreach(request: Request, place: Place) -> Around:
    """Where representatives have been, the latest first, each with the way to take it back."""
    term = Term.objects.filter(place=place, state=State.SEATED).first()
    return Around(
        _("走访记录"),
        council_crumbs(place, _("走访记录")),
        words=_("供代表本人和协商会了解情况，不作排名，不作考核依据。"),
        tabs=council_tabs(place, term, "desk-outreach"),
        buttons=lambda one: buttons(request, one, "outreach.withdraw", asleep=False, room="desk"),
    )


urlpatterns = [
    path("p/<str:code>/outreach/", list_page(OUTREACH, _around_outreach), name="desk-outreach"),
    path("p/<str:code>/representatives/", list_page(ROSTER, _around), name="desk-roster"),
    path("p/<str:code>/duty-records/", list_page(DUTY_RECORDS, _around_duty), name="desk-duty-records"),
]
