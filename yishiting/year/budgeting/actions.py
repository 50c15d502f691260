"""Opening a budget vote, the ballots by phone and paper, closing, the lot, departing from the result, publishing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import record
from yishiting.ground.notices.actions import tell
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.methods.errors import Unusable
from yishiting.year.budgeting import rules
from yishiting.year.budgeting.models import (
    BatchKeying,
    BudgetBallot,
    BudgetOption,
    BudgetVote,
    PaperBatch,
    Voter,
    Way,
)
from yishiting.year.budgeting.permissions import MAY
from yishiting.year.budgeting.published import result_table, rule_words
from yishiting.year.budgeting.queries import (
    ballot_file,
    batches_of,
    count,
    file_hash,
    keying_bundle,
    latest_keyings,
    options_of,
    paper_sheets,
    turnout,
)
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.budgeting.states import LIFECYCLE
from yishiting.year.councils.queries import serving_here
from yishiting.year.proposals.models import Proposal

T = TypeVar("T")
FEWEST_OPTIONS = 2  # a choice needs two


@dataclass(frozen=True, slots=True)
class Offered:
    """One proposal to be voted on and what it costs, in fen."""

    proposal: Proposal
    cost: int


@verb("budget_vote.open", "发起预算表决", MAY)
def open_vote(
    place: Place,
    *,
    by: Actor,
    title: str,
    year: int,
    budget: int,
    offered: Sequence[Offered],
    closes: date,
    lot_source: str,
    lot_day: date,
    purpose: str = "",
    conflicts: Sequence[Sequence[int]] = (),
    roll: Sequence[tuple[str, str]] = (),
) -> BudgetVote:
    """Ask the register which proposals a sum of money should go to; options, rule and lot are fixed from here on."""
    today, book = timezone.localdate(), rules_for(place)
    _fit_to_open(place, year, budget, offered, conflicts, lot_source)
    _refuse(*rules.why_not_days(closes, today, lot_day))
    rule = rules.rule_record(book)
    _usable(lambda: rules.rule_of(rule, conflicts))
    vote = BudgetVote.objects.create(
        place=place,
        year=year,
        title=title,
        purpose=purpose,
        budget=budget,
        opened_on=today,
        closes=closes,
        rule=rule,
        conflicts=[sorted(set(group)) for group in conflicts],
        lot_source=lot_source.strip(),
        lot_day=lot_day,
        rules_label=book.label,
    )
    options = _put_up(vote, offered)
    voters = _freeze_register(vote, roll, today)
    lot = _lot(vote, options)
    vote.lot = {"announcement": lot.announcement(), "fingerprint": lot.fingerprint()}
    vote.save(update_fields=["lot"])
    _tell(vote, voters)
    record(
        vote,
        rules=book.label,
        budget=budget,
        options=[[one.number, one.proposal.number, one.cost] for one in options],
        rule=rule,
        conflicts=vote.conflicts,
        voters=len(voters),
        closes=closes.isoformat(),
        lot=lot.fingerprint(),
    )
    return vote


@verb("budget_ballot.issue", "登记领取纸质选票", MAY)
def issue_ballot(voter: Voter, *, by: Actor) -> Voter:
    """Tick somebody on the register who takes a paper ballot; from then on they cannot vote on the phone."""
    vote = _held(voter.vote)
    LIFECYCLE.advance(vote, "budget_ballot.issue")
    _before_the_lot(vote)
    if voter.way != Way.NOT_YET:
        raise WrongState(_("%(name)s已经%(way)s，不能再领。") % {"name": voter.name, "way": voter.get_way_display()})
    voter.way = Way.PAPER
    voter.save(update_fields=["way"])
    record(voter, vote=str(vote.pk))
    return voter


@verb("budget_ballot.cast", "手机投票", MAY)
def cast_ballot(voter: Voter, *, by: Actor, choices: Sequence[int]) -> BudgetBallot:
    """A representative marks the projects on their own phone, once; an open roll call, published without names."""
    vote = _held(voter.vote)
    LIFECYCLE.advance(vote, "budget_ballot.cast")
    if timezone.localdate() > vote.closes:
        raise WrongState(_("已经截止，不能再投票。"))
    if voter.way == Way.PHONE:
        raise WrongState(_("您已经投过票，一人一票。"))
    if voter.way == Way.PAPER:
        raise WrongState(_("您已经领取纸质选票，请投纸质票，一人一票。"))
    known = list(vote.options.values_list("number", flat=True))
    if not choices:
        raise Refused(_("请至少选一项。"), field="choices")
    _refuse(rules.why_not_choices(choices, known, vote.rule["choices_most"]), "choices")
    ballot = BudgetBallot.objects.create(voter=voter, choices=sorted(choices))
    voter.way = Way.PHONE
    voter.save(update_fields=["way"])
    record(voter, private={"choices": rules.said(ballot.choices)}, vote=str(vote.pk))
    return ballot


@verb("budget_ballot.enter_paper", "录入纸质选票", MAY)
def enter_paper(vote: BudgetVote, *, by: Person, number: int, bundle: Bundle) -> PaperBatch:
    """Key in one bundle of paper ballots; it counts once two people have keyed the same."""
    LIFECYCLE.advance(vote, "budget_ballot.enter_paper")
    _before_the_lot(vote)
    known = list(vote.options.values_list("number", flat=True))
    _refuse(rules.why_not_bundle(bundle, known, vote.rule["choices_most"]), "ballots")
    batch, _made = PaperBatch.objects.get_or_create(vote=vote, number=number)
    if batch.agreed:
        raise WrongState(_("第%(n)s沓两遍已经一致，不用再录。") % {"n": number})
    nth = batch.keyings.count() + 1
    BatchKeying.objects.create(batch=batch, entered_by=by, nth=nth, ballots=bundle.as_list(), invalid=bundle.invalid)
    _compare(batch)
    record(vote, batch=number, nth=nth, sheets=bundle.sheets, agreed=batch.agreed)
    return batch


@verb("budget_vote.close", "截止预算表决", MAY)
def close_vote(vote: BudgetVote, *, by: Actor) -> BudgetVote:
    """End the vote and count by its rule; for every option that lost, the reason and what would have changed it."""
    _fit_to_close(vote)
    LIFECYCLE.advance(vote, "budget_vote.close")
    result = _usable(lambda: count(vote))
    if not result["voters"]:
        raise Refused(_("还没有一张选了项目的选票，不能得出结果。"))
    vote.closed_on = timezone.localdate()
    _keep_result(vote, result)
    return vote


@verb("budget_vote.draw_lot", "抽签定先后", MAY)
def draw_lot(vote: BudgetVote, *, by: Actor, numbers: Sequence[int]) -> BudgetVote:
    """Settle the ties by the numbers announced when the vote was opened."""
    LIFECYCLE.advance(vote, "budget_vote.draw_lot")
    if not rules.undecided(vote.result):
        raise WrongState(_("没有需要抽签的并列。"))
    if timezone.localdate() < vote.lot_day:
        raise WrongState(_("号码要到事先公布的日期才有，还不能抽签。"))
    vote.lot, order = _usable(lambda: rules.drawn(_lot(vote, options_of(vote), numbers)))
    _keep_result(vote, _usable(lambda: count(vote, order)), numbers=sorted(numbers))
    return vote


@verb("budget_vote.override", "调整表决结果", MAY)
def override_vote(vote: BudgetVote, *, by: Actor, winners: Sequence[int], reason: str) -> BudgetVote:
    """Decide otherwise than the vote came out, within the money and with a public reason; both results stay."""
    costs = dict(vote.options.values_list("number", "cost"))
    _refuse(*rules.why_not_override(winners, costs, vote.budget, reason))
    if sorted(set(map(str, winners))) == sorted(vote.result.get("winners", [])):
        raise Refused(_("这与表决结果一样，不用调整。"), field="winners")
    LIFECYCLE.advance(vote, "budget_vote.override")
    chosen = sorted(set(winners))
    vote.override = {"winners": chosen, "cost": sum(costs[number] for number in chosen)}
    vote.override_reason = reason.strip()
    vote.save(update_fields=["state", "override", "override_reason"])
    record(
        vote,
        rules=vote.rules_label,
        private={"reason": vote.override_reason},
        by_vote=vote.result["winners"],
        instead=chosen,
    )
    return vote


@verb("budget_vote.publish", "公布预算表决结果", MAY)
def publish_vote(vote: BudgetVote, *, by: Actor) -> BudgetVote:
    """Make the result public: the winners in order, the reason for every other option, the ballots without names."""
    if rules.undecided(vote.result):
        raise Refused(_("有并列还没有定先后，请先按公布的号码抽签，再公布结果。"))
    LIFECYCLE.advance(vote, "budget_vote.publish")
    text = _("计票规则：%(rule)s。本次表决供协商和决策参考。") % {"rule": rule_words(vote)}
    if vote.override:
        text += _("经研究，没有完全按表决结果办理，理由：%(reason)s") % {"reason": vote.override_reason}
    vote.notice = post_notice(
        vote.place,
        by=by,
        kind=NoticeKind.ANNOUNCEMENT,
        title=_("%(title)s结果") % {"title": vote.title},
        body=text,
        table=result_table(vote),
        subject=vote,
    )
    vote.published_on = timezone.localdate()
    vote.save(update_fields=["state", "notice", "published_on"])
    record(vote, rules=vote.rules_label, notice=str(vote.notice.pk), file=vote.file_hash)
    return vote


@verb("budget_vote.void", "预算表决作废", MAY)
def void_vote(vote: BudgetVote, *, by: Actor, reason: str) -> BudgetVote:
    """Declare a vote void with the reason; it stays on file and counts for nothing."""
    if not reason.strip():
        raise Refused(_("请写明为什么作废。"), field="reason")
    LIFECYCLE.advance(vote, "budget_vote.void")
    vote.void_reason = reason.strip()
    vote.save(update_fields=["state", "void_reason"])
    record(vote, private={"reason": vote.void_reason})
    return vote


# ── Opening ───────────────────────────────────────────────────────────────
def _fit_to_open(
    place: Place,
    year: int,
    budget: int,
    offered: Sequence[Offered],
    conflicts: Sequence[Sequence[int]],
    lot_source: str,
) -> None:
    if len(offered) < FEWEST_OPTIONS:
        raise Refused(_("请至少给两份建议案填写费用，才有得选。"), field="offered")
    if any(one.proposal.place_id != place.pk or one.proposal.for_year != year for one in offered):
        raise Refused(_("只能选本地、同一拟办年度的建议案。"), field="offered")
    if budget <= 0:
        raise Refused(_("请填写可用的钱。"), field="budget")
    strange = {number for group in conflicts for number in group} - set(range(1, len(offered) + 1))
    if strange:
        raise Refused(_("互斥的项目里，编号超出了备选项目的个数。"), field="conflicts")
    if not lot_source.strip():
        raise Refused(_("请事先写明并列时用什么号码抽签，例如：福利彩票3D当期号码。"), field="lot_source")


def _put_up(vote: BudgetVote, offered: Sequence[Offered]) -> list[BudgetOption]:
    rows = [
        BudgetOption(vote=vote, proposal=one.proposal, number=n, title=one.proposal.title, cost=one.cost)
        for n, one in enumerate(offered, start=1)
    ]
    return BudgetOption.objects.bulk_create(rows)


def _freeze_register(vote: BudgetVote, roll: Sequence[tuple[str, str]], today: date) -> list[Voter]:
    serving = list(serving_here(vote.place, today))
    seats = [(one, one.name, one.constituency.name) for one in serving]
    others = [(None, name, unit) for name, unit in roll]
    if not seats and not others:
        raise Refused(_("本地现在没有在任的议事代表，也没有另外的名册，不能发起表决。"), field="roll")
    doubled = [name for name, unit in roll if roll.count((name, unit)) > 1]
    if doubled:
        raise Refused(
            _("名册上%(names)s重复。同名的请写楼院加以区别。") % {"names": "、".join(dict.fromkeys(doubled))},
            field="roll",
        )
    rows = [
        Voter(vote=vote, place=vote.place, representative=seat, position=n, name=name, unit=unit)
        for n, (seat, name, unit) in enumerate([*seats, *others], start=1)
    ]
    return Voter.objects.bulk_create(rows)


def _tell(vote: BudgetVote, voters: Sequence[Voter]) -> None:
    for one in voters:
        person = one.representative.person if one.representative is not None else None
        if person is not None:
            tell(
                person,
                once=f"budget_vote.open:{vote.pk}",
                template="budget_vote.open",
                subject=str(_("请您投票：%(title)s") % {"title": vote.title}),
                body=str(_("请在%(m)s月%(d)s日前投票。") % {"m": vote.closes.month, "d": vote.closes.day}),
                link=f"/council/budget-votes/{one.pk}/",
                place_code=vote.place.code,
            )


def _lot(vote: BudgetVote, options: Sequence[BudgetOption], numbers: Sequence[int] = ()) -> Any:
    names = [(one.number, one.title) for one in options]
    return rules.the_lot(vote.title, names, vote.lot_source, vote.lot_day.isoformat(), numbers)


# ── Ballots ───────────────────────────────────────────────────────────────
def _held(vote: BudgetVote) -> BudgetVote:
    """The vote, held so that it cannot close while a ballot comes in."""
    return BudgetVote.objects.select_for_update(of=("self",)).get(pk=vote.pk)


def _before_the_lot(vote: BudgetVote) -> None:
    if timezone.localdate() >= vote.lot_day:
        raise WrongState(_("抽签号码已经公布，选票不能再进来了。"))


def _compare(batch: PaperBatch) -> None:
    last = latest_keyings(list(batch.keyings.all()))
    if len(last) < 2 or rules.bundle_differences(*map(keying_bundle, last)):  # noqa: PLR2004 - a pair
        return
    batch.agreed, batch.ballots, batch.invalid = True, last[1].ballots, last[1].invalid
    batch.save(update_fields=["agreed", "ballots", "invalid"])


# ── The result ────────────────────────────────────────────────────────────
def _fit_to_close(vote: BudgetVote) -> None:
    waiting = [str(one.batch.number) for one in batches_of(vote) if not one.batch.agreed]
    if waiting:
        raise Refused(_("第%(n)s沓纸质选票还没有录成两遍一致。请先录完再截止。") % {"n": "、".join(waiting)})
    issued, returned = turnout(vote)["paper"], paper_sheets(vote)
    if returned > issued:
        raise Refused(
            _("录入的纸质选票有%(r)s张，多于名册上登记领取的%(i)s张。请核对名册和选票。") % {"r": returned, "i": issued}
        )


def _keep_result(vote: BudgetVote, result: rules.Record, **facts: Any) -> None:
    vote.result = result
    vote.file_hash = file_hash(ballot_file(vote))
    vote.save(update_fields=["state", "result", "lot", "closed_on", "file_hash"])
    record(
        vote,
        rules=vote.rules_label,
        winners=result["winners"],
        votes=result["votes"],
        ballots=[result["voters"], result["blank"]],
        undecided=rules.undecided(result),
        file=vote.file_hash,
        **facts,
    )


def _refuse(wrong: str, field: str = "") -> None:
    if wrong:
        raise Refused(wrong, field=field)


def _usable(work: Callable[[], T]) -> T:
    """What a method answers; where it cannot, its own sentence refuses."""
    try:
        return work()
    except Unusable as wrong:
        raise Refused(wrong.chinese) from None
