"""时节和规则 at the desk: what is open when, special intake, the rules in force and how they are changed."""

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
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page, listing
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.seasons import strip
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.verbs import why_not
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.actions import adopt_rulebook, open_special_intake, set_holiday, set_window
from yishiting.ground.seasons.models import Season
from yishiting.ground.seasons.queries import rules_for
from yishiting.ground.seasons.rules import KINDS, RuleKind, read_value, written

VERBS_HERE = (
    ("season.open_special", gettext_lazy("开启特殊征集"), "season-special"),
    ("season.set_window", gettext_lazy("设定时段"), "season-window"),
    ("holiday.set", gettext_lazy("调整节假日"), "season-holiday"),
)


class SpecialForm(ours.Form):
    """An emergency or a special matter outside the season."""

    reason = forms.CharField(
        label=gettext_lazy("为什么现在征集"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("居民会看到。例如：供暖开始，集中收集供热方面的意见。"),
    )
    opens = ours.DateField(label=gettext_lazy("从哪一天起"))
    closes = ours.DateField(label=gettext_lazy("到哪一天止"))


class WindowForm(ours.Form):
    """A season for the places of one level."""

    level = forms.ChoiceField(label=gettext_lazy("适用层级"), choices=Level.choices, widget=ours.RadioCards())
    season = forms.ChoiceField(label=gettext_lazy("季节"), choices=Season.choices, widget=ours.RadioCards())
    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=2000, max_value=2100)
    opens = ours.DateField(label=gettext_lazy("开始日期"))
    closes = ours.DateField(label=gettext_lazy("结束日期"))


class HolidayForm(ours.Form):
    """One day that differs from its weekday."""

    day = ours.DateField(label=gettext_lazy("日期"))
    worked = forms.TypedChoiceField(
        label=gettext_lazy("这一天"),
        coerce=lambda value: value == "yes",
        choices=[("no", gettext_lazy("放假")), ("yes", gettext_lazy("上班（调休）"))],
        widget=ours.RadioCards(),
    )
    name = forms.CharField(label=gettext_lazy("名称"), max_length=20, required=False)


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
    may_change = why_not(request.actor, "rulebook.adopt", place) is None
    shown = {
        "seasons": strip(place, reverse("place", args=[place.code]), timezone.localdate()),
        "book": book,
        "list": listing(request, RULES, place, opens=lambda rule: _change(place, rule["key"]) if may_change else ""),
        "verbs": verbs_of(request, place),
        "intakes": place.special_intakes.order_by("-opens")[:10],
        "crumbs": crumbs(place),
    }
    return render(request, "desk/seasons.html", shown)


def _change(place: Place, key: str) -> str:
    return reverse("season-rule", args=[place.code, key])


def _around_windows(request: Request, place: Place) -> Around:
    return Around(_("时段"), crumbs(place, _("时段")), verbs=verbs_of(request, place))


def _around_holidays(request: Request, place: Place) -> Around:
    return Around(_("节假日和调休"), crumbs(place, _("节假日和调休")), verbs=verbs_of(request, place))


def verbs_of(request: Request, place: Place) -> list[Button]:
    """What this person may do here; the rest is not shown."""
    return [
        Button(label, reverse(name, args=[place.code]), "plain", "get")
        for code, label, name in VERBS_HERE
        if why_not(request.actor, code, place) is None
    ]


@door(Place, needs="season.open_special")
def special(request: Request, place: Place) -> HttpResponse:
    """Open the intake outside the season."""
    form = SpecialForm(request.POST or None, initial={"opens": timezone.localdate()})
    return on_page(
        request, place, form, _("开启特殊征集"), _("已开启，居民现在可以提建议。"),
        lambda **words: open_special_intake(place, by=request.actor, **words),
    )  # fmt: skip


@door(Place, needs="season.set_window")
def window(request: Request, place: Place) -> HttpResponse:
    """Set the dates of a season."""
    form = WindowForm(request.POST or None, initial={"year": timezone.localdate().year})
    return on_page(
        request, place, form, _("设定时段"), _("时段已设定。"),
        lambda level, season, **dates: set_window(
            place, by=request.actor, level=Level(level), season=Season(season), **dates
        ),
    )  # fmt: skip


@door(Place, needs="holiday.set")
def holiday(request: Request, place: Place) -> HttpResponse:
    """Note a day off or a weekend day worked."""
    return on_page(
        request, place, HolidayForm(request.POST or None), _("调整节假日"), _("已调整，期限从现在起按新的日历计算。"),
        lambda **words: set_holiday(place, by=request.actor, **words),
    )  # fmt: skip


@door(Place, needs="rulebook.adopt")
def rule(request: Request, place: Place, key: str) -> HttpResponse:
    """Change one rule: a new version of the rulebook from a day on."""
    kind = KINDS.get(key)
    if kind is None:
        raise Http404
    today = timezone.localdate()
    now = written(rules_for(place).values[key])
    form = RuleForm(request.POST or None, kind=kind, initial={"value": now, "in_force_from": today})
    return on_page(
        request, place, form, _("修改规则：%(label)s") % {"label": kind.label}, _("新版规则已登记，旧的决定仍按当时的规则。"),
        lambda value, in_force_from, note: adopt_rulebook(
            place, by=request.actor, year=in_force_from.year, in_force_from=in_force_from, changes={key: value}, note=note
        ),
        words=f"{kind.sentence}（{kind.source}）",
    )  # fmt: skip


def on_page(
    request: Request, place: Place, form: Any, title: str, done: str, verb: Any, *, words: str = ""
) -> HttpResponse:
    """A form about the year of a place on its own page."""
    back = reverse("desk-seasons", args=[place.code])
    shown = {"title": title, "words": words, "submit": _("保存"), "back": back, "crumbs": crumbs(place, title)}
    return perform(request, form, verb, page="desk/form.html", to=back, done=done, context=shown)


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
    path("p/<str:code>/seasons/special/", special, name="season-special"),
    path("p/<str:code>/seasons/window/", window, name="season-window"),
    path("p/<str:code>/seasons/holiday/", holiday, name="season-holiday"),
    path("p/<str:code>/seasons/rules/<str:key>/", rule, name="season-rule"),
]
