"""案卷 at the desk: one page for a matter with every piece of it one click away, and finding it by any of its numbers."""

from itertools import chain
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.beside import beside
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.happened import votes_told
from yishiting.doors.web.shared.matters import Matter, matter_of
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.doors.web.shared.photos import Hung, hung
from yishiting.doors.web.shared.projects import works_told
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Fact, Link, PathStep
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.doors.web.shared.timelines import timeline
from yishiting.doors.web.shared.visits import heard_by_everyone
from yishiting.ground.common.masking import public_words
from yishiting.ground.common.predicates import Question
from yishiting.ground.files.queries import files_of_each
from yishiting.ground.organisations.permissions import reads_here
from yishiting.instruments.documents.rules import spoken
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.overview.cycle.numbers import (
    LONGEST,
    MOST,
    Paper,
    Thing,
    file_of,
    furthest,
    papers_with,
    seen_at,
    thing_of,
    things_with,
)
from yishiting.year.dossiers.models import Dossier
from yishiting.year.dossiers.permissions import reads_file
from yishiting.year.dossiers.queries import all_of, all_referrals, living
from yishiting.year.projects.models import Project
from yishiting.year.projects.queries import team_of
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import blacks_of, words_are_public

know(Noun(Dossier, pages={"desk": "desk-file"}, called=lambda file: file.number))
TITLE = gettext_lazy("案卷")


@door(Dossier, needs=reads_file, related=("origin", "lies_at", "merged_into"))
def file(request: Request, file: Dossier) -> HttpResponse:
    """The file of a matter: where it lies, whose turn it is, and everything that belongs to it."""
    here, today = living(file), timezone.localdate()
    if here != file:
        return redirect("desk-file", here.pk)
    thing = furthest(here)
    if thing is None:
        raise Http404
    matter = matter_of(thing)
    walked, own = steps(matter, today), _read_here(request, matter)
    shown = {
        "title": matter.title,
        "facts": _facts(here, walked),
        "steps": walked,
        "summary": summary(matter),
        "beside": beside(matter, "desk", actor=request.actor),
        "words": [_said(one, own) for one in matter.suggestions if one in own or words_are_public(one)],
        "hung": _photos(request, own, matter.title),
        "people": _people(matter),
        "votes": votes_told(matter, "desk-meeting"),
        "heard": heard_by_everyone(matter.proposals),
        "works": works_told(matter.projects, drafts=True),
        "answers": [one for one in matter.answers if one.suggestion_id in {said.pk for said in own}],
        "reviews": [one for one in matter.reviews if one.result],
        "referrals": all_referrals(here),
        "parts": list(Suggestion.objects.filter(dossier__split_from=here).order_by("receipt")),
        "timeline": timeline(matter.entries),
        "crumbs": [Link(_("工作台"), reverse("desk-home")), Link(TITLE, "")],
    }
    return render(request, "desk/file.html", shown)


def _facts(here: Dossier, walked: list[PathStep]) -> list[Fact]:
    """The number, where it lies, whose turn it is, what is next and by when."""
    nows = [step for step in walked if step.walked == "now"]
    found = [
        Fact(_("案卷号"), here.number),
        Fact(_("立卷"), _("%(place)s，%(day)s") % {"place": here.origin, "day": cn_date(here.opened_on)}),
        Fact(_("现在在"), here.lies_at),
    ]
    for now in nows:
        found += [Fact(_("正在办"), now.title)] if len(nows) > 1 else []
        found += [Fact(_("轮到谁办"), now.who), Fact(_("下一步"), now.next)]
        found += [Fact(_("最晚"), cn_date(now.by))] if now.by else []
    joined = [one.number for one in all_of(here)[1:]]
    return [*found, Fact(_("并入的案卷"), _("、").join(joined))] if joined else found


def _read_here(request: Request, matter: Matter) -> list[Suggestion]:
    """The words this person reads by office; of what other places said, what everybody may read is all that is shown."""
    return [one for one in matter.suggestions if reads_here.why_not(Question(request.actor, one)) is None]


def _said(one: Suggestion, own: list[Suggestion]) -> tuple[Suggestion, str, str]:
    """The words and their page: as they were said, or masked as everybody reads them."""
    if one in own:
        return one, one.text, reverse("desk-suggestion", args=[one.pk])
    return one, public_words(one.text, blacks_of([one])), reverse("public-suggestion", args=[one.pk])


def _photos(request: Request, own: list[Suggestion], says: str) -> Hung:
    """What was handed in with the words, in one query; the photographs of the work stand with its progress."""
    return hung(chain.from_iterable(files_of_each(own).values()), says, request=request)


def _people(matter: Matter) -> list[Fact]:
    """Who answers for it, carries it out, and supervises."""
    leaders = dict.fromkeys(one.responsible for one in matter.rests_on if one.responsible)
    found, several = [Fact(_("建议案负责人"), one) for one in leaders], len(matter.projects) > 1
    prefetch_related_objects(matter.projects, "team", "supervisors__representative")
    for project in matter.projects:
        watching = [one.representative.name for one in project.supervisors.all()]
        named = ((_("实施小组"), [one.name for one in team_of(project)]), (_("监督小组"), watching))
        for label, names in named:
            words = _("、").join(names)
            told = _("%(project)s：%(words)s") % {"project": project.title, "words": words} if several else words
            found += [Fact(label, told)] if names else []
    return found


@signed_in
def find(request: Request) -> HttpResponse:
    """By any number, of what this person may read: to the file itself where it is one, or the choice of several."""
    typed, actor = request.GET.get("q", "").strip()[:LONGEST], person_of(request)
    papers = papers_with(typed)
    about = [thing for one in papers if (thing := thing_of(one)) is not None]
    found = [(thing, file_of(thing)) for thing in [*things_with(typed, seen_at(actor)), *about]]
    files = {one.pk: one for _thing, one in found}
    alone = [_paper_page(one) for one in papers if thing_of(one) is None]
    if len(files) == 0 and len(alone) == 1:
        return redirect(alone[0].url)
    if len(files) == 1 and not alone:
        pk, only = files.popitem()
        if reads_file.why_not(Question(actor, only)) is None:
            return redirect("desk-file", pk)
        found = []
    shown = {
        "q": typed,
        "found": [*(Link(_called(thing), reverse("desk-file", args=[one.pk])) for thing, one in found), *alone],
        "cut": len(found) == MOST,
        "crumbs": [Link(_("工作台"), reverse("desk-home")), Link(_("按编号查找"), "")],
    }
    return render(request, "desk/find.html", shown)


def _paper_page(one: Paper) -> Link:
    """A paper that is in no file leads to itself: the notice, or the meeting that decided."""
    if isinstance(one, PublicNotice):
        return Link(f"{one.number}　{one.place} {one.title}", reverse("notice", args=[one.pk]))
    return Link(f"{one.resolution_number}　{one.place} {one.title}", reverse("meeting", args=[one.meeting_id]))


def _called(thing: Thing) -> str:
    number: Any = spoken(thing.receipt) if isinstance(thing, Suggestion) else thing.number
    kind = _("实事项目") if isinstance(thing, Project) else thing._meta.verbose_name
    return f"{kind} {number}　{thing.place} {thing.title}"


urlpatterns = [
    path("find/", find, name="desk-find"),
    path("files/<uuid:pk>/", file, name="desk-file"),
]
