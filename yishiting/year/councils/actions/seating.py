"""Taking office and leaving it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import Day, OneOf, Text
from yishiting.ground.common.people_parameters import Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.places.organs import assembly_of, council_of
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.year.councils import rules
from yishiting.year.councils.actions import election
from yishiting.year.councils.actions.sectors import belong_to, why_not_every_sector
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import ByElection, Candidate, ElectionRound, Representative, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.published import results_table
from yishiting.year.councils.queries import Whole, chosen, rounds_of, term_of, undeclared
from yishiting.year.councils.signals import roster_mended
from yishiting.year.councils.states import BY_ELECTION_LIFECYCLE, CANDIDATE_LIFECYCLE, LIFECYCLE, CandidateState, State

if TYPE_CHECKING:
    from django.db.models import QuerySet


BEGINS = Day(_("任期从哪一天开始"), hint=_("不填就从今天开始。"))


def _all_are_declared(whole: Whole) -> Sentence | None:
    left = undeclared(whole).count()
    return _("还有%(n)s个推选单位的结果没有宣布。请先逐个“宣布选举结果”，再就任。") % {"n": left} if left else None


def _somebody_is_elected(whole: Whole) -> Sentence | None:
    return None if _elected(whole).exists() else _("没有人当选，不能就任。请重新开放提名。")


def _all_agree(whole: Whole) -> Sentence | None:
    unasked = "、".join(one.name for one in _elected(whole) if not one.consents_to_publication)
    if not unasked:
        return None
    sentence = _(
        "%(names)s当选，但还没有登记本人同意公示。请先核实资格、征得本人同意并登记；本人不愿担任的，请办理退出参选。"
    )
    return sentence % {"names": unasked}


#: What holds before anybody elected takes office.
SEATING = (_all_are_declared, _somebody_is_elected, _all_agree)


def _elected(whole: Whole) -> "QuerySet[Candidate]":
    return chosen(whole)


def _from_below(term: Term) -> Sentence | None:
    """Those sent by places below are as many as the rules ask."""
    book, people = rules_for(term.place), list(_elected(term).select_related("constituency"))
    sent = sum(1 for one in people if one.constituency.sends_id)
    share, source = book.share("council.communities_over"), book.sentence("council.communities_over")
    return rules.why_not_over_share(sent, len(people), share, source)


@verb(
    "term.seat",
    _("公布结果，新一届就任"),
    MAY,
    done=_("结果已公告，新一届代表就任。"),
    conditions=(*SEATING, why_not_every_sector, _from_below),
)
def seat_term(term: Term, *, by: Actor, begins: Annotated[date | None, BEGINS] = None) -> Term:
    """Publish the results and seat those elected for a term of the years in the rulebook."""
    return _seat(term, "term.seat", by, begins)


@verb(
    "term.confirm",
    _("确定代表，就任"),
    MAY,
    done=_("代表名单已公告，新一届代表就任。"),
    conditions=(
        election.nobody_votes,
        election.notice_is_clear,
        election.as_publicised,
        *SEATING,
        why_not_every_sector,
        _from_below,
    ),
)
def confirm_term(term: Term, *, by: Actor, begins: Annotated[date | None, BEGINS] = None) -> Term:
    """Confirm those sent and recommended, once their publicity has ended, and seat them for a term."""
    return _seat(term, "term.confirm", by, begins)


def _seat(term: Term, code: str, by: Actor, begins: date | None) -> Term:
    book, first = rules_for(term.place), begins or timezone.localdate()
    elected = list(_elected(term))
    _make_room(term, first, by)
    term.begins = first
    term.ends = rules.last_day_of_term(first, book.number("council.term_years"))
    LIFECYCLE.advance(term, code)
    _take_those_sent(elected, code)
    term.result_notice = _publish_results(term, elected, by)
    term.rules_label = book.label
    term.save(update_fields=["begins", "ends", "state", "result_notice", "rules_label"])
    for candidate in elected:
        seat_candidate(candidate, term, first, by)
    write_entry(term, rules=book.label, begins=first.isoformat(), ends=term.ends.isoformat(), seated=len(elected))
    return term


def _term_is_in_office(by_election: ByElection) -> Sentence | None:
    return None if by_election.term.state == State.SEATED else _why_too_late(by_election)


def _why_too_late(by_election: ByElection) -> Sentence:
    sentence = _("%(term)s的任期已经结束，补选的代表不能就任。请办理“不再补选”。")
    return sentence % {"term": by_election.term}


@verb(
    "by_election.seat",
    _("公布结果，补选代表就任"),
    MAY,
    done=_("结果已公告，补选代表就任。"),
    conditions=(_term_is_in_office, *SEATING),
)
def seat_by_election(
    by_election: ByElection, *, by: Actor, begins: Annotated[date | None, BEGINS] = None
) -> ByElection:
    """Publish the results of a by-election and seat those elected until the end of the term."""
    return _seat_some(by_election, "by_election.seat", by, begins)


@verb(
    "by_election.confirm",
    _("确定代表，就任"),
    MAY,
    done=_("名单已公告，推派的代表就任。"),
    conditions=(election.nobody_votes, _term_is_in_office, election.notice_is_clear, election.as_publicised, *SEATING),
)
def confirm_by_election(
    by_election: ByElection, *, by: Actor, begins: Annotated[date | None, BEGINS] = None
) -> ByElection:
    """Confirm those sent for vacant seats or in others' places, once their publicity has ended."""
    return _seat_some(by_election, "by_election.confirm", by, begins)


def _take_those_sent(elected: list[Candidate], code: str) -> None:
    for one in elected:
        if one.state == CandidateState.QUALIFIED:
            CANDIDATE_LIFECYCLE.advance(one, code)
            one.save(update_fields=["state"])


def _seat_some(by_election: ByElection, code: str, by: Actor, begins: date | None) -> ByElection:
    elected = list(_elected(by_election))
    term, first = by_election.term, begins or timezone.localdate()
    if term.ends is None or first > term.ends:
        raise Refused(_why_too_late(by_election), field="begins")
    BY_ELECTION_LIFECYCLE.advance(by_election, code)
    _take_those_sent(elected, code)
    by_election.result_notice = _publish_results(by_election, elected, by)
    by_election.save(update_fields=["state", "result_notice"])
    for candidate in elected:
        seat_candidate(candidate, term, first, by)
    write_entry(by_election, rules=rules_for(term.place).label, begins=first.isoformat(), seated=len(elected))
    return by_election


@verb("term.end", _("结束任期"), MAY, done=_("任期已经结束。"), kind="danger")
def end_term(
    term: Term,
    *,
    by: Actor,
    on: Annotated[date | None, Day(_("最后一天"))] = None,
    reason: Annotated[str, Text(_("提前结束的原因"), rows=3)] = "",
) -> Term:
    """End a term: by the calendar after its last day, or earlier with a reason."""
    today = timezone.localdate()
    last = on or term.ends or today
    early = term.ends is None or last < term.ends
    if not early and last >= today:
        said = {"term": term, "day": chinese(last, "plain")}
        sentence = _("%(term)s到%(day)s届满，第二天自动结束。要提前结束，请写明最后一天和原因。")
        raise Refused(sentence % said, field="on")
    if early and not reason:
        raise Refused(_("提前结束任期要写明原因。"), field="reason")
    if term.begins is not None and last < term.begins:
        raise Refused(_("结束日期不能早于任期开始。"), field="on")
    LIFECYCLE.advance(term, "term.end")
    term.ends, term.end_reason = last, reason
    term.save(update_fields=["state", "ends", "end_reason"])
    term.representatives.filter(until__gt=last, since__lte=last).update(until=last)
    write_entry(term, ends=last.isoformat(), early=early, private={"reason": reason})
    return term


def _has_not_left(representative: Representative) -> Sentence | None:
    if not representative.end_kind:
        return None
    return _("%(name)s已经办理离任。") % {"name": representative}


LEFT_BECAUSE = Text(
    _("原因和依据"),
    rows=3,
    hint=_("例如：本人书面辞去；协商会第二次会议决定终止资格。"),
    missing=_("请写明离任原因和依据，例如：本人书面辞去；协商会第二次会议决定。"),
)


@verb(
    "representative.end",
    _("办理离任"),
    MAY,
    done=_("已办理离任。空缺的席位可以在协商会概况页决定补选。"),
    kind="danger",
    conditions=(_has_not_left,),
)
def end_representative(
    representative: Representative,
    *,
    by: Actor,
    kind: Annotated[Leaving, OneOf(_("离任类别"), Leaving)],
    on: Annotated[date | None, Day(_("最后一天"), hint=_("不填就是今天。"))] = None,
    reason: Annotated[str, LEFT_BECAUSE],
) -> Representative:
    """A representative leaves before the end of the term: last day, kind and reason; the seat becomes vacant."""
    last = on or timezone.localdate()
    if last < representative.since or (representative.until and last > representative.until):
        raise Refused(_("离任日期要在任期之内。"), field="on")
    representative.until, representative.end_kind, representative.end_reason = last, kind, reason
    representative.save(update_fields=["until", "end_kind", "end_reason"])
    _forget_seats(representative.person)
    write_entry(representative, until=last.isoformat(), kind=str(kind), private={"reason": reason})
    return representative


def _is_not_linked(representative: Representative) -> Sentence | None:
    if not representative.person_id:
        return None
    return _("%(name)s已经关联账号。") % {"name": representative}


PHONE = Phone(
    _("手机号"),
    hint=_("当选或登记时没有留手机号的，在这里补上；留过的不用填。"),
    initial=lambda _representative: "",
)


@verb(
    "representative.link",
    _("关联账号"),
    MAY,
    done=lambda one: (
        _("已关联账号。") if one.person_id else _("手机号已登记。本人用这个号码登录以后，再办一次就关联上了。")
    ),
    conditions=(_is_not_linked,),
)
def link_account(representative: Representative, *, by: Actor, phone: Annotated[str, PHONE] = "") -> Representative:
    """Join a representative to the account with the phone number they left, or with one they tell now."""
    candidate = representative.candidate
    if phone and candidate is not None:
        candidate.phone = phone
        candidate.save(update_fields=["phone"])
    person = Person.objects.with_phone(phone).first() if phone else _account_of(candidate)
    if person is None and (candidate is None or not phone):
        sentence = _("还没有用%(name)s所留手机号开通的账号。请补上手机号，或请本人先用手机号登录一次。")
        raise Refused(sentence % {"name": representative})
    if person is not None:
        _refuse_two_seats(representative, person)
    representative.person = person
    representative.save(update_fields=["person"])
    told = {"person": str(person.pk) if person is not None else "", "phone": phone}
    roster_mended.send(sender=Representative, representative=representative)
    write_entry(representative, private={name: said for name, said in told.items() if said})
    _welcome(representative)
    return representative


def _refuse_two_seats(representative: Representative, person: Person) -> None:
    """One account votes for one seat, also where two of a family have left the same number."""
    others = person.seats.serving(timezone.localdate()).filter(term=representative.term)
    if other := others.exclude(pk=representative.pk).first():
        sentence = _(
            "这个手机号的账号已经关联本届代表%(other)s，一个账号只能对应一个席位。请填写%(name)s本人的手机号。"
        )
        raise Refused(sentence % {"other": other, "name": representative}, field="phone")


def _make_room(term: Term, begins: date, by: Actor) -> None:
    """The term before this one must be over by then; if the calendar has ended it, it is closed now."""
    previous = term.council.terms.filter(state=State.SEATED).exclude(pk=term.pk).first()
    if previous is None:
        return
    refusal = rules.why_not_seat(begins, str(previous), previous.ends)
    if refusal is not None:
        raise Refused(refusal, field="begins")
    if previous.ends is not None and previous.ends < timezone.localdate():
        end_term(previous, by=by)


def seat_candidate(candidate: Candidate, term: Term, since: date, by: Actor) -> None:
    """Somebody elected takes the seat; not a verb: verbs call it."""
    representative = Representative.objects.create(
        term=term,
        constituency=candidate.constituency,
        place=term.place,
        candidate=candidate,
        person=candidate.person or _account_of(candidate),
        name=candidate.name,
        since=since,
        until=term.ends,
    )
    belong_to(representative, candidate.identities)
    if candidate.replaces is not None:
        _replaced(candidate.replaces, representative)
    _welcome(representative)


def _replaced(former: Representative, by: Representative) -> None:
    """Who is replaced serves until the day before; the seat stays that of whoever sends."""
    former.until = max(former.since, by.since - timedelta(days=1))
    former.end_kind, former.end_reason = Leaving.REPLACED, f"{by.constituency.sender}另派{by.name}"
    former.save(update_fields=["until", "end_kind", "end_reason"])
    _forget_seats(former.person)


def _welcome(representative: Representative) -> None:
    """Tell a representative with an account."""
    person, place = representative.person, representative.place
    if person is None:
        return
    _forget_seats(person)
    since = chinese(representative.since, "plain")
    served = f"{since}至{chinese(representative.until, 'plain')}" if representative.until else f"{since}起"
    term, council = representative.term, f"{council_of(place, None)}{representative.term}"
    body = (
        f"您已登记为{council}议事代表，任期{served}。"
        if term.elected_elsewhere
        else f"您已当选{council}议事代表，任期{served}。"
    )
    once = f"representative.seat:{representative.pk}"
    tell(
        person,
        once=once,
        template="representative.seat",
        subject="您的议事代表身份已登记" if term.elected_elsewhere else "您已当选议事代表",
        body=body,
        audience=Audience.REPRESENTATIVE,
    )


def _account_of(candidate: Candidate | None) -> Person | None:
    phone = candidate.phone if candidate is not None else ""
    return Person.objects.with_phone(phone).first() if phone else None


def _forget_seats(person: Person | None) -> None:
    if person is not None:
        person.__dict__.pop("_seats", None)


@in_chinese
def _publish_results(whole: Whole, elected: list[Candidate], by: Actor) -> PublicNotice:
    """The result sheet as everybody may read it: the numbers of every round, and who was elected."""
    rounds = [one for one in rounds_of(whole).prefetch_related("candidates") if one.poll.result]
    lines = [
        f"{one.constituency}（{one.get_kind_display()}）：应到{one.poll.entitled_count}人，实到{one.poll.present_count}人{_by_proxy(one)}。"
        f"{_ballots(one.poll.result)}"
        for one in rounds
    ]
    sent = bool(elected) and not rounds
    word = "确定" if sent else "补选" if isinstance(whole, ByElection) else "选举"
    how = f"经推派、推荐和公示，确定议事代表{len(elected)}名，名单如下。"
    voted = f"经{assembly_of(whole.place, None)}{word}，结果如下。应到人员名册随选举档案保存。"
    return post_notice(
        whole.place,
        by=by,
        kind=NoticeKind.RESULT,
        title=f"{council_of(whole.place, None)}第{term_of(whole).number}届议事代表{word}结果公告",
        body="\n".join([how if sent else voted, *lines]),
        table=results_table(rounds, elected),
        subject=whole,
        takes_objections=False,
    )


def _by_proxy(one: ElectionRound) -> str:
    number = rules.represented(one.poll.entitled)
    return f"（其中书面委托{number}人）" if number else ""


def _ballots(result: dict[str, object]) -> str:
    tally = result.get("tally")
    if not isinstance(tally, dict):
        return str(result.get("sentence", ""))
    return f"发出选票{tally['issued']}张，收回{tally['returned']}张，有效{tally['valid']}张，无效{tally['invalid']}张。"
