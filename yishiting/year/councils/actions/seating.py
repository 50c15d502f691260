"""Taking office and leaving it."""

from datetime import date

from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.organisations.actions import note_identity
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.year.councils import rules
from yishiting.year.councils.models import ByElection, Candidate, Leaving, Representative, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.published import results_table
from yishiting.year.councils.queries import Whole, candidates_of, rounds_of, term_of, undeclared
from yishiting.year.councils.states import BY_ELECTION_LIFECYCLE, LIFECYCLE, ByElectionState, CandidateState, State


@verb("term.seat", "新一届就任", MAY)
def seat_term(term: Term, *, by: Actor, begins: date | None = None) -> Term:
    """Publish the results and seat those elected for a term of the years in the rulebook."""
    book, first = rules_for(term.place), begins or timezone.localdate()
    elected = _elected(term)
    _make_room(term, first, by)
    term.begins = first
    term.ends = rules.last_day_of_term(first, book.number("council.term_years"))
    LIFECYCLE.advance(term, "term.seat", to=State.SEATED)
    term.result_notice = _publish_results(term, elected, by)
    term.rules_label = book.label
    term.save(update_fields=["begins", "ends", "state", "result_notice", "rules_label"])
    for candidate in elected:
        _seat(candidate, term, first, by)
    write_entry(term, rules=book.label, begins=first.isoformat(), ends=term.ends.isoformat(), seated=len(elected))
    return term


@verb("by_election.seat", "补选代表就任", MAY)
def seat_by_election(by_election: ByElection, *, by: Actor, begins: date | None = None) -> ByElection:
    """Publish the results of a by-election and seat those elected until the end of the term."""
    elected = _elected(by_election)
    term, first = by_election.term, begins or timezone.localdate()
    if term.state != State.SEATED or term.ends is None or first > term.ends:
        raise WrongState(f"{term}的任期已经结束，补选的代表不能就任。")
    BY_ELECTION_LIFECYCLE.advance(by_election, "by_election.seat", to=ByElectionState.SEATED)
    by_election.result_notice = _publish_results(by_election, elected, by)
    by_election.save(update_fields=["state", "result_notice"])
    for candidate in elected:
        _seat(candidate, term, first, by)
    write_entry(by_election, rules=rules_for(term.place).label, begins=first.isoformat(), seated=len(elected))
    return by_election


@verb("term.end", "任期结束", MAY)
def end_term(term: Term, *, by: Actor, on: date | None = None, reason: str = "") -> Term:
    """End a term: by the calendar after its last day, or earlier with a reason."""
    today = timezone.localdate()
    last = on or term.ends or today
    early = term.ends is None or last < term.ends
    if not early and last >= today:
        raise Refused(
            f"{term}到{chinese(last, 'plain')}届满，第二天自动结束。要提前结束，请写明最后一天和原因。", field="on"
        )
    if early and not reason.strip():
        raise Refused("提前结束任期要写明原因。", field="reason")
    if term.begins is not None and last < term.begins:
        raise Refused("结束日期不能早于任期开始。", field="on")
    LIFECYCLE.advance(term, "term.end", to=State.ENDED)
    term.ends, term.end_reason = last, reason.strip()
    term.save(update_fields=["state", "ends", "end_reason"])
    term.representatives.filter(until__gt=last, since__lte=last).update(until=last)
    write_entry(term, ends=last.isoformat(), early=early, private={"reason": reason})
    return term


@verb("representative.end", "代表离任", MAY)
def end_representative(
    representative: Representative, *, by: Actor, kind: Leaving, reason: str, on: date | None = None
) -> Representative:
    """A representative leaves before the end of the term: last day, kind and reason; the seat becomes vacant."""
    last = on or timezone.localdate()
    if not reason.strip():
        raise Refused("请写明离任原因和依据，例如：本人书面辞去；协商会第二次会议决定。", field="reason")
    if representative.end_kind:
        raise WrongState(f"{representative}已经办理离任。")
    if last < representative.since or (representative.until and last > representative.until):
        raise Refused("离任日期要在任期之内。", field="on")
    representative.until, representative.end_kind, representative.end_reason = last, kind, reason.strip()
    representative.save(update_fields=["until", "end_kind", "end_reason"])
    _forget_seats(representative.person)
    write_entry(representative, until=last.isoformat(), kind=str(kind), private={"reason": reason})
    return representative


@verb("representative.link", "关联代表账号", MAY)
def link_account(representative: Representative, *, by: Actor) -> Representative:
    """Join a representative to the account with the phone number they left as a candidate."""
    candidate = representative.candidate
    phone = candidate.phone if candidate is not None else ""
    person = Person.objects.with_phone(phone).first() if phone else None
    if representative.person_id:
        raise WrongState(f"{representative}已经关联账号。")
    if person is None:
        raise Refused(f"还没有用{representative}所留手机号开通的账号。请本人先用手机号登录一次。")
    representative.person = person
    representative.save(update_fields=["person"])
    write_entry(representative, person=str(person.pk))
    _welcome(representative, by)
    return representative


def _elected(whole: Whole) -> list[Candidate]:
    """Those elected, once every round has been declared and every one of them has agreed to be named."""
    left = undeclared(whole).count()
    if left:
        raise Refused(f"还有{left}个推选单位的结果没有宣布。请先全部宣布，再就任。")
    elected = list(candidates_of(whole).filter(state=CandidateState.ELECTED))
    if not elected:
        raise Refused("没有人当选，不能就任。请重新开放提名。")
    unasked = [one.name for one in elected if not one.consents_to_publication]
    if unasked:
        raise Refused(f"{'、'.join(unasked)}当选，但还没有登记本人同意公示。请先核实资格、征得本人同意并登记。")
    return elected


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


def _seat(candidate: Candidate, term: Term, since: date, by: Actor) -> None:
    representative = Representative.objects.create(
        term=term,
        constituency=candidate.constituency,
        place=term.place,
        candidate=candidate,
        person=candidate.person or _account_of(candidate),
        name=candidate.name,
        identities=candidate.identities,
        since=since,
        until=term.ends,
    )
    _welcome(representative, by)


def _welcome(representative: Representative, by: Actor) -> None:
    """Tell a representative with an account, and note the sectors they belong to."""
    person, place = representative.person, representative.place
    if person is None:
        return
    _forget_seats(person)
    held = set(person.identities.filter(place=place).values_list("kind", flat=True))
    wanted = {representative.constituency.sector, *representative.identities} - held
    if by.actor_kind == "person":
        for kind in sorted(wanted):
            note_identity(
                place,
                by=by,
                person=person,
                kind=IdentityKind(kind),
                since=representative.since,
                until=representative.until,
            )
    since = chinese(representative.since, "plain")
    served = f"{since}至{chinese(representative.until, 'plain')}" if representative.until else f"{since}起"
    body = f"您已当选{place.name}议事协商会{representative.term}议事代表，任期{served}。"
    once = f"representative.seat:{representative.pk}"
    tell(
        person,
        once=once,
        template="representative.seat",
        subject="您已当选议事代表",
        body=body,
        audience=Audience.REPRESENTATIVE,
    )


def _account_of(candidate: Candidate) -> Person | None:
    return Person.objects.with_phone(candidate.phone).first() if candidate.phone else None


def _forget_seats(person: Person | None) -> None:
    if person is not None:
        person.__dict__.pop("_seats", None)


@in_chinese
def _publish_results(whole: Whole, elected: list[Candidate], by: Actor) -> PublicNotice:
    """The result sheet as everybody may read it: the numbers of every round, and who was elected."""
    rounds = [one for one in rounds_of(whole).prefetch_related("candidates") if one.poll.result]
    lines = [
        f"{one.constituency}（{one.get_kind_display()}）：应到{one.poll.entitled_count}人，实到{one.poll.present_count}人。"
        f"{_ballots(one.poll.result)}"
        for one in rounds
    ]
    word = "补选" if isinstance(whole, ByElection) else "选举"
    return post_notice(
        whole.place,
        by=by,
        kind=NoticeKind.RESULT,
        title=f"{whole.place.name}议事协商会第{term_of(whole).number}届议事代表{word}结果公告",
        body="\n".join([f"经居民代表会议{word}，结果如下。应到人员名册随选举档案保存。", *lines]),
        table=results_table(rounds, elected),
        subject=whole,
        takes_objections=False,
    )


def _ballots(result: dict[str, object]) -> str:
    tally = result.get("tally")
    if not isinstance(tally, dict):
        return str(result.get("sentence", ""))
    return f"发出选票{tally['issued']}张，收回{tally['returned']}张，有效{tally['valid']}张，无效{tally['invalid']}张。"
