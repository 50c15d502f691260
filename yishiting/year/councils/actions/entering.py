"""A council already in office is entered with its term, roster and papers; the level above confirms it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import Day, Files, Text, Whole, YesNo
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.queries import unit_named
from yishiting.ground.seasons.queries import rules_for
from yishiting.ground.seasons.rules import Book
from yishiting.year.councils import rules
from yishiting.year.councils.actions.seating import seat_candidate
from yishiting.year.councils.actions.sectors import advice, why_not_entered
from yishiting.year.councils.actions.terms import MOST_TERMS, none_in_the_making
from yishiting.year.councils.choices import Publishable, Route
from yishiting.year.councils.models import Candidate, Constituency, Council, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import candidates_of
from yishiting.year.councils.roster import RosterLines, Sitting
from yishiting.year.councils.states import CANDIDATE_LIFECYCLE, LIFECYCLE

NUMBER = Whole(_("届次"), least=1, most=MOST_TERMS, initial=lambda thing: getattr(thing, "number", 1))
BEGINS = Day(_("任期开始"), past=True)
ENDS = Day(_("任期届满"), ahead=True, hint=_("按换届结果写。例如三年一届，2024-4-1 开始的写 2027-3-31。"))
BASIS = Text(
    _("怎样产生的"),
    rows=3,
    hint=_("例如：2024年3月28日居民代表会议选举产生，街道批复〔2024〕6号。会在公开页上显示。"),
    missing=_("请写明这一届是什么时候、怎样产生的，上级据此确认。"),
    initial=lambda thing: getattr(thing, "entry_basis", ""),
)
ROSTER = RosterLines(
    _("代表名册"),
    hint=_(
        "一行一人：推选单位、方面、姓名，后面可以写手机号、单位或楼院、其他身份。可以从表格里连表头一起复制粘贴。"
        "空缺的席位姓名写“空缺”。"
    ),
    missing=_("请把在任代表写上，一行一人。"),
    rows=12,
    initial=lambda thing: entered_roster(thing) if isinstance(thing, Term) else [],
)
CONSENTS = YesNo(
    _("名册上的代表都同意公开姓名"),
    hint=_("以前公示过姓名的，请勾选。还没有问过的不要勾，公开页上不显示全名。"),
    initial=lambda thing: isinstance(thing, Term) and _all_consent(thing),
)
PAPERS = Files(_("依据材料"), hint=_("选举结果公告、代表名册的照片或扫描件，只有工作人员看得到。"))


def _not_before(term: Council) -> Sentence | None:
    if not term.terms.exists():
        return None
    return _("这里已经有%(term)s。登记在任的一届只用于刚开始使用本系统时，以后请“筹备新一届”。") % {
        "term": term.terms.first()
    }


@verb(
    "term.enter",
    _("登记在任的一届"),
    MAY,
    before=_("本系统启用以前选举产生、现在正在履职的一届在这里登记。登记后由上一级确认，确认后代表就可以履职。"),
    done=_("已登记，等待上级确认。确认以后就可以召集会议。"),
    conditions=(none_in_the_making, _not_before),
)
def enter_term(
    council: Council,
    *,
    by: Actor,
    number: Annotated[int, NUMBER],
    begins: Annotated[date, BEGINS],
    ends: Annotated[date, ENDS],
    basis: Annotated[str, BASIS],
    roster: Annotated[Sequence[Sitting], ROSTER],
    consents: Annotated[bool, CONSENTS] = False,
    papers: Annotated[Sequence[Any], PAPERS] = (),
) -> Term:
    """Write down the term in office when a place joins: its days, how it came about, who sits in it."""
    term = Term(council=council, place=council.place, number=number, entered_on=timezone.localdate())
    _write(term, begins, ends, basis)
    LIFECYCLE.advance(term, "term.enter")
    term.save(force_insert=True)
    _seat_roster(term, roster, consents)
    _record(term, by, papers, number=number, consents=consents)
    return term


@verb("term.amend_entry", _("修改在任一届的登记"), MAY, done=_("登记已修改，等待上级确认。"))
def amend_entry(
    term: Term,
    *,
    by: Actor,
    number: Annotated[int, NUMBER],
    begins: Annotated[date, BEGINS],
    ends: Annotated[date, ENDS],
    basis: Annotated[str, BASIS],
    roster: Annotated[Sequence[Sitting], ROSTER],
    consents: Annotated[bool | None, CONSENTS] = None,
    papers: Annotated[Sequence[Any], PAPERS] = (),
) -> Term:
    """Put the entry of a term right before the level above confirms it."""
    agreed = _all_consent(term) if consents is None else consents
    term.number, term.entry_note = number, ""
    _write(term, begins, ends, basis)
    term.save(update_fields=["number", "begins", "ends", "entry_basis", "entry_note", "rules_label"])
    candidates_of(term).delete()
    term.constituencies.all().delete()
    _seat_roster(term, roster, agreed)
    _record(term, by, papers, number=number, consents=agreed)
    return term


@verb(
    "term.return_entry", _("退回登记"), MAY, done=_("已退回，原因写在那一届的页面上，请打电话告诉当地。"), kind="danger"
)
def return_entry(
    term: Term, *, by: Actor, reason: Annotated[str, Text(_("哪里不对"), rows=3, missing=_("请写明哪里要改。"))]
) -> Term:
    """Give an entry back to the place with what is wrong in it."""
    term.entry_note = reason
    term.save(update_fields=["entry_note"])
    write_entry(term, private={"reason": reason})
    return term


def summary(term: Term) -> str:
    """What the level above looks at before it agrees: days, number of people, what departs from the rules."""
    book, people = rules_for(term.place), candidates_of(term).count()
    fewest, most = book.number("council.seats_min"), book.number("council.seats_max")
    days = f"{chinese(term.begins, 'plain')}—{chinese(term.ends, 'plain')}" if term.begins and term.ends else ""
    told = {"council": f"{term.council}{term}", "days": days, "people": people, "basis": term.entry_basis}
    said = str(_("%(council)s，任期%(days)s，在任代表%(people)s人。产生依据：%(basis)s") % told)
    beyond = [] if fewest <= people <= most else [_beyond(fewest, most, book)]
    sectors = {kind for one in candidates_of(term) for kind in (one.constituency.sector, *one.identities)}
    return "\n".join(filter(None, [said, *beyond, _too_few_from_below(term, book), str(advice(term.place, sectors))]))


def _beyond(fewest: int, most: int, book: Book) -> str:
    rule = {"fewest": fewest, "most": most, "rule": book.sentence("council.seats_max")}
    return str(_("人数不在规则的%(fewest)s至%(most)s人之内（%(rule)s），请核对。") % rule)


def _too_few_from_below(term: Term, book: Book) -> str:
    """The sentence of the rule where those sent by communities hold too few of the seats; empty otherwise."""
    groups, share = list(term.constituencies.all()), book.share("council.communities_over")
    total, sent = sum(one.seats for one in groups), sum(one.seats for one in groups if one.sends_id)
    if not share or sent > share * total:
        return ""
    told = {"sent": sent, "total": total, "share": share, "rule": book.sentence("council.communities_over")}
    sentence = _("推选单位写明是社区（村）的有%(sent)s席，没有超过%(total)s席的%(share)s（%(rule)s），请核对。")
    return str(sentence % told)


@verb(
    "term.confirm_entry",
    _("确认在任的一届"),
    MAY,
    before=summary,
    done=_("已确认，名册上的代表可以履职了。"),
)
def confirm_entry(term: Term, *, by: Actor) -> Term:
    """The level above confirms an entered term: those on its roster serve until its last day."""
    if term.begins is None or term.ends is None or term.ends < timezone.localdate():
        raise Refused(_("这一届的任期已经届满，不能确认。请退回，由本地直接“筹备新一届”。"))
    LIFECYCLE.advance(term, "term.confirm_entry")
    term.confirmed_on, term.entry_note = timezone.localdate(), ""
    term.confirmed_by = by if isinstance(by, Person) else None
    term.save(update_fields=["state", "confirmed_on", "confirmed_by", "entry_note"])
    seated = list(candidates_of(term))
    for candidate in seated:
        CANDIDATE_LIFECYCLE.advance(candidate, "term.confirm_entry")
        candidate.save(update_fields=["state"])
        seat_candidate(candidate, term, term.begins, by)
    write_entry(term, rules=term.rules_label, seated=len(seated))
    return term


def _is_the_only_one(term: Term) -> Sentence | None:
    if term.council.terms.exclude(pk=term.pk).exists():
        return _("已经有前后几届，届次由系统接着往下排，不能单独改。")
    return None


@verb("term.renumber", _("更正届次"), MAY, done=_("届次已更正。"), conditions=(_is_the_only_one,))
def renumber_term(
    term: Term,
    *,
    by: Actor,
    number: Annotated[int, NUMBER],
    reason: Annotated[str, Text(_("更正原因"), rows=2, most=400)],
) -> Term:
    """Put right the number of a council's first term, when it was typed wrongly."""
    if number == term.number:
        raise Refused(_("现在就是%(term)s，不用改。") % {"term": term}, field="number")
    was, term.number = term.number, number
    term.save(update_fields=["number"])
    write_entry(term, number=number, was=was, private={"reason": reason})
    return term


def _all_consent(term: Term) -> bool:
    return not candidates_of(term).filter(consents_to_publication=False).exists()


def entered_roster(term: Term) -> list[tuple[str, ...]]:
    """The roster of an entered term as it is written, to be mended."""
    rows = candidates_of(term).order_by("constituency__position", "created_at")
    return [_sitting(one).row() for one in rows]


def _sitting(one: Candidate) -> Sitting:
    group = one.constituency
    return Sitting(group.name, group.sector, one.name, one.phone, one.unit, tuple(one.identities))


def _write(term: Term, begins: date, ends: date, basis: str) -> None:
    if ends < begins:
        raise Refused(_("届满日期不能早于任期开始日期。"), field="ends")
    term.begins, term.ends, term.entry_basis = begins, ends, basis
    term.rules_label = rules_for(term.place).label


def _seat_roster(term: Term, roster: Sequence[Sitting], consents: bool) -> None:
    """A constituency for each that sends somebody, with as many seats as it has lines; a candidate for each person."""
    if sentence := rules.why_not_roster([(one.constituency, one.sector, one.name) for one in roster]):
        raise Refused(sentence, field="roster")
    if missing := why_not_entered(term.place, {kind for one in roster for kind in (one.sector, *one.identities)}):
        raise Refused(missing, field="roster")
    below = {name: one for one in term.place.children.all() for name in (one.code, *_called(one.name))}
    groups: dict[str, list[Sitting]] = {}
    for one in roster:
        groups.setdefault(one.constituency, []).append(one)
    for position, (name, members) in enumerate(groups.items(), start=1):
        group = Constituency.objects.create(
            term=term,
            place=term.place,
            name=name,
            sector=members[0].sector,
            seats=len(members),
            position=position,
            sends=(sends := next((below[one] for one in _called(name) if one in below), None)),
            unit=unit_named(term.place, name) if sends is None else None,
        )
        for one in members:
            if not one.vacant:
                _candidate(group, one, consents)


def _called(name: str) -> list[str]:
    """A community under the names rosters use: 枣营北里社区, 枣营北里, 枣营北里社区居委会."""
    bare = name.strip().removesuffix("居委会").removesuffix("村委会").removesuffix("议事协商会")
    return list(dict.fromkeys([name.strip(), bare, bare.removesuffix("社区")]))


def _candidate(group: Constituency, one: Sitting, consents: bool) -> Candidate:
    return Candidate.objects.create(
        constituency=group,
        place=group.place,
        name=one.name,
        unit=one.unit,
        phone=one.phone,
        identities=list(one.identities),
        route=Route.ENTERED,
        consents_to_publication=consents,
        publishes=[Publishable.UNIT.value] if consents and one.unit else [],
        consented_on=timezone.localdate() if consents else None,
    )


def _record(term: Term, by: Actor, papers: Sequence[Any], **facts: Any) -> None:
    people = candidates_of(term)
    begins, ends = (day.isoformat() if day else "" for day in (term.begins, term.ends))
    names = "、".join(one.name for one in people)
    private = {"basis": term.entry_basis, "names": names}
    write_entry(term, rules=term.rules_label, begins=begins, ends=ends, seated=len(people), private=private, **facts)
    for paper in papers:
        attach(term, paper, by=by, purpose="paper", public=False)
