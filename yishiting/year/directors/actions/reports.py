"""《街乡问需工作报告》 and the list for the district: drafted, adopted by the directors, sent up, made public."""

from collections.abc import Sequence
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import A, Ref, Refs, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entries, write_entry
from yishiting.ground.notices.actions import in_one_statement, reach, tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import Whom, told_of
from yishiting.ground.organisations.models import Appointment, Office
from yishiting.ground.organisations.rules import DESKS, OF_THE_LINE
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number
from yishiting.year.directors.models import ListedMatter, NeedsReport, Sitting, SittingItem, Topic
from yishiting.year.directors.permissions import MAY
from yishiting.year.directors.published import report_tables
from yishiting.year.directors.queries import for_the_district, on_the_list, open_sittings
from yishiting.year.directors.states import REPORT_LIFECYCLE as LIFECYCLE
from yishiting.year.directors.states import ReportState
from yishiting.year.dossiers.actions import answer_referral, refer
from yishiting.year.dossiers.models import Outcome, ReferralKind
from yishiting.year.proposals.actions.telling import tell_all, told_words
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import LIFECYCLE as LIFECYCLE_OF_PROPOSAL
from yishiting.year.proposals.states import State as ProposalState

WORDS = Text(
    _("综述"),
    rows=6,
    hint=_("今年问需的做法、突出的问题和打算。数字由系统从记录里统计，这里不用写。"),
)


def _none_in_hand(place: Place) -> Sentence | None:
    drafted = NeedsReport.objects.filter(place=place, state=ReportState.DRAFTED).exists()
    return _("已经有一份正在起草的问需工作报告，请在那一份上办理。") if drafted else None


@verb(
    "needs_report.draft",
    _("起草问需工作报告"),
    MAY,
    done=_("已起草，数字已从记录里统计。"),
    conditions=(_none_in_hand,),
)
def draft_report(
    place: Place,
    *,
    by: Actor,
    year: Annotated[int, Whole(_("年度"), least=2000, most=2199, initial=lambda place: timezone.localdate().year)],
    words: Annotated[str, WORDS] = "",
) -> NeedsReport:
    """Draft the report of a year, drawn from the records; one adopted before stays as it was, this is the next version."""
    version = NeedsReport.objects.filter(place=place, year=year).count() + 1
    report = NeedsReport.objects.create(place=place, year=year, version=version, words=words)
    write_entry(report, year=year, private={"words": words})
    return report


@verb("needs_report.word", _("写综述"), MAY, done=_("已保存。"))
def word_report(report: NeedsReport, *, by: Actor, words: Annotated[str, WORDS]) -> NeedsReport:
    """Write what stands above the figures."""
    LIFECYCLE.advance(report, "needs_report.word")
    report.words = words
    report.save(update_fields=["words"])
    write_entry(report, private={"words": words})
    return report


def _of_the_district(report: NeedsReport) -> Sentence | None:
    if for_the_district(report.place).exists():
        return None
    return _("没有可以列入的建议案：本级草拟或通过的、责任层级是区级或市级的，才报区里。")


MATTERS = Refs(
    _("哪些建议案"),
    lambda report: for_the_district(report.place),
    called=lambda one: f"{one.title}（{one.get_responsible_level_display()}）",
    least=1,
    missing=_("请至少选一份建议案。"),
)
ADVICE = Text(
    _("工作建议"),
    rows=4,
    hint=_("例如：请区市政市容委统筹改造管线，街道配合做好居民工作。"),
    missing=_("请写明建议区里怎么办。"),
)


@verb("needs_report.list_matters", _("列入报区清单"), MAY, done=_("已列入。"), conditions=(_of_the_district,))
def list_matters(
    report: NeedsReport,
    *,
    by: Actor,
    proposals: Annotated[Sequence[Proposal], MATTERS],
    advice: Annotated[str, ADVICE],
) -> NeedsReport:
    """Put matters that the district has to solve on the list, with what the subdistrict advises."""
    LIFECYCLE.advance(report, "needs_report.list_matters")
    ListedMatter.objects.filter(proposal__in=proposals, live=True).update(live=False)  # answered before, listed anew
    ListedMatter.objects.bulk_create(
        ListedMatter(report=report, place=report.place, proposal=one, advice=advice) for one in proposals
    )
    write_entry(report, items=len(proposals), private={"advice": advice})
    return report


@verb("needs_report.take_off", _("从报区清单撤下"), MAY, done=_("已撤下。"))
def unlist(
    report: NeedsReport,
    *,
    by: Actor,
    matters: Annotated[Sequence[ListedMatter], Refs(_("哪些事项"), on_the_list, least=1)],
    reason: Annotated[str, line(_("原因"), missing=_("请写明为什么撤下。"))],
) -> NeedsReport:
    """Take matters off the list before the directors have adopted it."""
    LIFECYCLE.advance(report, "needs_report.take_off")
    ListedMatter.objects.filter(pk__in=[one.pk for one in matters]).update(live=False)
    write_entry(report, items=len(matters), private={"reason": reason})
    return report


SITTING = Ref(
    _("哪一次主任办公会"),
    lambda thing: open_sittings(thing.place),
    missing=_("请选正在开的主任办公会。没有的，请先“召集主任办公会”并“开会”。"),
    initial=lambda thing: open_sittings(thing.place).first(),
)


def a_sitting_is_open(thing: NeedsReport) -> Sentence | None:
    """What the directors decide is decided while they sit."""
    if open_sittings(thing.place).exists():
        return None
    return _("现在没有正在开的主任办公会。请先“召集主任办公会”并“开会”，会上再决定。")


@verb(
    "needs_report.adopt",
    _("主任办公会通过"),
    MAY,
    before=_("通过以后，这一版的数字和清单就留存下来，不再随记录变化。"),
    done=lambda one: _("已通过，编号%(number)s。请把报区清单报送区里，再向居民公开。") % {"number": one.number},
    conditions=(a_sitting_is_open,),
)
def adopt_report(
    report: NeedsReport,
    *,
    by: Actor,
    sitting: Annotated[A[Sitting], SITTING],
) -> NeedsReport:
    """The directors' meeting adopts the report: this version is kept as it is, with its list for the district."""
    LIFECYCLE.advance(report, "needs_report.adopt")
    report.content, report.sitting, report.adopted_on = report_tables(report), sitting, timezone.localdate()
    report.save(update_fields=["state", "content", "sitting", "adopted_on"])
    listed = on_the_list(report).count()
    SittingItem.objects.create(
        sitting=sitting,
        place=sitting.place,
        topic=Topic.REPORT,
        title=str(report),
        decision=f"通过{report}，由区级解决的问题{listed}件，报送区里。",
        decided_on=report.adopted_on,
    )
    write_entry(report, number=later(report, "number"), items=listed, sitting=str(sitting.pk))

    def save(serials: range) -> None:
        report.number = paper_number(f"{report.place.name}问需", report.year, serials[0])
        report.save(update_fields=["number"])

    number_at_the_end(report.place, Series.REPORT, report.year, save)
    return report


@verb("needs_report.drop", _("不用这一稿"), MAY, done=_("已标明不用。"), kind="danger")
def drop_report(
    report: NeedsReport, *, by: Actor, reason: Annotated[str, line(_("原因"), missing=_("请写明为什么不用。"))]
) -> NeedsReport:
    """Put a draft aside with the reason; what stood on its list may be listed anew."""
    LIFECYCLE.advance(report, "needs_report.drop")
    report.dropped_because = reason
    report.save(update_fields=["state", "dropped_because"])
    ListedMatter.objects.filter(report=report).update(live=False)
    write_entry(report, private={"reason": reason})
    return report


def _there_is_a_list(report: NeedsReport) -> Sentence | None:
    if report.sent_on is not None:
        return _("报区清单已经报送。")
    return None if on_the_list(report).exists() else _("这一版没有要报区里的事。")


@verb(
    "needs_report.send_list",
    _("报送报区清单"),
    MAY,
    before=lambda report: "\n".join(one.proposal.title for one in on_the_list(report)),
    done=lambda report: str(_("已报送。")) + told_of(_sending(report)).words,
    conditions=(_there_is_a_list,),
)
def send_list(report: NeedsReport, *, by: Actor) -> NeedsReport:
    """Send the list up by the line of the place: each matter's file takes its hop to the district, and waits there."""
    LIFECYCLE.advance(report, "needs_report.send_list")
    district, today = _district(report.place), timezone.localdate()
    due = due_after(today, rules_for(district).number("proposal.report_answer_workdays"))
    listed = list(on_the_list(report))
    for one in listed:
        _send_up(one, district, today, due)
    report.sent_on = today
    report.save(update_fields=["sent_on"])
    parts = [(one, {"report": str(report.pk), "due": due.isoformat()}) for one in listed]
    write_entries(report, parts, items=len(listed), to=district.code, due=due.isoformat())
    _tell_the_committee(report, district, len(listed))
    return report


def _district(place: Place) -> Place:
    return Place.objects.get(division_path=place.ancestor_paths()[0])


def _send_up(one: ListedMatter, district: Place, today: object, due: object) -> None:
    proposal = Proposal.objects.select_for_update(no_key=True, of=("self",)).get(pk=one.proposal_id)
    LIFECYCLE_OF_PROPOSAL.advance(proposal, "needs_report.send_list")
    proposal.save(update_fields=["state"])
    refer(
        proposal.dossier,
        ReferralKind.UP,
        district,
        here=proposal.place,
        reason=one.advice,
        today=today,  # type: ignore[arg-type]  # both are days
        due=due,  # type: ignore[arg-type]
    )
    one.sent_on = today  # type: ignore[assignment]
    one.save(update_fields=["sent_on"])
    tell_all(proposal, "list_up", f"建议案“{proposal.title}”要由区级解决，{proposal.place}已报送区里，等待答复。")


def _sending(report: NeedsReport) -> str:
    return f"needs_report.send_list:{report.pk}"


@in_chinese
def _tell_the_committee(report: NeedsReport, district: Place, listed: int) -> None:
    """Everybody of the committee of the line is told; where nobody is appointed, it stands on the list to ring."""
    office = OF_THE_LINE[report.place.line]
    held = Appointment.objects.in_force(timezone.localdate()).filter(place=district, office=office)
    people = [Whom(name=one.person.name, person=one.person) for one in held.select_related("person")]
    with in_one_statement():
        for whom in people or [Whom(name=str(Office(office).label))]:
            reach(
                whom,
                step=_sending(report),
                template="needs_report.send_list",
                subject=f"{report.place.name}报送的清单等您收下",
                body=f"{report}的报区清单（{listed}件）已报送，请收下并初审。",
                audience=Audience.DESK,
                about=report,
                place=report.place,
            )


def _sent_and_not_received(report: NeedsReport) -> Sentence | None:
    if report.sent_on is None:
        return _("报区清单还没有报送。")
    return None if report.received_on is None else _("这份清单已经收下。")


@verb(
    "needs_report.receive_list",
    _("收下报区清单"),
    MAY,
    before=lambda report: "\n".join(one.proposal.title for one in on_the_list(report)),
    done=_("已收下，请逐件初审；不属于区级的，写明理由退回。"),
    conditions=(_sent_and_not_received,),
)
def receive_list(report: NeedsReport, *, by: Actor) -> NeedsReport:
    """The committee of the line receives the list; each matter is then screened, or returned with its reason."""
    report.received_on = timezone.localdate()
    report.save(update_fields=["received_on"])
    write_entry(report, on=report.received_on.isoformat())
    return report


def _waits_for_the_committee(matter: ListedMatter) -> Sentence | None:
    if matter.sent_on is None:
        return _("这件事还没有报送。")
    if matter.returned_on is not None:
        return _("这件事已经退回。")
    waits = matter.proposal.state == ProposalState.REPORTED_UP
    return None if waits else _("这件事区里已经答复，不能再退回。")


RETURNED = Text(_("退回理由"), rows=3, missing=_("请写明为什么退回，街乡和提出人会看到。"))


@verb(
    "listed_matter.give_back",
    _("退回街乡"),
    MAY,
    before=lambda matter: f"{matter.proposal.situation}\n\n{matter.advice}",
    done=lambda one: str(_("已退回。")) + told_words(one.proposal, "given_back"),
    conditions=(_waits_for_the_committee,),
    kind="danger",
)
def give_back(matter: ListedMatter, *, by: Actor, reason: Annotated[str, RETURNED]) -> ListedMatter:
    """The committee returns a matter with its reason: it lies with the subdistrict again, as it stood before."""
    proposal, today = matter.proposal, timezone.localdate()
    to = ProposalState.ADOPTED if proposal.resolution_number else ProposalState.DRAFTED
    LIFECYCLE_OF_PROPOSAL.advance(proposal, "listed_matter.give_back", to=to)
    proposal.save(update_fields=["state"])
    answer_referral(
        proposal.dossier, ReferralKind.UP, matter.place, answer=reason, outcome=Outcome.RETURNED, today=today
    )
    matter.returned_on, matter.returned_because, matter.live = today, reason, False
    matter.save(update_fields=["returned_on", "returned_because", "live"])
    write_entry(matter, report=str(matter.report_id), private={"reason": reason})
    _tell_the_heads(matter, reason)
    tell_all(proposal, "given_back", f"建议案“{proposal.title}”区里退回{proposal.place}研究：{reason}")
    return matter


@in_chinese
def _tell_the_heads(matter: ListedMatter, reason: str) -> None:
    heads = Appointment.objects.in_force(timezone.localdate()).filter(
        place=matter.place, office__in=DESKS[matter.place.level].leading
    )
    with in_one_statement():
        for head in heads.select_related("person"):
            tell(
                head.person,
                once=f"listed_matter.give_back:{matter.pk}",
                template="listed_matter.give_back",
                subject="区里退回了一件报区事项",
                body=f"“{matter.proposal.title}”已退回：{reason}",
                audience=Audience.DESK,
                about=matter.proposal,
                place_code=matter.place.code,
            )


@verb(
    "needs_report.publish",
    _("向居民公开"),
    MAY,
    before=_("公开的是主任办公会通过的那一版。建议人的姓名、电话不会公开。"),
    done=_("已公开。"),
)
def publish_report(report: NeedsReport, *, by: Actor) -> NeedsReport:
    """Make the adopted version public."""
    LIFECYCLE.advance(report, "needs_report.publish")
    report.published_on = timezone.localdate()
    report.save(update_fields=["state", "published_on"])
    write_entry(report, on=report.published_on.isoformat())
    return report
