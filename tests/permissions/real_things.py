"""One real thing of every kind that a verb is done to: at 枣营北里, 陆阿姨's own, in the hands of 李明 where he sits."""

from datetime import date
from typing import Any

from django.db.models import Model

from tests.cast import TODAY, Cast
from tests.factories import (
    agreements,
    ballots,
    budgeting,
    consultations,
    funds,
    hearings,
    inquiries,
    meetings,
    projects,
    proposals,
    publicity,
    scoring,
    suggestions,
)
from tests.put_back import kept
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.entrance.models import AccessToken, AccountJoin, Passkey, Proof, SignOn
from yishiting.ground.files.models import Attachment
from yishiting.ground.notices.models import Call, Message, Way
from yishiting.ground.organisations.models import (
    Appointment,
    IdentityKind,
    LocalPerson,
    LocalRole,
    Organisation,
    OrganisationKind,
)
from yishiting.ground.places.models import PlaceChange
from yishiting.ground.seasons.actions import open_special_intake
from yishiting.ground.seasons.models import Window
from yishiting.overview.assessment.models import Assessment, UnitSheet
from yishiting.overview.assessment.models import Mark as UnitMark
from yishiting.year.agreements.actions import report_breach
from yishiting.year.consultations.models import Response
from yishiting.year.councils.choices import Route
from yishiting.year.councils.models import Assembly, ByElection, Candidate, Council, ElectionRound, Identity, Outreach
from yishiting.year.councils.states import RoundKind
from yishiting.year.directors.models import ListedMatter, NeedsReport, PlannedWork, Sitting, WorksPlan
from yishiting.year.dossiers.models import Dossier
from yishiting.year.evaluation.models import Review, ThirdParty
from yishiting.year.hearings.models import Speech, SpeechKind
from yishiting.year.matters.models import (
    AnswerTemplate,
    Contact,
    Coordination,
    Dispatch,
    Matter,
    Opinion,
    Special,
    Step,
)
from yishiting.year.meetings.models import MeetingTask
from yishiting.year.projects.actions import raise_finding
from yishiting.year.projects.models import AcceptanceSignature, Progress, Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.spending.actions import ask, enter_gift, sign_contract
from yishiting.year.spending.models import GiftKind
from yishiting.year.suggestions.models import Channel, ImportBatch, ImportFile
from yishiting.year.visits.actions import ask_proposers, note_reply, note_visit
from yishiting.year.visits.models import CouncilQuestion, Stance

Things = dict[Any, Any]


@kept
def real_things(cast: Cast) -> Things:
    """By kind, or by the verb that wants another of the kind; verbs about a name that is typed or a day get one."""
    made: list[Model] = [cast.zaobei, cast.liu]
    made += (
        of_the_ground(cast)
        + of_councils(cast)
        + of_listening(cast)
        + of_works(cast)
        + of_the_spot(cast)
        + of_choosing(cast)
        + of_agreements(cast)
        + of_the_directors(cast)
        + of_hearings(cast)
        + of_assessments(cast)
    )
    made += of_money(cast, next(one for one in made if isinstance(one, Project)))
    found: Things = {type(one): one for one in made}
    assert len(found) == len(made), "one of each"
    return {**found, BaseRecord: next(one for one in made if type(one).__name__ == "Suggestion"), str: "someone", date: TODAY}  # fmt: skip


def of_the_ground(cast: Cast) -> list[Model]:
    here = {"place": cast.zaobei}
    window = Window.objects.filter(place=cast.district).first()
    assert window is not None
    return [
        window,
        PlaceChange.objects.create(**here, kind="renamed", name="枣营社区", takes_effect=TODAY, document="京朝政发〔2026〕12号"),
        cast.liu.appointments.get(),
        Organisation.objects.create(**here, kind=OrganisationKind.PROPERTY_COMPANY, name="安居物业"),
        LocalPerson.objects.create(**here, name="赵大爷", role=LocalRole.NAMED, since=TODAY),
        open_special_intake(cast.zaobei, by=cast.wang, reason="停水", opens=TODAY, closes=TODAY),
        AccessToken.objects.create(person=cast.lu, name="记事", token_hash="0" * 64, expires_on=date(2026, 12, 31)),
        Passkey.objects.create(person=cast.lu, name="手机", credential="{}", credential_hash="0" * 64),
        AccountJoin.objects.create(**here, person=cast.lu, former=cast.liming, proof=Proof.ID_CARD),
        SignOn.objects.create(person=cast.lu, issuer="https://id.example.cn", subject="lu"),
        Call.objects.create(**here, step="x", once="x", name="赵大爷", subject="会议通知", body="请您参加"),
        Message.objects.create(to=cast.lu, way=Way.ON_SITE, template="x", subject="答复", body="已答复", once="x",
                               place_code=cast.zaobei.code),
    ]  # fmt: skip


def of_councils(cast: Cast) -> list[Model]:
    seat = projects.seated_council(cast)[0]
    term, group, here = seat.term, seat.constituency, {"place": cast.zaobei}
    poll = ballots.hands(cast)
    by_election = ByElection.objects.create(**here, term=term, constituency=group, seats=1, called_on=TODAY)
    return [
        Council.objects.get(), term, group, seat, poll, by_election,
        Candidate.objects.create(**here, constituency=group, by_election=by_election, person=cast.lu, name=cast.lu.name,
                                 birth_year=1960, route=Route.RECOMMENDATION),
        Outreach.objects.create(**here, representative=seat, called_on=TODAY, kind="home", where="3号楼", people=2, heard="灯不亮"),
        Identity.objects.create(**here, representative=seat, kind=IdentityKind.PARTY_DELEGATE, since=TODAY),
        Assembly.objects.create(**here, term=term, by_election=by_election, held_on=TODAY, venue="活动室"),
        ElectionRound.objects.create(**here, constituency=group, by_election=by_election, number=1, seats=1, poll=poll,
                                     kind=RoundKind.BY_ELECTION),
    ]  # fmt: skip


def of_listening(cast: Cast) -> list[Model]:
    suggestion = suggestions.a_suggestion(cast, by=cast.lu)
    notice = publicity.a_notice(cast)
    consultation, questionnaire = consultations.drafted(cast), consultations.a_questionnaire(cast)
    statement = consultation.statements.first()
    assert statement is not None
    return [
        *of_the_district(cast), suggestion, inquiries.asked(cast), suggestions.a_session(cast), notice, publicity.an_objection(notice, by=cast.lu), consultation, statement,
        questionnaire,
        Response.objects.create(questionnaire=questionnaire, place=cast.zaobei, number=1),
        ImportBatch.objects.create(place=cast.zaobei, channel=Channel.HOTLINE, file_name="热线.xlsx"),
        ImportFile.objects.create(place=cast.zaobei, channel=Channel.HOTLINE, name="热线.xlsx", sha256="0" * 64),
        Attachment.objects.create(
            subject_kind="suggestion", subject_id=str(suggestion.pk), place_code=cast.zaobei.code, purpose="photo",
            name="灯.jpg", media_type="image/jpeg", size=1, sha256="0" * 64, stored="x.jpg", public=True, uploaded_by=cast.lu,
        ),
    ]  # fmt: skip


def of_the_district(cast: Cast) -> list[Model]:
    """A matter of the district with a part of every kind, 郑工 of 市政处 handling it."""
    here, unit = (
        {"place": cast.district},
        Organisation.objects.create(place=cast.district, kind="department", name="市政处"),
    )
    Appointment.objects.filter(person=cast.shizheng).update(organisation=unit)
    file = Dossier.objects.create(origin=cast.zaobei, lies_at=cast.district, opened_on=TODAY)
    matter = Matter.objects.create(
        **here,
        dossier=file,
        line="urban",
        year=2026,
        number="朝阳区事项〔2026〕1号",
        title="拓宽道路",
        situation="路窄",
        received_on=TODAY,
        rules_label="usual/2026",
    )
    dates = {"sent_on": TODAY, "due": TODAY}
    return [
        matter,
        Opinion.objects.create(**here, matter=matter, unit=unit, question="合规吗", asked_on=TODAY, due=TODAY),
        Dispatch.objects.create(**here, matter=matter, unit=unit, role="lead", **dates),
        Step.objects.create(**here, matter=matter, unit=unit, happened_on=TODAY, percent=20, done="量过"),
        Contact.objects.create(**here, matter=matter, unit=unit, whom="proposer", happened_on=TODAY, text="电话说过"),
        Coordination.objects.create(**here, matter=matter, kind="city", held_on=TODAY, whom="市交通委", asked="资金"),
        AnswerTemplate.objects.create(**here, unit=unit, name="已列入计划", text="已列入年度养护计划。"),
        Special.objects.create(**here, matter=matter, held_on=TODAY, venue="区机关", invited="各方"),
    ]  # fmt: skip


def of_works(cast: Cast) -> list[Model]:
    council = Council.objects.get()
    others = council.terms.get().representatives.filter(person=None)
    project = projects.planned(cast, [cast.liming.seats.get(), *others])
    meeting, item = meetings.convened(cast, council)
    invitation = meeting.invitations.get(person=cast.liming)
    return [
        Progress.objects.create(project=project, place=cast.zaobei, percent=20, text="灯杆到了", happened_on=TODAY,
                                recorded_by=cast.liu),
        project.proposals.get(), project, raise_finding(project, by=cast.liming, text="灯罩松了"), meeting, item, invitation,
        AcceptanceSignature.objects.create(project=project, place=cast.zaobei, supervisor=project.supervisors.all()[0],
                                           meets_standard=True, signed_on=TODAY),
        MeetingTask.objects.create(meeting=meeting, place=cast.zaobei, what="量车位", who="刘芳", due=TODAY),
        Review.objects.create(project=project, place=cast.zaobei, meeting=meeting, agenda_item=item),
        ThirdParty.objects.create(project=project, place=cast.zaobei, evaluator=cast.lu, institution="评估中心", question="好不好",
                                  invited_on=TODAY, until=date(2026, 12, 31)),
    ]  # fmt: skip


def of_the_spot(cast: Cast) -> list[Model]:
    proposal = proposals.drafted(cast, suggestions=[proposals.valid(cast, by=cast.lu, text="3号楼前没有车位")])
    sent = ask_proposers(proposal, by=cast.liu)
    visit = {"visited_on": TODAY, "people": "城建科赵敏", "found": "绿地宽6米"}
    said = {"suggestion": proposal.suggestions.get(), "replied_on": TODAY}
    return [
        note_visit(proposal, by=cast.liu, **visit),
        sent,
        note_reply(sent, by=cast.liu, stance=Stance.AGREES, **said),
        CouncilQuestion.objects.create(proposal=proposal, place=cast.maizidian, asked_at=cast.zaobei, title="停车",
                                       measures="改车位", question="同意吗", asked_on=TODAY, due=TODAY),
    ]  # fmt: skip


def of_agreements(cast: Cast) -> list[Model]:
    agreement = agreements.agreed(cast, projects.adopted_proposal(cast, title="跳舞的时间"))
    return [agreement, report_breach(agreement, by=cast.lu, text="昨晚九点半还在放")]


def of_assessments(cast: Cast) -> list[Model]:
    """One of the district, with the sheet of 麦子店街道 and a row of it."""
    days = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    assessment = Assessment.objects.create(place=cast.district, year=2026, about="subdistricts", **days)
    here = {"place": cast.maizidian}
    sheet = UnitSheet.objects.create(**here, assessment=assessment, code=cast.maizidian.code, name="麦子店街道")
    return [
        assessment,
        sheet,
        UnitMark.objects.create(**here, sheet=sheet, position=1, code="satisfaction", label="满意率"),
    ]


def of_money(cast: Cast, project: Project) -> list[Model]:
    """A fund with money, a contract of the project with a payment asked for, and a gift."""
    who = funds.clerks(cast)
    _project, fund = funds.granted(cast, who, project)
    contract = sign_contract(project, by=cast.liu, **funds.LAMPS)
    lamp = {"giver": "安居物业", "private_giver": False, "what": "路灯", "fen": 100, "basis": "发票"}
    return [
        fund,
        fund.accounts.get(kind="left").debits.get(),
        contract,
        ask(contract, by=cast.liu, milestone=contract.milestones.get(position=1)),
        enter_gift(project, by=cast.liu, kind=GiftKind.GOODS, **lamp),
    ]


def of_hearings(cast: Cast) -> list[Model]:
    """One that is announced; somebody asks a question at it."""
    hearing = hearings.announced(cast, place=cast.zaobei, by=cast.liu)
    question = {"kind": SpeechKind.QUESTION, "speaker": "resident", "text": "去年的钱花在哪里了？"}
    return [hearing, Speech.objects.create(hearing=hearing, place=cast.zaobei, position=1, **question)]


def of_choosing(cast: Cast) -> list[Model]:
    score_round, vote = scoring.opened(cast), budgeting.opened(cast)
    mine = {"representative__person": cast.liming}
    return [score_round, vote, score_round.judges.get(**mine), vote.voters.get(**mine)]


def of_the_directors(cast: Cast) -> list[Model]:
    here = {"place": cast.maizidian, "year": 2026}
    report = NeedsReport.objects.create(**here, version=1)
    scored = ScoreRound.objects.create(place=cast.maizidian, title="打分", opened_on=TODAY, closes=TODAY, rule={})
    plan = WorksPlan.objects.create(**here, score_round=scored)
    proposal = Proposal.objects.first()
    return [
        Sitting.objects.create(**here, held_on=TODAY),
        report,
        ListedMatter.objects.create(report=report, place=cast.maizidian, proposal=proposal, advice="请区里统筹"),
        plan,
        PlannedWork.objects.create(plan=plan, place=cast.maizidian, proposal=proposal),
    ]
