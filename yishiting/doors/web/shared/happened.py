"""What happened in a matter, step by step, drawn from the ledger: whatever comes later, a step that was walked stays.

Who decided is the body that decided, with its vote or its signatures; who entered it stands behind that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.common.entries import does
from yishiting.doors.common.entries import who as office_of
from yishiting.doors.common.entry_facts import VOTES
from yishiting.doors.web.shared.matters import Matter
from yishiting.doors.web.shared.shapes import Fact, Lane, PathStep
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.ledger.models import Entry
from yishiting.ground.seasons.labels import rules_called
from yishiting.ground.seasons.rules import KINDS
from yishiting.instruments.documents.rules import spoken
from yishiting.year.dossiers.models import Outcome
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import AcceptanceSignature
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import AnswerKind, Channel
from yishiting.year.suggestions.states import State as SuggestionState
from yishiting.year.visits.models import Stance

Words = str | Promise
#: By the length of the place's code.
LANES: Mapping[int, Lane] = {6: "district", 9: "subdistrict"}
DECIDED = {
    ProposalState.ADOPTED: gettext_lazy("审议通过"),
    ProposalState.PENDING: gettext_lazy("列为待定，继续协商"),
    ProposalState.DECLINED: gettext_lazy("审议未通过"),
}
#: The rule a step goes by, where one of the rulebook says it.
RULE_OF = {
    "suggestion.screen": "suggestion.criteria",
    "suggestion.appeal": "suggestion.appeal_workdays",
    "suggestion.pass_on": "suggestion.transfer_answer_workdays",
    "suggestion.note_reply": "suggestion.transfer_answer_workdays",
    "proposal.pass_on": "suggestion.transfer_answer_workdays",
    "proposal.note_reply": "suggestion.transfer_answer_workdays",
    "proposal.reply": "suggestion.transfer_answer_workdays",
    "proposal.report_up": "proposal.report_answer_workdays",
    "proposal.bring_back": "proposal.report_answer_workdays",
    "proposal.take_on": "proposal.report_answer_workdays",
    "proposal.forward": "proposal.report_answer_workdays",
    "proposal.defer": "proposal.look_again_days",
    "proposal.explain": "proposal.report_answer_workdays",
    "proposal.look_again": "proposal.look_again_days",
    "project.take_up": "proposal.take_up_workdays",
    "proposal.agree": "proposal.hand_down_workdays",
    "proposal.return_up": "proposal.hand_down_workdays",
    "proposal.decide": "vote.majority",
    "finding.raise": "project.finding_answer_workdays",
    "project.accept": "project.acceptance",
    "review.declare": "review.satisfaction_formula",
    "objection.answer": "publicity.objection_answer_workdays",
}

#: Who supervises acts for the group, in no office.
SUPERVISOR = gettext_lazy("监督小组成员")

#: These prepare a step, or belong to one that is told; they stand in the timeline alone.
NO_STEP = frozenset({
    "suggestion.classify", "suggestion.assign", "suggestion.keep_apart", "suggestion.forget",
    "proposal.amend", "proposal.consult", "item.add", "item.amend", "item.move", "item.remove", "item.take_notes",
    "item.put_to_vote", "item.decide", "item.note", "project.write_plan", "project.set_team", "project.set_supervisors",
    "planned_work.write", "project.note_progress", "project.pass_review", "project.fail_review", "notice.extend", "notice.post",
    "review.take_vote", "file.attach", "file.withdraw",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that happened. `body`: who decided, where that is not the office that entered it; `of` which of several."""

    title: Words
    body: Words = ""
    of: str = ""
    why: str = ""
    lane: Lane | None = None
    who: Words | None = None
    on: date | None = None
    url: str = ""


Telling = Callable[[Matter, Entry], Past | None]
TELL: dict[str, Telling] = {}


@dataclass(frozen=True, slots=True)
class Walked:
    """A step that was walked, and the numbers of the entries it stands for."""

    step: PathStep
    numbers: tuple[int, ...]


def walked(matter: Matter) -> list[Walked]:
    """Every step that was walked, oldest first; what was done alike several times in a row stands once."""
    told = [(entry, past) for entry in matter.entries if (past := _told(matter, entry)) is not None]
    return [_together(list(same)) for _key, same in groupby(told, key=_alike)]


def _told(matter: Matter, entry: Entry) -> Past | None:
    """What happened; an act nobody has found words for is told by the name of its verb, so that none is left out."""
    if entry.verb in NO_STEP:
        return None
    tell, which = TELL.get(entry.verb, _by_its_name), _which_project(matter, entry)
    past = tell(matter, entry)
    return replace(past, of=which) if past is not None and which else past


def _which_project(matter: Matter, entry: Entry) -> str:
    """Of which project a step is, where there are several."""
    if len(matter.told_of) < 2:  # noqa: PLR2004  # one need not be named
        return ""
    key = entry.subject_id if entry.subject_kind == "project" else str(entry.facts.get("project", ""))
    return matter.told_of.get(key, "")


def _by_its_name(_matter: Matter, entry: Entry) -> Past:
    return Past(does(entry), why=said(entry, "reason"))


def _alike(pair: tuple[Entry, Past]) -> tuple[str, str, str]:
    return pair[0].verb, _called(pair[1]), pair[1].why


def _called(past: Past) -> str:
    """What happened, and of several projects to which."""
    return _("%(what)s：%(which)s") % {"what": past.title, "which": past.of} if past.of else str(past.title)


def _together(same: list[tuple[Entry, Past]]) -> Walked:
    step = _step(*same[0])
    if len(same) > 1:
        step = _step(*same[0], _("%(what)s（%(n)s次）") % {"what": step.title, "n": len(same)})
    return Walked(step, tuple(entry.seq for entry, _past in same))


def _step(entry: Entry, past: Past, title: Words = "") -> PathStep:
    who: Words = office_of(entry) if past.who is None else past.who
    if past.body:
        who = _("%(body)s；登记：%(who)s") % {"body": past.body, "who": who}
    return PathStep(
        past.lane or LANES.get(len(entry.place_code), "community"),
        title or _called(past),
        "done",
        who=who,
        on=past.on or timezone.localdate(entry.at),
        rule=_rule(entry),
        rule_url=_rule_url(entry),
        why=past.why,
        url=past.url or reverse("record-entry", args=[entry.seq]),
    )


def _rule(entry: Entry) -> str:
    """The version of the rules, and the sentence of the rule the step goes by."""
    kind = KINDS.get(RULE_OF.get(entry.verb, ""))
    told = [rules_called(entry.rules), kind.sentence if kind is not None else ""]
    return _("：").join(one for one in told if one)


def _rule_url(entry: Entry) -> str:
    """The sentence of the rule, in the version the step went by."""
    key = RULE_OF.get(entry.verb, "")
    if not entry.place_code or not (key or entry.rules):
        return ""
    version = f"?{urlencode({'version': entry.rules})}" if entry.rules else ""
    where = (
        reverse("public-rule", args=[entry.place_code, key])
        if key
        else reverse("public-rules", args=[entry.place_code])
    )
    return f"{where}{version}"


def said(entry: Entry, *names: str) -> str:
    """The words that were given with the act, in this order, as they were given then."""
    words = {one.name: one.text for one in entry.sealed.all()}
    given = [words[name] for name in names if words.get(name)]
    return _("；").join([*(one.rstrip("。") for one in given[:-1]), *given[-1:]])


def _register(*verbs: str) -> Callable[[Telling], Telling]:
    def add(telling: Telling) -> Telling:
        for one in verbs:
            TELL[one] = telling
        return telling

    return add


def _plain(verb: str, title: Words, *words: str, **more: Any) -> None:
    """A verb that is told by its name and the words given with it."""
    TELL[verb] = lambda _matter, entry: Past(title, why=said(entry, *words), **more)


_plain("suggestion.supplement", gettext_lazy("补充材料"), lane="resident")
_plain("suggestion.settle", gettext_lazy("当场解决"), "answer")
_plain("suggestion.appeal", gettext_lazy("申请复核"), lane="resident")
_plain("suggestion.unsplit", gettext_lazy("撤销拆分"), "reason")
_plain("suggestion.strike", gettext_lazy("录入有误，撤销"))
_plain("suggestion.send_back", gettext_lazy("承接单位退回"), "reason")
_plain("proposal.send_back", gettext_lazy("承接单位退回"), "reason")
_plain("proposal.agree", gettext_lazy("同意承办上级交办的事"), "answer")
_plain("proposal.return_up", gettext_lazy("不能承办，退回上级"), "reason")
_plain("proposal.table", gettext_lazy("提请议事协商会审议"))
_plain("proposal.take_off", gettext_lazy("从议程撤下"), "reason")
_plain("item.put_off", gettext_lazy("改期再议"), "reason")
_plain("proposal.report_up", gettext_lazy("报送上级"), "reason")
_plain("proposal.forward", gettext_lazy("转报上级"), "reason")
_plain("proposal.look_again", gettext_lazy("再研究"), "reason")
_plain("proposal.put_off", gettext_lazy("暂不办理，列明条件"), "reason", "conditions")
_plain("proposal.visit", gettext_lazy("实地踏勘"), "found", "agreed")
_plain("proposal.hear", gettext_lazy("听取提出人意见"), "words")
_plain("proposal.ask_proposers", gettext_lazy("请提出人看草案"))
_plain("proposal.ask_council", gettext_lazy("请社区（村）议事协商会讨论"), "question")
_plain("council_question.withdraw", gettext_lazy("不再请社区（村）议事协商会讨论"), "reason")
_plain("visit.withdraw", gettext_lazy("撤销踏勘记录"), "reason")
_plain("reply.withdraw", gettext_lazy("撤销代录的意见"), "reason")
_plain("listed_matter.give_back", gettext_lazy("区委工委退回"), "reason", lane="district")
_plain("project.open", gettext_lazy("立项，制定方案"))
_plain("project.take_up", gettext_lazy("科室立项，制定方案"))
_plain("project.set_lead", gettext_lazy("调整承办科室和责任领导"))
_plain("project.open_together", gettext_lazy("合并立项，制定方案"))
_plain("project.open_another", gettext_lazy("再立一个项目，制定方案"))
_plain("project.publicise_plan", gettext_lazy("方案公示"))
_plain("project.revise_plan", gettext_lazy("修改方案"), "reason")
_plain("project.start", gettext_lazy("开工，按方案实施"))
_plain("project.complete", gettext_lazy("报告完工"), "text")
_plain("project.stop", gettext_lazy("项目终止"), "reason")
_plain("finding.raise", gettext_lazy("监督小组提出意见"), "text", who=SUPERVISOR)
_plain("finding.answer", gettext_lazy("答复监督意见"), "answer")
_plain("finding.confirm", gettext_lazy("监督小组确认整改"), who=SUPERVISOR)
_plain("finding.reject", gettext_lazy("监督小组认为没有整改到位"), "reason", who=SUPERVISOR)
_plain("notice.withdraw", gettext_lazy("撤回公示"), "reason")
_plain("notice.close", gettext_lazy("公示结束"))
_plain("objection.raise", gettext_lazy("收到异议"), lane="resident", who="")


@_register("suggestion.submit", "suggestion.take_down", "suggestion.import")
def _first_words(_matter: Matter, entry: Entry) -> Past:
    channel, day = entry.facts.get("channel", ""), entry.facts.get("received_on", "")
    who = Channel(channel).label if channel in Channel.values else ""
    return Past(_("提出建议"), lane="resident", who=who, on=date.fromisoformat(day) if day else None)


@_register("suggestion.screen")
def _screened(_matter: Matter, entry: Entry) -> Past:
    result = SuggestionState(entry.facts["result"]).label
    return Past(_("初审：%(state)s") % {"state": result}, why=said(entry, "reason"))


@_register("suggestion.decide_appeal")
def _looked_at_again(_matter: Matter, entry: Entry) -> Past:
    title = _("复核：改为有效建议") if entry.facts.get("valid") else _("复核：维持原来的结果")
    return Past(title, why=said(entry, "decision"))


@_register("suggestion.pass_on", "proposal.pass_on")
def _passed_on(_matter: Matter, entry: Entry) -> Past:
    return Past(_("转给有关单位"), why=said(entry, "transferred_to", "reason"))


@_register("suggestion.note_reply", "suggestion.reply", "proposal.note_reply", "proposal.reply")
def _unit_replied(_matter: Matter, entry: Entry) -> Past:
    """The unit answered; whoever entered it stands behind that."""
    outcome = entry.facts.get("outcome", "")
    label = Outcome(outcome).label if outcome in Outcome.values else ""
    return Past(_("承接单位答复：%(outcome)s") % {"outcome": label}, why=said(entry, "answer"))


@_register("suggestion.answer")
def _answered(_matter: Matter, entry: Entry) -> Past:
    kind = entry.facts.get("kind", "")
    label = AnswerKind(kind).label if kind in AnswerKind.values else ""
    return Past(_("答复提出人：%(kind)s") % {"kind": label})


@_register("suggestion.merge")
def _merged(matter: Matter, entry: Entry) -> Past | None:
    """Of the main one; of one that was merged only where the main one is not told of beside it."""
    lane = LANES.get(len(entry.facts.get("joined_at", "")))
    if receipts := entry.facts.get("merged"):
        return Past(_("同项合并：%(numbers)s") % {"numbers": _("、").join(map(spoken, receipts))}, lane=lane)
    beside = {str(one.pk) for one in matter.suggestions}
    return None if entry.facts.get("into") in beside else Past(_("并入同样的建议"), lane=lane)


@_register("suggestion.unmerge")
def _unmerged(_matter: Matter, entry: Entry) -> Past:
    """Told of the one that goes on by itself, and of the main one it was merged into."""
    title = _("并入的一条撤销合并，单独办理") if entry.facts.get("left_by") else _("撤销合并，重新单独办理")
    return Past(title, why=said(entry, "reason"))


@_register("proposal.remove_source")
def _taken_out(_matter: Matter, entry: Entry) -> Past:
    """Told of the draft and of what was taken out of it."""
    title = _("从建议案里移出，另行办理") if entry.facts.get("left") else _("移出一条来源")
    return Past(title, why=said(entry, "reason"))


@_register("suggestion.split")
def _split(_matter: Matter, entry: Entry) -> Past:
    parts = entry.facts.get("receipts")
    return Past(_("拆成%(n)s条，分别办理") % {"n": len(parts)} if parts else _("从一条建议里拆出"))


@_register("proposal.draft", "proposal.add_source")
def _drafted(_matter: Matter, entry: Entry) -> Past:
    number = entry.facts.get("number", "")
    return Past(_("写成建议案%(number)s") % {"number": number} if number else _("补充来源建议"))


@_register("project.add_basis", "project.remove_basis")
def _rests_on(_matter: Matter, entry: Entry) -> Past:
    """Of the project and of the proposal alike: which proposal was added or taken back."""
    added = entry.verb == "project.add_basis"
    title = _("项目增加依据：%(number)s") if added else _("项目撤回依据：%(number)s")
    return Past(title % {"number": entry.facts.get("number", "")}, why=said(entry, "reason"))


@_register("proposal.decide")
def _decided(matter: Matter, entry: Entry) -> Past:
    """The council decided, by its vote; the desk entered it."""
    item = next((one for one in matter.items if str(one.poll_id) == entry.facts.get("poll")), None)
    title, number = DECIDED[ProposalState(entry.facts["outcome"])], entry.facts.get("resolution", "")
    return Past(
        _("%(what)s，%(number)s") % {"what": title, "number": number} if number else title,
        body=_council(item),
        why=said(entry, "reason"),
        url=reverse("meeting", args=[item.meeting_id]) if item is not None else "",
    )


def _council(item: AgendaItem | None) -> str:
    """The council that decided, and how it voted."""
    return (voted(item) if item is not None else "") or _("议事协商会表决")


def voted(item: AgendaItem) -> str:
    """How a council voted on an item, in words; nothing where no vote was taken."""
    count = item.poll.result.get("count", {}) if item.poll is not None else {}
    if "in_favour" not in count:
        return ""
    said = {"yes": count["in_favour"], "no": count["against"], "aside": count["abstained"]}
    return _("议事协商会表决：赞成%(yes)s，反对%(no)s，弃权%(aside)s") % said


def votes_told(matter: Matter, page: str) -> list[Fact]:
    """Every time it was before a meeting that has been announced, with the vote; `page` is the room's page of a meeting."""
    return [
        Fact(cn_date(one.meeting.day), f"{one.meeting.title}　{voted(one)}", reverse(page, args=[one.meeting_id]))
        for one in matter.items
        if page != "meeting" or one.meeting.state != MeetingState.PLANNED
    ]


@_register("sitting.name_leaders")
def _leaders_named(matter: Matter, entry: Entry) -> Past:
    """The directors' meeting decided it; its office keeps the record."""
    item = next((one for one in matter.sittings if str(one.pk) == entry.subject_id), None)
    section = item.section.name if item is not None and item.section is not None else ""
    title = _("定下责任领导和科室：%(section)s") % {"section": section} if section else _("定下责任领导和科室")
    return Past(title, body=_("主任办公会研究决定"))


@_register("needs_report.send_list")
def _listed(_matter: Matter, _entry: Entry) -> Past:
    return Past(_("列入报区清单，报送区里"), body=_("主任办公会研究决定"))


@_register("works_plan.decide")
def _planned(matter: Matter, entry: Entry) -> Past:
    """By the directors' meeting: its place in the plan beside the council's, and why they differ."""
    position, place = entry.facts.get("plan_position"), entry.facts.get("council_place")
    title = _("列入实施计划书第%(n)s项") % {"n": position} if position else _("没有列入实施计划书")
    body = _("主任办公会研究决定；协商会打分第%(n)s名") % {"n": place} if place else _("主任办公会研究决定")
    work = next((one for one in matter.works if str(one.pk) == entry.subject_id), None)
    return Past(title, body=body, why=work.reason if work is not None and entry.facts.get("departs") else "")


@_register("works_plan.publicise")
def _plan_public(matter: Matter, entry: Entry) -> Past:
    work = next((one for one in matter.works if str(one.pk) == entry.subject_id), None)
    notice = work.plan.notice_id if work is not None else None
    return Past(_("实施计划书公示"), url=reverse("notice", args=[notice]) if notice is not None else "")


@_register("council_question.answer")
def _council_said(_matter: Matter, entry: Entry) -> Past:
    told = {"stance": Stance(entry.facts["stance"]).label}
    return Past(_("社区（村）议事协商会的意见：%(stance)s") % told, why=said(entry, "answer"), lane="community")


@_register("draft.reply", "draft.note")
def _replied(_matter: Matter, entry: Entry) -> Past:
    stance = Stance(entry.facts["stance"]).label
    own = entry.verb == "draft.reply"
    return Past(
        _("提出人答复草案：%(stance)s") % {"stance": stance},
        why=said(entry, "words"),
        lane="resident" if own else None,
        who=_("提出人") if own else None,
    )


@_register("proposal.bring_back", "proposal.take_on", "proposal.defer", "proposal.explain", "proposal.answer_joined")
def _brought_back(_matter: Matter, entry: Entry) -> Past:
    """By the place above the one that reported it."""
    below = len(entry.place_code) not in LANES
    title = {
        ProposalState.NOT_NOW: _("上级答复：暂不办理"),
        ProposalState.TAKEN_ON: _("上级答复：由上级办理"),
        ProposalState.NOT_FEASIBLE: _("上级答复：不可行"),
        ProposalState.HANDED_DOWN: _("上级答复：由社区办理，等社区同意")
        if below
        else _("上级答复：由街乡办理，等街乡同意"),
        ProposalState.REPORTED_UP: _("区里答复：由街乡办理，等街乡再答复"),
    }.get(ProposalState(entry.facts["outcome"]), _("上级答复：由社区办理") if below else _("上级答复：由街乡办理"))
    return Past(title, why=said(entry, "answer", "conditions", "reason"), lane="subdistrict" if below else "district")


@_register("project.sign", "project.note_signatures")
def _signed(_matter: Matter, entry: Entry) -> Past | None:
    """Who says the standard is not met stays visible; the others are counted in the conclusion."""
    if entry.facts.get("meets_standard") is not False:
        return None
    row = AcceptanceSignature.objects.filter(pk=entry.subject_id).first()
    why = row.note if row is not None else said(entry, "note")
    return Past(_("监督小组1人签字：没有达到标准"), why=why, who=SUPERVISOR)


@_register("project.accept")
def _accepted(_matter: Matter, entry: Entry) -> Past:
    signed, met = entry.facts.get("signatures", 0), entry.facts.get("meet_standard", 0)
    words = {"n": signed, "yes": met, "no": signed - met}
    body = _("监督小组%(n)s人签字：达到标准") % words
    if met != signed:
        body = _("监督小组%(n)s人签字：%(yes)s人认为达到标准，%(no)s人认为没有达到") % words
    title = _("监督小组验收：合格") if entry.facts.get("accepted") else _("监督小组验收：不合格，限期整改")
    return Past(title, body=body)


@_register("review.declare")
def _reviewed(matter: Matter, entry: Entry) -> Past:
    answers = entry.facts.get("answers", {})
    counts = _("，").join(
        f"{VOTES[key]}{answers[key]}" for key in ("satisfied", "mostly", "dissatisfied") if key in answers
    )
    title = _("年终评议：达标") if entry.facts.get("passed") else _("年终评议：没有达标，再次整改")
    row = next((one for one in matter.reviews if str(one.pk) == entry.subject_id), None)
    body = _("评议会测评：%(counts)s，满意率%(rate)s") % {"counts": counts, "rate": entry.facts.get("percentage", "")}
    return Past(title, body=body, url=reverse("meeting", args=[row.meeting_id]) if row is not None else "")


@_register("objection.answer")
def _objection_answered(_matter: Matter, entry: Entry) -> Past:
    return Past(_("异议成立") if entry.facts.get("upheld") else _("异议不成立，已答复"))
