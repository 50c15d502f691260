"""自荐: a resident comes forward, sees how it goes, changes what is shown, steps back."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.ground.accounts.permissions import signed_in
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import why_not
from yishiting.ground.places.models import Place
from yishiting.year.councils.actions import record_consent, stand, withdraw_candidate
from yishiting.year.councils.actions.candidates import Particulars
from yishiting.year.councils.models import Candidate, Constituency, Publishable
from yishiting.year.councils.permissions import the_candidate
from yishiting.year.councils.queries import taking_nominations

CANDIDATE = ("place", "constituency__term__place", "constituency__place", "by_election", "person")
GENDERS = [("", gettext_lazy("不填")), ("女", gettext_lazy("女")), ("男", gettext_lazy("男"))]


class PublishForm(ours.Form):
    """What besides the name may be shown."""

    publishes = forms.MultipleChoiceField(
        label=gettext_lazy("除姓名外，还可以公开"),
        choices=Publishable.choices,
        widget=ours.CheckCards(),
        required=False,
        help_text=gettext_lazy("不勾的不公开。电话任何时候都不公开。"),
    )


class StandForm(ours.Form):
    """The self-nomination form."""

    draft = "stand"

    constituency = forms.ChoiceField(label=gettext_lazy("您在哪个推选单位参选"), widget=ours.RadioCards())
    name = forms.CharField(label=gettext_lazy("您的姓名"), max_length=40)
    birth_year = forms.IntegerField(label=gettext_lazy("出生年份"), help_text=gettext_lazy("四位数字，例如 1958"))
    gender = forms.ChoiceField(label=gettext_lazy("性别"), choices=GENDERS, required=False)
    unit = forms.CharField(
        label=gettext_lazy("住在哪个楼院，或在哪个单位"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("只写到楼号。"),
    )
    introduction = forms.CharField(
        label=gettext_lazy("介绍一下自己"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    publishes = PublishForm.base_fields["publishes"]
    consents = forms.BooleanField(
        label=gettext_lazy("我同意在候选人名单上公示姓名"),
        help_text=gettext_lazy("公示是参选的必经步骤。公示以前您随时可以退出。"),
    )

    def __init__(self, *args: Any, open_here: list[Constituency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_here = {str(one.pk): one for one in open_here}
        self.fields["constituency"].choices = [(key, one.name) for key, one in self.open_here.items()]  # type: ignore[attr-defined]  # a ChoiceField by its declaration


@door(Place, needs=signed_in)
def stand_here(request: Request, place: Place) -> HttpResponse:
    """Come forward oneself."""
    open_here = taking_nominations(place)
    if not open_here:
        raise Refused(_("%(place)s现在不在提名推荐阶段。开始时会在协商会页面公布。") % {"place": place.name})
    initial = {"name": str(request.person.name) if request.person else "", "constituency": str(open_here[0].pk)}
    form = StandForm(request.POST or None, open_here=open_here, initial=initial)
    return perform(
        request,
        form,
        lambda **words: _stand(request, form, words),
        page="resident/stand.html",
        to=lambda candidate: reverse("my-candidacy", args=[candidate.pk]),
        done=_("报名已收到。社区会审查资格，结果在这一页能看到。"),
        context={"crumbs": _crumbs(place, _("自荐")), "back": reverse("council", args=[place.code])},
    )


@door(Candidate, needs=the_candidate, related=CANDIDATE)
def my_candidacy(request: Request, candidate: Candidate) -> HttpResponse:
    """How my candidacy stands."""
    show = Button(_("修改公开的内容"), reverse("my-candidacy-publish", args=[candidate.pk]), "plain", "get")
    leave = Button(_("退出参选"), reverse("my-candidacy-withdraw", args=[candidate.pk]), "danger", "get")
    offered = (("candidate.consent", show), ("candidate.withdraw", leave))
    verbs = [verb for code, verb in offered if why_not(request.actor, code, candidate) is None]
    shown = {
        "candidate": candidate,
        "facts": _facts(candidate),
        "verbs": verbs,
        "crumbs": _crumbs(candidate.place, _("我的参选")),
    }
    return render(request, "resident/candidacy.html", shown)


@door(Candidate, needs=the_candidate, related=CANDIDATE)
def my_candidacy_publish(request: Request, candidate: Candidate) -> HttpResponse:
    """Change what is shown besides the name."""
    back = reverse("my-candidacy", args=[candidate.pk])
    return perform(
        request,
        PublishForm(request.POST or None, initial={"publishes": candidate.publishes}),
        lambda publishes: record_consent(candidate, by=request.actor, consents=True, publishes=publishes),
        page="resident/form.html",
        to=back,
        done=_("已修改。"),
        context={"title": _("修改公开的内容"), "submit": _("保存"), "back": back, "revision": candidate.token},
    )


class StepBackForm(ours.Form):
    """Stepping back needs no reason."""

    reason = forms.CharField(label=gettext_lazy("原因"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


@door(Candidate, needs=the_candidate, related=CANDIDATE)
def my_candidacy_withdraw(request: Request, candidate: Candidate) -> HttpResponse:
    """PathStep back."""
    back = reverse("my-candidacy", args=[candidate.pk])
    return perform(
        request,
        StepBackForm(request.POST or None),
        lambda reason: withdraw_candidate(candidate, by=request.actor, reason=reason),
        page="resident/form.html",
        to=back,
        done=_("您已退出参选。"),
        context={
            "title": _("退出参选"),
            "submit": _("退出"),
            "kind": "danger",
            "back": back,
            "revision": candidate.token,
        },
    )


def _stand(request: Request, form: StandForm, words: dict[str, Any]) -> Candidate:
    own = ("name", "birth_year", "gender", "unit", "introduction")
    phone = str(request.person.phone) if request.person else ""
    return stand(
        form.open_here[words["constituency"]],
        by=request.actor,
        who=Particulars(**{key: words[key] for key in own}, phone=phone),
        consents=words["consents"],
        publishes=words["publishes"],
    )


def _facts(candidate: Candidate) -> list[Fact]:
    agreed = [_("姓名"), *(str(Publishable(kind).label) for kind in candidate.publishes)]
    facts = [
        Fact(_("推选单位"), candidate.constituency.name),
        Fact(_("姓名"), candidate.name),
        Fact(_("出生年份"), candidate.birth_year or ""),
        Fact(_("单位或楼院"), candidate.unit),
        Fact(_("公开的内容"), "、".join(agreed)),
        Fact(_("审查意见"), candidate.review_note),
    ]
    return [fact for fact in facts if fact.value]


def _crumbs(place: Place, title: str) -> list[Link]:
    council = Link(_("议事协商会"), reverse("council", args=[place.code]))
    return [Link(place.name, reverse("place", args=[place.code])), council, Link(title, "")]


urlpatterns = [
    path("p/<str:code>/stand/", stand_here, name="stand"),
    path("candidacies/<uuid:pk>/", my_candidacy, name="my-candidacy"),
    path("candidacies/<uuid:pk>/publish/", my_candidacy_publish, name="my-candidacy-publish"),
    path("candidacies/<uuid:pk>/withdraw/", my_candidacy_withdraw, name="my-candidacy-withdraw"),
]
