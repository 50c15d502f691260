"""时节和规则 at the desk: what is open when, special intake, the rules in force and how they are changed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.ground import HOLIDAYS, RULES, WINDOWS, reads_rules
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.declared import buttons, said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page, listing
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.seasons import not_known, open_at_desk, strip
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.actions import adopt_rulebook
from yishiting.ground.seasons.by_level import ENTRIES, entries_for, entry_label
from yishiting.ground.seasons.models import Holiday, Rulebook, SpecialIntake, Window
from yishiting.ground.seasons.queries import rules_for, written_for
from yishiting.ground.seasons.rule_kinds import RuleKind
from yishiting.ground.seasons.typed_values import read_value
from yishiting.ground.seasons.words import written

WORDS = gettext_lazy("时节和规则")
HERE = (
    "season.open_special",
    "season.set_year",
    "season.set_window",
    "holiday.announce",
    "holiday.set",
    "rulebook.carry_on",
)

know(
    Noun(
        Window,
        lists={"desk": ("desk-windows", gettext_lazy("时段"))},
        related=("place",),
        called=lambda window: f"{window.year} {window.get_season_display()}",
    ),
    Noun(
        SpecialIntake,
        pages={"desk": "desk-seasons"},
        lists={"desk": ("desk-seasons", WORDS)},
        of_place=True,
        related=("place",),
        called=lambda intake: intake.reason,
    ),
    Noun(Holiday, lists={"desk": ("desk-holidays", gettext_lazy("节假日和调休"))}),
)


class RuleForm(ours.Form):
    """A new value for one rule."""

    value = forms.CharField(label=gettext_lazy("取值"), widget=forms.Textarea(attrs={"rows": 3}))
    in_force_from = ours.DateField(label=gettext_lazy("施行日期"))
    note = forms.CharField(label=gettext_lazy("修订说明"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, kind: RuleKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_value(self) -> Any:
        """Of the sort the rule wants."""
        try:
            return read_value(self.kind, self.cleaned_data["value"])
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None


@door(Place, needs=reads_rules)
def seasons(request: Request, place: Place) -> HttpResponse:
    """The year of a place and every rule in force, with the sentence it comes from."""
    book = rules_for(place)
    intakes = place.special_intakes.select_related("place").order_by("-opens")[:10]
    shown = {
        "seasons": strip(place, reverse("place", args=[place.code]), timezone.localdate()),
        "open_now": open_at_desk(request, place, timezone.localdate()),
        "not_known": not_known(timezone.localdate()),
        "book": book,
        "list": listing(request, RULES, place, opens=lambda rule: reverse("desk-rule", args=[place.code, rule["key"]])),
        "verbs": verbs_of(request, place),
        "intakes": [
            (one, buttons(request, one, "season.amend_special", "season.end_special", asleep=False, room="desk"))
            for one in intakes
        ],
        "crumbs": crumbs(place),
    }
    return render(request, "desk/seasons.html", shown)


def _around_windows(request: Request, place: Place) -> Around:
    return Around(
        _("时段"),
        crumbs(place, _("时段")),
        verbs=verbs_of(request, place),
        buttons=lambda one: buttons(request, one, "season.drop_window", asleep=False, room="desk"),
    )


def _around_holidays(request: Request, place: Place) -> Around:
    return Around(_("节假日和调休"), crumbs(place, _("节假日和调休")), verbs=verbs_of(request, place))


def verbs_of(request: Request, place: Place) -> list[Button]:
    """What this person may do here; the rest is not shown."""
    return buttons(request, place, *HERE, asleep=False, room="desk")


@door(Place, needs="rulebook.adopt")
def rule(request: Request, place: Place, key: str) -> HttpResponse:
    """Change one rule: a new version of the rulebook from a day on."""
    if key not in entries_for(place.level):
        raise Http404
    kind, level = ENTRIES[key]
    verb, back = VERBS["rulebook.adopt"], reverse("desk-seasons", args=[place.code])
    known = {"value": written(written_for(place, timezone.localdate())[key]), "in_force_from": timezone.localdate()}

    def adopt(value: Any, in_force_from: date, note: str) -> Rulebook:
        year = in_force_from.year
        return adopt_rulebook(
            place, by=request.actor, year=year, in_force_from=in_force_from, changes={key: value}, note=note
        )

    title = _("修改规则：%(label)s") % {"label": entry_label(key)}
    shown = {
        "title": title,
        "words": f"{kind.at(level).sentence}（{kind.at(level).source}）",
        "submit": verb.label,
        "back": back,
        "crumbs": crumbs(place, title),
    }
    form = RuleForm(request.POST or None, kind=kind, initial=known)
    return perform(
        request,
        form,
        adopt,
        page="desk/form.html",
        to=back,
        done=lambda result: said_after(verb, result),
        context=shown,
    )


def crumbs(place: Place, last: str = "") -> list[Link]:
    """From the desk to the page."""
    found = [
        Link(_("工作台"), reverse("desk-home")),
        Link(_("%(place)s的时节和规则") % {"place": place.name}, reverse("desk-seasons", args=[place.code])),
    ]
    return [*found, Link(last, "")] if last else found


urlpatterns = [
    path("p/<str:code>/windows/", list_page(WINDOWS, _around_windows), name="desk-windows"),
    path("p/<str:code>/holidays/", list_page(HOLIDAYS, _around_holidays), name="desk-holidays"),
    path("p/<str:code>/seasons/", seasons, name="desk-seasons"),
    path("p/<str:code>/seasons/rules/<str:key>/", rule, name="season-rule"),
]
