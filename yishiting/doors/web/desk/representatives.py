"""代表 at the desk: the roster, leaving, accounts, duty records."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.desk.council import council_crumbs, council_tabs
from yishiting.doors.web.desk.council_forms import IdentityForm
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.duty import duty_records
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.doors.web.shared.sheets import as_sheet, sheet_answer
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import why_not
from yishiting.ground.organisations.actions import note_identity
from yishiting.ground.organisations.models import Identity, IdentityKind
from yishiting.ground.places.models import Place
from yishiting.year.councils.models import Representative, Term
from yishiting.year.councils.permissions import reads_council
from yishiting.year.councils.queries import composition, roster
from yishiting.year.councils.states import State

WIDTHS = (6, 12, 20, 16, 16, 16, 24)
SEAT = ("place", "term", "constituency", "candidate", "person")

know(
    Noun(
        Representative,
        pages={"desk": "desk-roster"},
        lists={"desk": ("desk-roster", gettext_lazy("代表名册"))},
        of_place=True,
        related=SEAT,
    )
)


@door(Place, needs=reads_council)
def desk_roster(request: Request, place: Place) -> HttpResponse:
    """The representatives of a term with what can be done; `?term=` shows an earlier one, `?form=xlsx` a sheet."""
    terms = list(Term.objects.filter(place=place, state__in=(State.SEATED, State.ENDED)))
    wanted = request.GET.get("term", "")
    term = next((one for one in terms if str(one.number) == wanted), terms[0] if terms else None)
    seats = roster(term) if term else []
    if term is not None and request.GET.get("form") == "xlsx":
        return _as_sheet(request, place, term, seats)
    today = timezone.localdate()
    serving = [one for one in seats if one.serves(today)]
    shown = {
        "term": term,
        "terms": [Link(str(one), f"?term={one.number}", one == term) for one in terms],
        "lines": [(one, one in serving, _verbs(request, one)) for one in seats],
        "composition": [(IdentityKind(kind).label, n) for kind, n in composition(serving, today).most_common()],
        "serving": len(serving),
        "tabs": council_tabs(place, term, "desk-roster"),
        "crumbs": council_crumbs(place, _("代表名册")),
    }
    return render(request, "desk/roster.html", shown)


@door(Place, needs=reads_council)
def desk_duty_records(request: Request, place: Place) -> HttpResponse:
    """Attendance, votes, suggestions, supervision of each representative, in the order of the seat plan."""
    term = Term.objects.filter(place=place, state=State.SEATED).first()
    shown = {
        "term": term,
        "records": duty_records(roster(term)) if term else [],
        "tabs": council_tabs(place, term, "desk-duty-records"),
        "crumbs": council_crumbs(place, _("履职记录")),
    }
    return render(request, "desk/duty_records.html", shown)


@door(Representative, needs="identity.note", related=SEAT)
def representative_identity(request: Request, representative: Representative) -> HttpResponse:
    """Note that a representative belongs to one more sector, with dates."""
    back = reverse("desk-roster", args=[representative.place.code])
    title = _("登记身份：%(name)s") % {"name": representative.name}
    return perform(
        request,
        IdentityForm(request.POST or None, initial={"since": representative.since}),
        lambda kind, since, until: _note(request, representative, IdentityKind(kind), since, until),
        page="desk/form.html",
        to=back,
        done=_("身份已登记，名册上的人数已更新。"),
        context={
            "title": title,
            "submit": _("登记"),
            "back": back,
            "crumbs": trail(request, representative, "desk", title),
        },
    )


def _note(request: Request, one: Representative, kind: IdentityKind, since: date, until: date | None) -> Identity:
    if one.person is None:
        raise Refused(_("这位代表还没有账号。请先关联账号，再登记身份。"))
    return note_identity(one.place, by=request.actor, person=one.person, kind=kind, since=since, until=until)


def _verbs(request: Request, one: Representative) -> list[Button]:
    if one.end_kind or not one.serves(timezone.localdate()):
        return []
    verbs = []
    if one.person is None and one.candidate is not None and one.candidate.phone:
        verbs += buttons(request, one, "representative.link", room="desk")
    if one.person is not None and why_not(request.actor, "identity.note", one) is None:
        verbs.append(Button(_("登记身份"), reverse("representative-identity", args=[one.pk]), "plain", "get"))
    return verbs + buttons(request, one, "representative.end", asleep=False, room="desk")


def _as_sheet(request: Request, place: Place, term: Term, seats: list[Representative]) -> HttpResponse:
    headings = [_("序号"), _("姓名"), _("推选单位"), _("方面"), _("任期开始"), _("任期截止"), _("离任原因")]
    rows = [
        [
            str(n),
            one.name,
            one.constituency.name,
            one.constituency.get_sector_display(),
            cn_date(one.since, "plain"),
            cn_date(one.until, "plain"),
            str(one.get_end_kind_display()) if one.end_kind else "",
        ]
        for n, one in enumerate(seats, start=1)
    ]
    title = _("%(place)s议事协商会%(term)s代表名册") % {"place": place.name, "term": term}
    said = {"unit": place.name, "who": request.person, "day": cn_date(timezone.localdate(), "plain")}
    about = _("单位：%(unit)s　填报人：%(who)s　日期：%(day)s") % said
    return sheet_answer(as_sheet(title, about, headings, WIDTHS, rows), f"{title}.xlsx")


urlpatterns = [
    path("p/<str:code>/representatives/", desk_roster, name="desk-roster"),
    path("p/<str:code>/duty-records/", desk_duty_records, name="desk-duty-records"),
    path("representatives/<uuid:pk>/identity/", representative_identity, name="representative-identity"),
]
