"""What the demo's year has not twice: rows for the lists that would otherwise be tried with one row or none."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from tests.lived_year import LATE
from yishiting.doors.common.stage import COMMUNITY, SUBDISTRICT
from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.models import AccountJoin, Proof
from yishiting.ground.notices.models import Call, Delivery, Message, Way
from yishiting.ground.organisations.actions import close_organisation, register_organisation, reopen_organisation
from yishiting.ground.organisations.models import Appointment, LocalPerson, LocalRole, Organisation, OrganisationKind
from yishiting.ground.places.models import ChangeKind, Estate, Level, Place, PlaceChange
from yishiting.instruments.funds.models import Account, AccountKind, Fund, Posting
from yishiting.instruments.publicity.models import Objection, PublicNotice
from yishiting.overview.assessment.models import Assessment
from yishiting.year.agreements.models import Agreement
from yishiting.year.budgeting.models import BudgetVote
from yishiting.year.consultations.models import Questionnaire
from yishiting.year.councils.choices import OutreachKind
from yishiting.year.councils.models import Outreach, Representative
from yishiting.year.directors.models import NeedsReport, Sitting, WorksPlan
from yishiting.year.dossiers.actions import refer
from yishiting.year.dossiers.models import Dossier, ReferralKind
from yishiting.year.hearings.models import Hearing
from yishiting.year.inquiries.models import Inquiry
from yishiting.year.matters.models import Dispatch, Matter
from yishiting.year.meetings.models import Meeting, MeetingTask
from yishiting.year.projects.models import Finding, Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.spending.models import Contract, Milestone, Payment
from yishiting.year.suggestions.actions import export_suggestions
from yishiting.year.suggestions.models import Appeal, Channel, ImportBatch, Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

TWO = ("一", "二")


def again(thing: Model | None, **changes: Any) -> Model:
    """The same row once more."""
    assert thing is not None
    for name, value in {"pk": uuid.uuid4(), **changes}.items():
        setattr(thing, name, value)
    thing._state.adding = True
    thing.save(force_insert=True)
    return thing


def appeals(place: Place) -> None:
    for one in Suggestion.objects.filter(place=place, state=SuggestionState.VALID)[:2]:
        Suggestion.objects.filter(pk=one.pk).update(state=SuggestionState.APPEALED)
        Appeal.objects.create(suggestion=one, text="不是个人的事", received_on=LATE)


def imports(place: Place) -> None:
    for n in TWO:
        ImportBatch.objects.create(place=place, channel=Channel.HOTLINE, file_name=f"热线{n}.xlsx", file_hash=n)


def reported(place: Place) -> None:
    for one in Proposal.objects.filter(place__parent=place)[:2]:
        Proposal.objects.filter(pk=one.pk).update(state=ProposalState.REPORTED_UP)
        refer(one.dossier, ReferralKind.UP, place, here=one.place, reason="道路归街道管", today=LATE)


def tasks(place: Place) -> None:
    meeting = Meeting.objects.filter(place=place).earliest("starts_at")
    for n in TWO:
        MeetingTask.objects.create(meeting=meeting, place=place, what=f"量车位{n}", who="刘芳", due=LATE)


def hearings(place: Place) -> None:
    for n in TWO:
        Hearing.objects.create(
            place=place,
            title=f"问政会{n}",
            about="拟办项目",
            venue="文化中心",
            invited={"resident": 60},
            starts_at=timezone.now(),
            announced_on=LATE,
            rules_label="",
        )


def agreements(place: Place) -> None:
    held = {
        "text": "九点以后不放音乐",
        "kept_by": "队员",
        "looked_after_by": "物业",
        "in_force_from": LATE,
        "review_due": LATE,
    }
    for one in Proposal.objects.filter(place=place)[:2]:
        Agreement.objects.create(place=place, proposal=one, title=one.title, review_months=12, **held)


def inquiries(place: Place) -> None:
    for n in TWO:
        given = {
            "asked_at": place,
            "title": f"请假算不算应到{n}",
            "rule": "meeting.quorum_over",
            "rules_label": "usual/2026",
        }
        Inquiry.objects.create(place=place, asked_on=LATE, due=LATE, **given)


def objections(place: Place) -> None:
    notice = PublicNotice.objects.filter(place=place).earliest("posted_on")
    for n in TWO:
        given = {"text": f"名单有误{n}", "received_on": LATE, "answer_due": LATE}
        Objection.objects.create(notice=notice, place=place, receipt=f"异议{n}", **given)


def texts(questionnaire: Questionnaire) -> None:
    asked = {"key": "words", "kind": "text", "text": "还有什么想说的"}
    questionnaire.questions = [*questionnaire.questions, asked]
    questionnaire.save(update_fields=["questions"])
    for one in questionnaire.responses.all()[:2]:
        one.answers = {**one.answers, "words": "多种树"}
        one.save(update_fields=["answers"])


def organisations(place: Place) -> None:
    for n in TWO:
        Organisation.objects.create(place=place, kind=OrganisationKind.PROPERTY_COMPANY, name=f"安居物业{n}")


def people(place: Place) -> None:
    for n in TWO:
        LocalPerson.objects.create(place=place, name=f"赵大爷{n}", role=LocalRole.NAMED, since=LATE)


def estates(place: Place) -> None:
    Estate.objects.bulk_create([Estate(place=place, name=f"{n}号院") for n in TWO])


def messages(place: Any) -> None:
    code = place.code if isinstance(place, Place) else ""
    for n in TWO:
        given = {"template": "suggestion.answered", "subject": "答复", "body": "已答复", "delivery": Delivery.FAILED}
        Message.objects.create(way=Way.SMS, address="13900000000", place_code=code, once=f"test:{n}", **given)


def calls(place: Place) -> None:
    for n in TWO:
        given = {"step": "x", "once": f"x{n}", "name": f"赵{n}", "unit": n, "subject": "会议通知", "body": "请您参加"}
        Call.objects.create(place=place, **given)


def outreach(place: Place) -> None:
    seat = Representative.objects.filter(place=place).earliest("created_at")
    for n in TWO:
        given = {"called_on": LATE, "kind": OutreachKind.HOME, "where": f"{n}号楼", "people": 1, "heard": "灯不亮"}
        Outreach.objects.create(representative=seat, place=place, **given)


def joins(place: Place) -> None:
    person, *former = Person.objects.filter(is_staff_member=False).order_by("pk")[:3]
    for one in former:
        AccountJoin.objects.create(place=place, person=person, former=one, proof=Proof.ID_CARD, name="陆桂芳")


def findings(place: Place) -> None:
    project = Project.objects.filter(place=place).earliest("created_at")
    for n in TWO:
        given = {"text": f"灯柱歪了{n}", "found_on": LATE, "due": LATE, "found_by": Person.objects.get(login="liming")}
        Finding.objects.create(project=project, place=place, **given)


def handed_out(_person: Person) -> None:
    place = Place.objects.get(code=COMMUNITY)
    for reason in TWO:
        given = {"suggestions": Suggestion.objects.filter(place=place), "reason": reason, "asked": {"q": "灯"}}
        export_suggestions(place, by=Person.objects.get(login="wang"), **given)


def corrections(_person: Person) -> None:
    place, wang = Place.objects.get(code=COMMUNITY), Person.objects.get(login="wang")
    for n in TWO:
        given = {"kind": OrganisationKind.RESIDENT_UNIT, "name": f"停了的单位{n}"}
        one = register_organisation(place, by=wang, **given)
        reopen_organisation(close_organisation(one, by=wang, on=LATE, reason="搬走"), by=wang)


def late(_person: Person) -> None:
    some = Suggestion.objects.filter(place__code=COMMUNITY, merged_into=None).order_by("receipt").values("pk")[:2]
    waits = {"state": SuggestionState.RECEIVED, "screen_due": date(2026, 1, 5)}
    Suggestion.objects.filter(pk__in=[one["pk"] for one in some]).update(**waits)


def sittings(place: Place) -> None:
    for n, _ in enumerate(TWO):
        Sitting.objects.create(place=place, year=LATE.year, held_on=LATE + timedelta(days=40 + n))


def reports(place: Place) -> None:
    street = Place.objects.get(code=SUBDISTRICT) if place.level == Level.DISTRICT else place
    for n in (81, 82):
        NeedsReport.objects.create(place=street, year=LATE.year, version=n, sent_on=LATE)


def plans(place: Place) -> None:
    days = {"opened_on": LATE, "closes": LATE, "rule": {}}
    for n in (0, 1):
        scored = ScoreRound.objects.create(place=place, title=f"打分{n}", **days)
        WorksPlan.objects.create(place=place, year=LATE.year + n, score_round=scored)


def place_changes(_place: Place) -> None:
    for one in Place.objects.filter(level="community")[:2]:
        given = {"kind": ChangeKind.RENAMED, "name_before": one.name, "short_name_before": one.short_name}
        PlaceChange.objects.create(place=one, takes_effect=LATE, document="京民〔2026〕1号", **given)


def to_take_in(place: Place) -> None:
    for one in Proposal.objects.exclude(place=place)[:2]:
        Proposal.objects.filter(pk=one.pk).update(state=ProposalState.REPORTED_UP)
        refer(one.dossier, ReferralKind.UP, place, here=one.place, reason="道路归区里管", today=LATE)


def matters(_place: Place, **over: object) -> None:
    """Two matters of the district, both in the hands of 郑工's unit."""
    district = Place.objects.get(level="district")
    unit = Organisation.objects.create(place=district, kind=OrganisationKind.DEPARTMENT, name="市政处")
    Appointment.objects.filter(person__login="shizheng").update(organisation=unit)
    for n in TWO:
        file = Dossier.objects.create(origin=district, lies_at=district, opened_on=LATE)
        given = {"line": "urban", "year": 2026, "situation": "路窄", "received_on": LATE, "rules_label": "usual/2026"}
        made = Matter.objects.create(place=district, dossier=file, number=f"事项{n}", title=f"拓宽{n}", **given, **over)
        Dispatch.objects.create(place=district, matter=made, unit=unit, role="lead", sent_on=LATE, due=LATE)


def assessments(place: Place) -> None:
    for about in ("subdistricts", "departments"):
        Assessment.objects.create(place=place, year=2026, about=about, since=LATE.replace(day=1), until=LATE)


def standing_proposals(place: Place) -> None:
    Proposal.objects.filter(pk__in=[one.pk for one in Proposal.objects.filter(place=place)[:2]]).update(
        state=ProposalState.DRAFTED
    )


def standing_projects(place: Place) -> None:
    Project.objects.filter(pk__in=[one.pk for one in Project.objects.filter(place=place)[:2]]).update(state="planning")


def money(place: Place) -> None:
    """Two funds with a posting each, and two payments of a contract."""
    fund, other = [Fund.objects.create(place=place, year=2026, source=one) for one in ("autonomy", "shared")]
    for one in (fund, other):
        held = {kind: Account.objects.create(fund=one, kind=kind) for kind in (AccountKind.ORIGIN, AccountKind.LEFT)}
        given = {
            "debit": held[AccountKind.LEFT],
            "credit": held[AccountKind.ORIGIN],
            "booked_on": LATE,
            "basis": "决议",
        }
        Posting.objects.create(place=place, kind="budget", fen=12_345, **given)
    project, by = Project.objects.filter(place=place).first(), Person.objects.get(login="liu")
    signed = {"payee": "光明照明", "number": "1", "title": "路灯", "fen": 200, "signed_on": LATE}
    contract = Contract.objects.create(place=place, project=project, **signed)
    for n in (1, 2):
        part = Milestone.objects.create(contract=contract, position=n, title=f"第{n}期", fen=100)
        Payment.objects.create(contract=contract, milestone=part, place=place, asked_on=LATE, asked_by=by)


#: The list, and what brings two rows into it.
SECOND: dict[str, Callable[[Any], object]] = {
    "desk-appeals": appeals,
    "desk-standing-suggestions": appeals,
    "desk-standing-proposals": standing_proposals,
    "desk-standing-projects": standing_projects,
    "desk-imports": imports,
    "desk-reported": reported,
    "desk-tasks": tasks,
    "desk-objections": objections,
    "desk-agreements": agreements,
    "desk-funds": money,
    "desk-postings": money,
    "desk-payments": money,
    "desk-hearings": hearings,
    "desk-inquiries": inquiries,
    "desk-sittings": sittings,
    "desk-needs-reports": reports,
    "desk-lists-sent": reports,
    "desk-works-plans": plans,
    "desk-own-inquiries": inquiries,
    "desk-score-rounds": lambda place: again(ScoreRound.objects.filter(place=place).first()),
    "desk-budget-votes": lambda place: again(BudgetVote.objects.filter(place=place).first()),
    "questionnaire-texts": texts,
    "desk-organisations": organisations,
    "desk-estates": estates,
    "desk-people": people,
    "desk-messages": messages,
    "desk-account-joins": joins,
    "desk-calls": calls,
    "desk-outreach": outreach,
    "administration-messages": messages,
    "desk-findings": findings,
    "audit-late": late,
    "desk-matters": matters,
    "desk-place-changes": place_changes,
    "desk-assessments": assessments,
    "desk-in-hand": matters,
    "desk-oversight": lambda place: matters(place, state="dispatched", due=LATE),
    "desk-to-take-in": to_take_in,
    "audit-corrections": corrections,
    "audit-handed-out": handed_out,
}
