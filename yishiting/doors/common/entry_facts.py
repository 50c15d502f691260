"""The facts of an entry in words: each has a name and a form. What only links or checks (keys, fingerprints) is not told."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.ground.common.days import said
from yishiting.ground.common.money import yuan
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import HowCalled
from yishiting.ground.organisations.models import IdentityKind, LocalRole, Office, OrganisationKind
from yishiting.ground.places.models import ChangeKind, Level, Line, ResponsibleLevel
from yishiting.ground.places.queries import name_of
from yishiting.ground.seasons.labels import rules_called
from yishiting.ground.seasons.models import Season
from yishiting.ground.seasons.rules import KINDS
from yishiting.instruments.ballots.models import Method, PollKind
from yishiting.instruments.documents.rules import spoken
from yishiting.instruments.funds.models import Source
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.overview.assessment.models import About
from yishiting.year.agreements.models import ReviewOutcome
from yishiting.year.budgeting.models import Way as BallotWay
from yishiting.year.consultations.models import Origin
from yishiting.year.consultations.states import StatementState
from yishiting.year.councils.choices import Leaving, Route
from yishiting.year.councils.states import Outcome
from yishiting.year.dossiers.models import Outcome as ReferralOutcome
from yishiting.year.matters.choices import CoordinationKind, Difficulty, ResultKind, Satisfaction, Verdict, WithWhom
from yishiting.year.matters.states import DispatchState
from yishiting.year.matters.states import State as MatterState
from yishiting.year.meetings.models import ItemKind, MeetingKind, Role
from yishiting.year.projects.models import Path
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.spending.models import GiftKind
from yishiting.year.suggestions.actions.class_versions import Tree
from yishiting.year.suggestions.models import AnswerKind, Channel, Criterion, Mark
from yishiting.year.suggestions.states import State as SuggestionState
from yishiting.year.visits.models import Stance

Form = Callable[[Any], str]


def _said_day(value: str) -> str:
    return said(date.fromisoformat(value), "plain")


def _said_moment(value: str) -> str:
    return said(datetime.fromisoformat(value), "time")


def _money(fen: int) -> str:
    return _("%(yuan)s元") % {"yuan": yuan(fen).removesuffix(".00")}


def _yes(value: bool) -> str:
    return _("是") if value else _("否")


def _list(values: Any) -> str:
    return _("、").join(str(one) for one in values)


def _how_many(values: Any) -> str:
    return str(values if isinstance(values, int) else len(values))


def _whole(value: Any) -> str:
    """A number; the same name may hold something else in another verb, which is not told."""
    return str(value) if isinstance(value, int | str) else ""


def _one_of(*kinds: type[Choices]) -> Form:
    labels = {str(value): label for kind in reversed(kinds) for value, label in kind.choices}
    return lambda value: str(labels.get(str(value), ""))


def _numbers_of(labels: Mapping[str, str | Promise]) -> Form:
    """Numbers under known names, in the order of the names: 同意10，反对1. (jsonb keeps an order of its own.)"""
    return lambda counts: _("，").join(
        _("%(label)s%(n)s") % {"label": label, "n": counts[key]} for key, label in labels.items() if key in counts
    )


def _marks(marks: Mapping[str, str]) -> str:
    known = [(one.label, Mark(marks[one]).label) for one in Criterion if marks.get(one) in Mark.values]
    return _("，").join(_("%(criterion)s%(mark)s") % {"criterion": one, "mark": mark} for one, mark in known)


VOTES = {
    "for": gettext_lazy("同意"),
    "against": gettext_lazy("反对"),
    "abstain": gettext_lazy("弃权"),
    "satisfied": gettext_lazy("满意"),
    "mostly": gettext_lazy("基本满意"),
    "unsatisfied": gettext_lazy("不满意"),
    "dissatisfied": gettext_lazy("不满意"),
    "unknown": gettext_lazy("不了解"),
}
ENDS = {
    "passed": gettext_lazy("通过"),
    "not_passed": gettext_lazy("没有通过"),
    "tied": gettext_lazy("票数相等，没有通过"),
    "no_quorum": gettext_lazy("人数不够，不算决定"),
}
IN_OTHER_WORDS = _one_of(Outcome, ProposalState, ReferralOutcome, ReviewOutcome, Verdict, MatterState, DispatchState)

#: name → what it is called and how its value is said. A verb may need its own: `verb.name`.
FACTS: dict[str, tuple[str | Promise, Form]] = {
    "about_rule": (gettext_lazy("关于规则"), lambda key: KINDS[key].label),
    "assessment.draft.about": (gettext_lazy("考核谁"), _one_of(About)),
    "assessment.draft.since": (gettext_lazy("从哪一天算起"), _said_day),
    "assessment.draft.until": (gettext_lazy("算到哪一天"), _said_day),
    "assessment.begin.units": (gettext_lazy("单位数"), _how_many),
    "assessment.begin.until": (gettext_lazy("自评截止"), _said_day),
    "assessment.announce.until": (gettext_lazy("申诉截止"), _said_day),
    "assessment.publish.units": (gettext_lazy("单位数"), _how_many),
    "assessment.publish.version": (gettext_lazy("规则表版本"), _whole),
    "assessment.adopt_rules.version": (gettext_lazy("规则表版本"), _whole),
    "unit_sheet.self_score.rows": (gettext_lazy("自评项数"), _how_many),
    "scores": (gettext_lazy("核定项数"), _how_many),
    "mark.answer_appeal.upheld": (gettext_lazy("申诉成立"), _yes),
    "accepted": (gettext_lazy("达到完成标准"), _yes),
    "suggestion.import.accepted": (gettext_lazy("收入"), str),
    "agreed": (gettext_lazy("两遍录入一致"), _yes),
    "amount": (gettext_lazy("金额"), _money),
    "announced": (gettext_lazy("已经通知过"), _yes),
    "answers": (gettext_lazy("测评"), lambda counts: _numbers_of(VOTES)(counts) if isinstance(counts, dict) else ""),
    "attempt": (gettext_lazy("第几次办理"), str),
    "beneficiaries": (gettext_lazy("受益人数"), _whole),
    "batch": (gettext_lazy("第几沓"), str),
    "begins": (gettext_lazy("任期开始"), _said_day),
    "blacked": (gettext_lazy("遮去的词句"), str),
    "budget": (gettext_lazy("经费总额"), _money),
    "by_vote": (gettext_lazy("表决选出"), _list),
    "categories": (gettext_lazy("类别数"), str),
    "category": (gettext_lazy("类别"), str),
    "change": (gettext_lazy("区划变动"), _one_of(ChangeKind)),
    "changed": (gettext_lazy("改动"), _how_many),
    "channel": (gettext_lazy("渠道"), _one_of(Channel)),
    "closes": (gettext_lazy("截止"), _said_day),
    "code": (gettext_lazy("区划代码"), str),
    "completed_on": (gettext_lazy("完工日期"), _said_day),
    "consents": (gettext_lazy("同意公示"), _yes),
    "constituencies": (gettext_lazy("推选单位数"), _how_many),
    "counts": (gettext_lazy("票数"), _numbers_of(VOTES)),
    "council_place": (gettext_lazy("协商会名次"), str),
    "departs": (gettext_lazy("和协商会次序不同"), _yes),
    "plan_position": (gettext_lazy("计划次序"), str),
    "day": (gettext_lazy("日期"), _said_day),
    "days": (gettext_lazy("天数"), str),
    "deadline": (gettext_lazy("完成时限"), _said_day),
    "document": (gettext_lazy("依据文号"), str),
    "done_on": (gettext_lazy("完成日期"), _said_day),
    "difficulty": (gettext_lazy("疑难类别"), _one_of(Difficulty)),
    "due": (gettext_lazy("期限"), _said_day),
    "meeting.convene.due": (gettext_lazy("应到"), str),
    "meeting.open.due": (gettext_lazy("应到"), str),
    "duplicates": (gettext_lazy("重复"), str),
    "early": (gettext_lazy("提前结束"), _yes),
    "elected": (gettext_lazy("当选人数"), _how_many),
    "ends": (gettext_lazy("任期截止"), _said_day),
    "proxies": (gettext_lazy("书面委托"), str),
    "entitled": (gettext_lazy("有表决权"), str),
    "estates": (gettext_lazy("小区数"), str),
    "filled": (gettext_lazy("份数"), str),
    "for_year": (gettext_lazy("拟办年度"), str),
    "founded_on": (gettext_lazy("成立日期"), _said_day),
    "funded": (gettext_lazy("入选名额"), _whole),
    "held_on": (gettext_lazy("日期"), _said_day),
    "hours": (gettext_lazy("小时数"), str),
    "how": (gettext_lazy("方式"), _one_of(HowCalled)),
    "in_force_from": (gettext_lazy("施行日期"), _said_day),
    "instead": (gettext_lazy("调整为"), _list),
    "items": (gettext_lazy("议题数"), str),
    "joined_at": (gettext_lazy("由哪里合并"), name_of),
    "judges": (gettext_lazy("评分人数"), str),
    "kind": (gettext_lazy("类别"), _one_of(NoticeKind, ItemKind, MeetingKind, PollKind, AnswerKind, OrganisationKind, IdentityKind, Leaving, ResultKind, CoordinationKind, GiftKind)),
    "last_day": (gettext_lazy("公示截止"), _said_day),
    "line": (gettext_lazy("归口"), _one_of(Line)),
    "level": (gettext_lazy("层级"), _one_of(ResponsibleLevel, Level)),
    "left": (gettext_lazy("恢复码还剩"), str),
    "lines": (gettext_lazy("评分项数"), str),
    "maintenance": (gettext_lazy("每年维护费用"), _money),
    "look_again_on": (gettext_lazy("再研究的日期"), _said_day),
    "marks": (gettext_lazy("四项标准"), _marks),
    "meet_standard": (gettext_lazy("认为达到标准"), str),
    "meets_standard": (gettext_lazy("达到完成标准"), _yes),
    "members": (gettext_lazy("人数"), str),
    "merged": (gettext_lazy("并入"), lambda receipts: _list(map(spoken, receipts))),
    "method": (gettext_lazy("方式"), _one_of(Method)),
    "named": (gettext_lazy("新名称"), str),
    "needed": (gettext_lazy("当选所需票数"), str),
    "notice": (gettext_lazy("公告"), lambda number: number if "〔" in number else ""),
    "notices_closed": (gettext_lazy("结束公示"), str),
    "nth": (gettext_lazy("第几遍录入"), str),
    "number": (gettext_lazy("编号"), str),
    "term.renumber.number": (gettext_lazy("届次"), str),
    "numbers": (gettext_lazy("抽签号码"), _list),
    "objections": (gettext_lazy("异议数"), str),
    "observers": (gettext_lazy("旁听"), str),
    "office": (gettext_lazy("职务"), _one_of(Office)),
    "on": (gettext_lazy("日期"), _said_day),
    "opens": (gettext_lazy("开始"), _said_day),
    "operated": (gettext_lazy("由安装维护人员代为操作"), _yes),
    "options": (gettext_lazy("选项数"), _how_many),
    "organisations": (gettext_lazy("单位数"), str),
    "origin": (gettext_lazy("来源"), _one_of(Origin)),
    "outcome": (gettext_lazy("结果"), lambda value: str(ENDS.get(value) or IN_OTHER_WORDS(value))),
    "participants": (gettext_lazy("参加人数"), lambda kinds: str(sum(kinds.values()))),
    "before": (gettext_lazy("原来的参加人数"), lambda kinds: str(sum(kinds.values()))),
    "parts": (gettext_lazy("分成"), lambda receipts: _list(map(spoken, receipts))),
    "partners": (gettext_lazy("配合单位数"), str),
    "passed": (gettext_lazy("通过"), _yes),
    "path": (gettext_lazy("实施方式"), _one_of(Path)),
    "people": (gettext_lazy("参加人数"), str),
    "percent": (gettext_lazy("进度"), lambda n: f"{n}%"),
    "percentage": (gettext_lazy("满意率"), _whole),
    "places": (gettext_lazy("地方数"), str),
    "planned_cost": (gettext_lazy("计划费用"), _money),
    "position": (gettext_lazy("议程第几项"), str),
    "posted_on": (gettext_lazy("公示开始"), _said_day),
    "present": (gettext_lazy("实到"), str),
    "projects": (gettext_lazy("项目数"), _how_many),
    "proposals": (gettext_lazy("建议案"), _list),
    "public": (gettext_lazy("对外公开"), _yes),
    "questions": (gettext_lazy("题数"), str),
    "read_back": (gettext_lazy("已向本人读回"), _yes),
    "receipt": (gettext_lazy("受理号"), spoken),
    "receipts": (gettext_lazy("受理号"), lambda receipts: _list(map(spoken, receipts))),
    "received_on": (gettext_lazy("收到日期"), _said_day),
    "rectify_by": (gettext_lazy("整改期限"), _said_day),
    "recused": (gettext_lazy("回避"), str),
    "rejected": (gettext_lazy("未收"), str),
    "reminded": (gettext_lazy("提醒人数"), str),
    "milestones": (gettext_lazy("付款期数"), str),
    "moved": (gettext_lazy("转过来的记录数"), str),
    "removed": (gettext_lazy("清除"), str),
    "representatives": (gettext_lazy("代表人数"), _how_many),
    "resolution": (gettext_lazy("决议编号"), str),
    "resolutions": (gettext_lazy("决议编号"), _list),
    "responsible_level": (gettext_lazy("责任层级"), _one_of(ResponsibleLevel)),
    "result": (gettext_lazy("结果"), _one_of(SuggestionState)),
    "reviews": (gettext_lazy("评议项数"), _how_many),
    "role": (gettext_lazy("身份"), _one_of(Role, LocalRole)),
    "route": (gettext_lazy("产生方式"), _one_of(Route)),
    "rows": (gettext_lazy("条数"), str),
    "satisfaction": (gettext_lazy("评价"), _one_of(Satisfaction)),
    "season": (gettext_lazy("时节"), _one_of(Season)),
    "seated": (gettext_lazy("就任人数"), str),
    "seats": (gettext_lazy("席位"), lambda seats: _whole(seats) or _list(seats)),
    "seeds": (gettext_lazy("开头的看法数"), str),
    "sheets": (gettext_lazy("张数"), str),
    "shown": (gettext_lazy("展示的看法数"), str),
    "set_aside": (gettext_lazy("搁置的看法数"), str),
    "signatures": (gettext_lazy("签字人数"), str),
    "since": (gettext_lazy("开始日期"), _said_day),
    "ledger.checkpoint.size": (gettext_lazy("条数"), str),
    "source": (gettext_lazy("资金来源"), _one_of(Source)),
    "sources": (gettext_lazy("依据的建议数"), _how_many),
    "stance": (gettext_lazy("态度"), _one_of(Stance)),
    "started_on": (gettext_lazy("开工日期"), _said_day),
    "starts_at": (gettext_lazy("开会时间"), _said_moment),
    "statements": (gettext_lazy("看法数"), str),
    "successor": (gettext_lazy("承接的地方"), name_of),
    "takes_effect": (gettext_lazy("生效日期"), _said_day),
    "takes_objections": (gettext_lazy("接受异议"), _yes),
    "tellers": (gettext_lazy("监票计票人数"), lambda roles: str(sum(roles.values()))),
    "terms_ended": (gettext_lazy("届满"), str),
    "to": (gettext_lazy("处理"), _one_of(StatementState)),
    "total": (gettext_lazy("席位总数"), str),
    "touches_law": (gettext_lazy("涉及法律"), _yes),
    "units": (gettext_lazy("单位数"), str),
    "until": (gettext_lazy("截止日期"), _said_day),
    "upheld": (gettext_lazy("异议成立"), lambda value: _yes(value) if isinstance(value, bool) else str(value)),
    "valid": (gettext_lazy("改为有效建议"), _yes),
    "scheme": (gettext_lazy("分类"), _one_of(Tree)),
    "version": (gettext_lazy("版本"), lambda value: rules_called(value) if isinstance(value, str) else str(value)),
    "voters": (gettext_lazy("表决人数"), str),
    "votes": (gettext_lazy("表态数"), _whole),
    "was": (gettext_lazy("原来的届次"), str),
    "was_named": (gettext_lazy("原名称"), str),
    "way": (gettext_lazy("方式"), _one_of(BallotWay)),
    "whom": (gettext_lazy("沟通对象"), _one_of(WithWhom)),
    "winners": (gettext_lazy("选出"), _list),
    "workdays": (gettext_lazy("提前的工作日"), str),
    "worked": (gettext_lazy("上班"), _yes),
    "written_in": (gettext_lazy("另写姓名的票"), str),
    "year": (gettext_lazy("年度"), str),
}  # fmt: skip


def told(entry: Entry) -> list[tuple[str, str]]:
    """What an entry noted, by name (jsonb keeps no order), and by which rules; nothing where there was nothing."""
    found = [
        (FACTS.get(f"{entry.verb}.{name}") or FACTS.get(name), value) for name, value in sorted(entry.facts.items())
    ]
    facts = [(str(known[0]), _words(known[1], value)) for known, value in found if known]
    return [(label, words) for label, words in [*facts, (_("依据规则"), rules_called(entry.rules))] if words]


def _words(form: Form, value: Any) -> str:
    """The value in words; nothing where it is empty or, in this verb, of another kind than the name usually holds."""
    try:
        return "" if value in ("", None, [], {}) else form(value)
    except (AttributeError, KeyError, TypeError, ValueError):
        return ""
