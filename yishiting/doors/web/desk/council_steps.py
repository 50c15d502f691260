"""The path of a term or a by-election."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.lanes import lane_of
from yishiting.doors.web.shared.shapes import PathStep, Walked
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.verbs import labelled
from yishiting.ground.ledger.models import Entry
from yishiting.ground.organisations.models import Office
from yishiting.ground.places.organs import local_words
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.models import Term
from yishiting.year.councils.queries import Whole, is_sent_alone
from yishiting.year.councils.states import State

Row = tuple[State, str, Promise | str, str]
#: In whose lane a stage is walked.
HERE, ABOVE, RESIDENTS = "here", "above", "residents"

#: The words of each stage, the lane it is walked in, and the verb that ends it.
TERM_ROWS: tuple[Row, ...] = (
    (State.PLANNING, HERE, gettext_lazy("制定席位方案"), "term.fix_seats"),
    (State.NOMINATING, RESIDENTS, gettext_lazy("提名推荐，审查资格"), "term.publicise_candidates"),
    (State.PUBLICISING, HERE, gettext_lazy("公示候选人，处理异议"), "term.start_election"),
    (State.ELECTING, RESIDENTS, gettext_lazy("召集会议投票选举"), "term.seat"),
    (State.SEATED, HERE, gettext_lazy("代表履职"), "term.end"),
)
#: Where nobody votes: people are sent or recommended, publicised, confirmed.
SENT_ROWS: tuple[Row, ...] = (
    (State.PLANNING, HERE, gettext_lazy("确定席位和比例"), "term.fix_seats"),
    (State.NOMINATING, HERE, gettext_lazy("推派、推荐代表，审查资格"), "term.publicise_candidates"),
    (State.PUBLICISING, HERE, gettext_lazy("公示名单，处理异议"), "term.confirm"),
    (State.SEATED, HERE, gettext_lazy("代表履职"), "term.end"),
)
#: A term that was in office when the place joined.
ENTERED_ROWS: tuple[Row, ...] = (
    (State.PLANNING, HERE, gettext_lazy("登记在任的一届"), "term.enter"),
    (State.ENTERED, ABOVE, gettext_lazy("上级确认"), "term.confirm_entry"),
    (State.SEATED, HERE, gettext_lazy("代表履职"), "term.end"),
)
BY_ELECTION_VERBS = {
    "term.publicise_candidates": "by_election.publicise",
    "term.start_election": "by_election.start",
    "term.seat": "by_election.seat",
    "term.confirm": "by_election.confirm",
}
NEXT = {
    State.ENTERED: gettext_lazy("上一级核对名册和依据，确认以后代表就可以履职；不对的退回修改。"),
    State.PLANNING: gettext_lazy("写好各推选单位的席位，由书记或主任通过方案。"),
    State.NOMINATING: gettext_lazy("登记三种途径产生的候选人，逐一审查资格，然后公示名单。"),
    State.PUBLICISING: gettext_lazy("公示期满、异议都已答复后，开始选举。"),
    State.ELECTING: gettext_lazy("召集选举会议，逐个推选单位投票、计票、宣布结果，然后就任。"),
}
#: The same where nobody votes.
SENT_NEXT = {
    State.PLANNING: gettext_lazy("写好各推选单位的席位、由谁推派，由党工委确定比例，通过方案。"),
    State.NOMINATING: gettext_lazy("社区（村）协商会、单位推派，其他方面推荐，逐一审查资格，然后公示名单。"),
    State.PUBLICISING: gettext_lazy("公示期满、异议都已答复后，确定代表，就任。"),
}


def steps_of(whole: Whole) -> list[PathStep]:
    """The stages walked and ahead; who ended each, and when."""
    sent = is_sent_alone(whole)
    rows = SENT_ROWS if sent else TERM_ROWS
    if not isinstance(whole, Term):
        rows = rows[1:-1]
    elif whole.elected_elsewhere:
        rows = ENTERED_ROWS
    states = [str(row[0]) for row in rows]
    at = states.index(whole.state) if whole.state in states else len(rows)
    done = _endings(whole)
    return [_step(whole, row, n, at, done, NEXT | (SENT_NEXT if sent else {})) for n, row in enumerate(rows)]


def _step(
    whole: Whole, row: Row, n: int, at: int, done: dict[str, Entry], ahead: Mapping[State, Promise | str]
) -> PathStep:
    state, whose, title, ends_with = row
    entry = done.get(ends_with if isinstance(whole, Term) else BY_ELECTION_VERBS.get(ends_with, ends_with))
    walked: Walked = "done" if n < at else "now" if n == at else "ahead"
    who, on = _who(entry) if walked == "done" else ("", None)
    following = _next(whole, state, ahead) if walked == "now" else ""
    by = whole.notice.last_day if walked == "now" and state == State.PUBLICISING and whole.notice else None
    lane = "resident" if whose == RESIDENTS else lane_of(whole.place if whose == HERE else whole.place.parent)
    return PathStep(lane, local_words(title, whole.place), walked, who=who, on=on, next=following, by=by)


def _next(whole: Whole, state: State, ahead: Mapping[State, Promise | str]) -> Promise | str:
    if state != State.SEATED or not isinstance(whole, Term):
        return local_words(ahead.get(state, ""), whole.place)
    days = rules_for(whole.place).number("council.term_reminder_days")
    said = {"end": cn_date(whole.ends, "plain"), "days": days}
    return _("任期到%(end)s，届满前%(days)s日提醒筹备下一届。") % said


def _endings(whole: Whole) -> dict[str, Entry]:
    rows = Entry.objects.filter(subject_kind=labelled(whole), subject_id=str(whole.pk)).order_by("seq")
    return {entry.verb: entry for entry in rows}


def _who(entry: Entry | None) -> tuple[str, datetime | None]:
    if entry is None:
        return "", None
    office = str(Office(entry.office).label) if entry.office in Office.values else _("系统按日期自动办理")
    return office, entry.at
