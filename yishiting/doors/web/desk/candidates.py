"""候选人 at the desk: the list by constituency, nominating, reviewing, consent, stepping back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.desk.council import council_crumbs, council_tabs
from yishiting.doors.web.desk.council_forms import CandidateForm, ConsentForm, InnerReasonForm, NoteForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.verbs import why_not
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.seasons.queries import rules_for
from yishiting.methods.strokes import by_strokes
from yishiting.year.councils.actions import (
    disqualify_candidate,
    nominate,
    qualify_candidate,
    record_consent,
    withdraw_candidate,
)
from yishiting.year.councils.actions.candidates import Particulars
from yishiting.year.councils.models import ByElection, Candidate, Constituency, Publishable, Route, Term
from yishiting.year.councils.permissions import reads_council
from yishiting.year.councils.queries import Whole, candidates_of, nominating, open_seats
from yishiting.year.councils.rules import comes_of_age_this_year
from yishiting.year.councils.states import CANDIDATE_LIFECYCLE, CandidateState

CANDIDATE = ("place", "constituency__term__place", "constituency__place", "by_election", "person")
TONES = {
    CandidateState.NOMINATED: "waiting",
    CandidateState.QUALIFIED: "open",
    CandidateState.ELECTED: "done",
    CandidateState.DISQUALIFIED: "refused",
}


@door(Term, needs=reads_council, related=("place",))
def desk_candidates(request: Request, term: Term) -> HttpResponse:
    """The candidates of a term, by constituency and by the strokes of their names."""
    shown = {
        "term": term,
        "groups": candidate_groups(term),
        "tabs": council_tabs(term.place, term, "desk-candidates"),
        "crumbs": council_crumbs(term.place, Link(_("候选人"), "")),
    }
    return render(request, "desk/candidates.html", shown)


@door(Constituency, needs="candidate.nominate", related=("place", "term__place"))
def candidate_nominate(request: Request, constituency: Constituency) -> HttpResponse:
    """Write down a candidate; afterwards the form is there again for the next one."""
    back = _list_url(nominating(constituency) or constituency.term)
    return perform(
        request,
        CandidateForm(request.POST or None),
        lambda **words: nominate_from_form(constituency, request, words),
        page="desk/form.html",
        to=lambda candidate: reverse("desk-candidate", args=[candidate.pk]),
        done=lambda candidate: _("%(name)s已登记，请接着审查资格。") % {"name": candidate.name},
        context={
            "title": _("登记候选人：%(name)s") % {"name": constituency.name},
            "submit": _("登记"),
            "back": back,
            "crumbs": council_crumbs(constituency.place, Link(_("候选人"), back), Link(_("登记"), "")),
        },
    )


@door(Candidate, needs=reads_council, related=CANDIDATE)
def desk_candidate(request: Request, candidate: Candidate) -> HttpResponse:
    """One candidate: the form, what they agreed to, what can be done."""
    age = rules_for(candidate.place).number("election.age_min")
    today = timezone.localdate()
    near = candidate.birth_year is not None and comes_of_age_this_year(candidate.birth_year, today, age)
    shown = {
        "candidate": candidate,
        "tone": TONES.get(CandidateState(candidate.state), "plain"),
        "facts": _facts(candidate),
        "near_age": age if near else None,
        "verbs": _verbs(request, candidate),
        "crumbs": _crumbs(candidate),
    }
    return render(request, "desk/candidate.html", shown)


@door(Candidate, needs="candidate.consent", related=CANDIDATE)
def candidate_consent(request: Request, candidate: Candidate) -> HttpResponse:
    """Note what the candidate agrees to."""
    initial = {"consents": candidate.consents_to_publication, "publishes": candidate.publishes}
    form = ConsentForm(request.POST or None, initial=initial)
    return _about(request, candidate, form, record_consent, _("登记公示意愿"), _("已登记公示意愿。"))


@door(Candidate, needs="candidate.qualify", related=CANDIDATE)
def candidate_qualify(request: Request, candidate: Candidate) -> HttpResponse:
    """Let a candidate through."""
    form = NoteForm(request.POST or None)
    return _about(request, candidate, form, qualify_candidate, _("资格审查通过"), _("资格审查已通过。"))


@door(Candidate, needs="candidate.disqualify", related=CANDIDATE)
def candidate_disqualify(request: Request, candidate: Candidate) -> HttpResponse:
    """Turn a candidate down with a reason."""
    form = InnerReasonForm(request.POST or None)
    done = _("已记录资格不符和理由。")
    return _about(request, candidate, form, disqualify_candidate, _("资格审查不通过"), done, "danger")


@door(Candidate, needs="candidate.withdraw", related=CANDIDATE)
def candidate_withdraw(request: Request, candidate: Candidate) -> HttpResponse:
    """PathStep back."""
    form = InnerReasonForm(request.POST or None)
    return _about(request, candidate, form, withdraw_candidate, _("候选人退出"), _("已记录退出。"), "danger")


def candidate_groups(whole: Whole) -> list[dict[str, Any]]:
    """Each constituency with its open seats and its candidates by strokes."""
    rows = sorted(candidates_of(whole), key=lambda one: by_strokes(one.name))
    groups = []
    for constituency, seats in open_seats(whole):
        own = [one for one in rows if one.constituency_id == constituency.pk]
        groups.append(
            {
                "constituency": constituency,
                "seats": seats,
                "lines": [(one, TONES.get(CandidateState(one.state), "plain")) for one in own],
                "qualified": sum(one.state == CandidateState.QUALIFIED for one in own),
                "takes": whole.state == "nominating",
            }
        )
    return groups


def nominate_from_form(constituency: Constituency, request: Request, words: dict[str, Any]) -> Candidate:
    """The verb, from the values of the form."""
    own = ("name", "birth_year", "gender", "unit", "phone", "introduction", "identities")
    return nominate(
        constituency,
        by=request.actor,
        route=Route(words["route"]),
        who=Particulars(**{key: words[key] for key in own}),
        proposed_by=words["proposed_by"],
        consents=words["consents"],
        publishes=words["publishes"],
    )


def _about(
    request: Request, candidate: Candidate, form: Any, verb: Any, title: str, done: str, kind: str = "primary"
) -> HttpResponse:
    back = reverse("desk-candidate", args=[candidate.pk])
    context = {
        "title": f"{title}：{candidate.name}",
        "submit": title,
        "kind": kind,
        "back": back,
        "revision": candidate.token,
        "crumbs": _crumbs(candidate),
    }
    return perform(
        request,
        form,
        lambda **words: verb(candidate, by=request.actor, **words),
        page="desk/form.html",
        to=back,
        done=done,
        context=context,
    )


def _facts(candidate: Candidate) -> list[Fact]:
    kinds = [str(IdentityKind(kind).label) for kind in candidate.identities]
    agreed = [str(Publishable(kind).label) for kind in candidate.publishes]
    consent = _("没有登记")
    if candidate.consents_to_publication:
        consent = "、".join([_("姓名"), *agreed]) + f"（{cn_date(candidate.consented_on, 'plain')}）"
    facts = [
        Fact(_("推选单位"), candidate.constituency.name),
        Fact(_("产生方式"), candidate.get_route_display()),
        Fact(_("提名人"), candidate.proposed_by),
        Fact(_("出生年份"), candidate.birth_year or ""),
        Fact(_("性别"), candidate.gender),
        Fact(_("单位或楼院"), candidate.unit),
        Fact(_("电话"), candidate.phone),
        Fact(_("身份"), "、".join(kinds)),
        Fact(_("简介"), candidate.introduction),
        Fact(_("同意公示"), consent),
        Fact(_("审查意见"), candidate.review_note),
    ]
    return [fact for fact in facts if fact.value]


PAGES = (
    ("candidate.qualify", "candidate-qualify", gettext_lazy("资格审查通过"), "primary"),
    ("candidate.disqualify", "candidate-disqualify", gettext_lazy("资格不符"), "danger"),
    ("candidate.consent", "candidate-consent", gettext_lazy("登记公示意愿"), "plain"),
    ("candidate.withdraw", "candidate-withdraw", gettext_lazy("本人退出"), "danger"),
)


def _verbs(request: Request, candidate: Candidate) -> list[Button]:
    """What the state allows; a verb another person must do says so."""
    found = []
    for code, name, label, kind in PAGES:
        if CANDIDATE_LIFECYCLE.why_not(candidate, code) is None:
            refusal = why_not(request.actor, code, candidate)
            url = reverse(name, args=[candidate.pk])
            found.append(Button(label, url, kind, "get", refusal))  # type: ignore[arg-type]  # the words of PAGES are the kinds
    return found


def _list_url(whole: Whole) -> str:
    return reverse("desk-by-election" if isinstance(whole, ByElection) else "desk-candidates", args=[whole.pk])


def _crumbs(candidate: Candidate) -> list[Link]:
    whole = candidate.by_election or candidate.constituency.term
    return council_crumbs(candidate.place, Link(_("候选人"), _list_url(whole)), Link(candidate.name, ""))


urlpatterns = [
    path("terms/<uuid:pk>/candidates/", desk_candidates, name="desk-candidates"),
    path("constituencies/<uuid:pk>/nominate/", candidate_nominate, name="candidate-nominate"),
    path("candidates/<uuid:pk>/", desk_candidate, name="desk-candidate"),
    path("candidates/<uuid:pk>/consent/", candidate_consent, name="candidate-consent"),
    path("candidates/<uuid:pk>/qualify/", candidate_qualify, name="candidate-qualify"),
    path("candidates/<uuid:pk>/disqualify/", candidate_disqualify, name="candidate-disqualify"),
    path("candidates/<uuid:pk>/withdraw/", candidate_withdraw, name="candidate-withdraw"),
]
