"""The year, each step of it done by two clerks in the same moment: one is refused, or both did what may be done twice."""

from dataclasses import asdict, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from tests.authenticator import Key
from tests.cast import OPERATOR, PASSWORD, TODAY, Cast, person
from tests.factories import consultations, meetings, projects, scoring
from tests.factories.ballots import NAMES
from tests.factories.evaluation import counts as satisfied
from tests.factories.suggestions import ALL_PASS, a_refused_one, a_slip, a_suggestion
from tests.stress.clerks import at_once, each, fresh, once, reread
from yishiting.ground.accounts.actors import Clock as TheClock
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import Refused
from yishiting.ground.entrance import actions as entrance
from yishiting.ground.entrance.models import AccountJoin, OneTimeCode, Proof
from yishiting.ground.entrance.passkeys import Ceremony, Site, begin_adding
from yishiting.ground.entrance.rules import RECOVERY_CODES
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.actions import sign_day
from yishiting.ground.ledger.models import Checkpoint
from yishiting.ground.organisations import actions as organisations
from yishiting.ground.organisations.models import LocalRole, Office, Organisation, OrganisationKind
from yishiting.ground.places.models import Kind, Level, Place
from yishiting.ground.rezoning import actions as rezoning
from yishiting.ground.seasons import actions as seasons
from yishiting.ground.seasons.coming_year import announce_holidays
from yishiting.ground.seasons.models import Holiday, Season
from yishiting.instruments.ballots.actions import enter_tally, prepare_poll
from yishiting.instruments.ballots.models import Method, PollKind
from yishiting.instruments.publicity.actions import close_notice, post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.methods.workdays import Holidays
from yishiting.year.agreements import actions as agreements
from yishiting.year.agreements.models import ReviewOutcome
from yishiting.year.budgeting import actions as votes
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.consultations import actions as asking
from yishiting.year.consultations.models import OpinionVote
from yishiting.year.councils.models import Representative
from yishiting.year.dossiers.models import Referral
from yishiting.year.evaluation import actions as evaluation
from yishiting.year.evaluation.models import Review
from yishiting.year.meetings import actions as sitting
from yishiting.year.meetings.models import Attendance, ItemKind, Meeting, MeetingKind, Role
from yishiting.year.projects import actions as works
from yishiting.year.projects.models import Project
from yishiting.year.projects.rules import SHEET
from yishiting.year.proposals import actions as proposals
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring import actions as rounds
from yishiting.year.scoring.models import Origin
from yishiting.year.suggestions import actions as intake
from yishiting.year.suggestions.actions.class_versions import current_classes
from yishiting.year.suggestions.actions.importing import SLICE
from yishiting.year.suggestions.models import AnswerKind, Channel, ResponsibleLevel, Suggestion, Unlike
from yishiting.year.visits import actions as visits
from yishiting.year.visits.models import Stance

HANDS = {"for": 8, "against": 1, "abstain": 0}
FILE = "留言编号,留言主题,留言时间,留言详情\n" + "\n".join(
    f"B{n},楼道灯{n},2026-03-01 10:00:00,{n}号楼楼道灯坏了，请修一修。" for n in range(1, 8)
)


def the_ground(cast: Cast) -> None:
    """Organisations, offices, seasons, rules, accounts."""
    here, day = cast.zaobei, date(2026, 3, 1)
    unit = {"kind": OrganisationKind.PROPERTY_COMPANY, "name": "安居物业"}
    once(lambda place: organisations.register_organisation(place, by=cast.wang, **unit), here, clerks=3)
    office = {"office": Office.COMMITTEE_DIRECTOR, "since": day}
    once(lambda place, liu: organisations.appoint(place, by=OPERATOR, person=liu, **office), here, cast.liu)
    each(lambda place: organisations.list_estates(place, by=cast.liu, names=["枣营北里", "农展南里"]), here)
    assert here.estates.count() == 2
    office = [("110105012022", "枣营北里居委会", "65001234", "枣营北里甲3号", "", "")]
    each(lambda place: organisations.list_contacts(place, by=cast.liu, rows=office), here)
    assert here.organisations.filter(name="枣营北里居委会", telephone="01065001234").count() == 1
    window = {"level": Level.COMMUNITY, "year": 2027, "season": Season.REVIEW}
    days = {"opens": date(2027, 10, 1), "closes": date(2027, 12, 31)}
    each(lambda place: seasons.set_window(place, by=OPERATOR, **window, **days), cast.district)
    assert cast.district.windows.filter(**window).count() == 1
    special = {"reason": "暴雨", "opens": day, "closes": day}
    once(lambda place: seasons.open_special_intake(place, by=cast.wang, **special), here)
    each(lambda place: seasons.adopt_rulebook(place, by=OPERATOR, year=2026, in_force_from=day), cast.maizidian)
    assert sorted(book.version for book in cast.maizidian.rulebooks.all()) == [1, 2]
    each(lambda place: seasons.set_holiday(place, by=OPERATOR, day=date(2026, 5, 1), worked=False), cast.district)
    table = Holidays(off=frozenset({date(2026, 10, 1)}), worked=frozenset())
    each(lambda place: seasons.load_holidays(place, by=OPERATOR, table=table), cast.district)
    notice = "元旦：1月1日至3日放假，共3天。国庆节：10月1日至7日放假，共7天。"
    each(lambda place: announce_holidays(place, by=OPERATOR, year=2027, pasted=notice), cast.district)
    assert Holiday.objects.filter(day__year=2027, worked=False).count() == 10
    each(lambda place: intake.load_categories(place, by=OPERATOR), cast.district)
    anew = {"tree": "street", "in_force_from": date(2026, 7, 1), "document": "京朝社〔2026〕3号"}
    each(
        lambda place: intake.revise_categories(place, by=OPERATOR, classes=current_classes(place), **anew),
        cast.district,
    )
    places_change(cast)


def places_change(cast: Cast) -> None:
    """A place gets another name and a new one comes beside it, each once; then both are taken back."""
    rests = {"takes_effect": date(2026, 3, 1), "document": "京朝政发〔2026〕12号"}
    other = once(lambda place: rezoning.rename_place(place, by=cast.sun, name="枣南社区", **rests), cast.zaonan)
    each(lambda it: rezoning.amend_change(it, by=cast.sun, document="京朝政函〔2026〕3号"), other)
    once(lambda it: rezoning.withdraw_change(it, by=cast.sun, reason="登记错了"), other)
    new = {"name": "枣营东村", "code": "110105012099", "kind": Kind.VILLAGE}
    founded = once(lambda place: rezoning.found_place(place, by=cast.sun, **new, **rests), cast.maizidian)
    village, lives = founded.successor, {"by": cast.sun, **rests}
    once(lambda place: rezoning.become_community(place, name="枣营东社区", **lives), village)
    once(lambda place, street: rezoning.move_place(place, under=street, **lives), village, cast.anzhen)
    part = {"name": "枣营西社区", "code": "110105012098"}
    split = once(lambda place: rezoning.split_off(place, **part, **lives), village)
    once(lambda place, into: rezoning.merge_place(place, into=into, **lives), split.successor, village)
    once(lambda place: rezoning.close_place(place, **lives), village)


def the_registers(cast: Cast) -> None:
    """Contacts of units, residents' representatives, whoever else is named."""
    here = cast.zaobei
    unit = here.organisations.get(name="安居物业")
    contact = {"name": "陆桂芳", "phone": "13800000001"}
    once(lambda unit: organisations.name_contact(unit, by=cast.liu, **contact), unit)
    once(lambda place: organisations.register_person(place, by=cast.liu, name="赵大爷", role=LocalRole.NAMED), here)
    each(lambda place: organisations.list_residents_representatives(place, by=cast.liu, roll=[("孙丽", "3号楼")]), here)
    assert sorted(one.name for one in here.people.all()) == ["孙丽", "赵大爷", "陆桂芳"]


def keeping_to(cast: Cast) -> None:
    """What was adopted becomes an agreement once, is broken, and is looked back at."""
    told = {"text": "九点以后不放音乐", "kept_by": "队员", "looked_after_by": "物业", "in_force_from": TODAY}
    adopted = projects.adopted_proposal(cast, title="跳舞的时间")
    agreement = once(lambda it: agreements.make_agreement(it, by=cast.liu, **told), adopted)
    breach = each(lambda it: agreements.report_breach(it, by=cast.lu, text="昨晚还在放"), agreement)[0]
    once(lambda it: agreements.answer_breach(it, by=cast.liu, answer="已提醒"), breach)
    end = {"outcome": ReviewOutcome.ENDED, "reason": "广场改建了"}
    once(lambda it: agreements.review_agreement(it, by=cast.liu, **end), agreement)


def coming_in(cast: Cast) -> None:
    """Accounts, codes, consent, tokens, files, the seal of the day."""
    once(lambda: entrance.open_account("xin", by=cast.system, name="新人"))
    once(lambda: entrance.send_code("13900000077", by=Visitor()))
    assert OneTimeCode.objects.count() == 1
    versions = each(lambda: entrance.publish_privacy_notice("告知", by=cast.security, in_force_from=TODAY))
    assert {one.version for one in versions} == {1, 2}
    each(lambda lu: entrance.consent(lu, by=lu), cast.lu)
    assert cast.lu.consents.count() == 1
    until = TODAY + timedelta(days=30)
    each(lambda wang: entrance.issue_token(wang, by=wang, name="程序", expires_on=until), cast.wang)
    second_factors(cast)
    joined = {"name": "陆桂芳", "phone": "13800000055", "former_phone": cast.lu.phone, "proof": Proof.ID_CARD}
    person("lu2", "", "13800000055", staff=False)
    a_suggestion(cast, by=cast.lu)
    once(lambda place: entrance.join_accounts(place, by=cast.liu, **joined), cast.zaobei)
    entrance.undo_join(AccountJoin.objects.get(), by=cast.liu, reason="登记错了")
    slip = a_slip(cast)
    each(lambda one: attach(one, SimpleUploadedFile("说明.txt", "漏雨".encode()), by=cast.liu, purpose="slip"), slip)
    signed = each(lambda: sign_day(TODAY, by=TheClock()))
    assert (len({one.pk for one in signed}), Checkpoint.objects.count()) == (1, 1)


def second_factors(cast: Cast) -> None:
    """Printed codes, a key, a link to the sign-on service."""
    codes = each(lambda wang: entrance.renew_recovery_codes(wang, by=wang), cast.wang)
    assert cast.wang.recovery_codes.count() == RECOVERY_CODES
    asked = {"by": Visitor(), "password": PASSWORD}
    tried = [
        one
        for given in codes
        for one in each(lambda code=given[:11]: entrance.enter_password("wang", code=code, **asked))
    ]
    assert len([one for one in tried if one.person]) == 1, "of the two papers one is good, and each code once"
    site = Site("localhost", "https://localhost")
    options, state = begin_adding(cast.wang, site)
    shown = Ceremony(site, state, Key(origin=site.origin, host=site.host).make(options))
    once(lambda wang: entrance.add_passkey(wang, by=wang, name="钥匙", ceremony=shown), cast.wang)
    with override_settings(SIGN_ON={**settings.SIGN_ON, "issuer": "https://sso.example"}):
        once(lambda wang: entrance.link_sign_on(wang, by=cast.security, subject="3f6c"), cast.wang)


def taking_in(cast: Cast) -> list[Suggestion]:
    """Suggestions by every way, and what is done with them; gives back three that may become proposals."""
    here, words = cast.zaobei, "3号楼2单元的楼道灯坏了半个月，请修一修。"
    sent = each(
        lambda place: intake.submit_suggestion(place, by=Visitor(), text=words, phone="13900000021"), here, clerks=4
    )
    typed = {"channel": Channel.BOX, "text": "自行车棚漏雨。"}
    slips = each(lambda place: intake.take_down_suggestion(place, by=cast.liu, **typed), here)
    assert len({one.receipt for one in sent + slips}) == 6
    file = {"channel": Channel.HOTLINE, "name": "一批.csv", "content": FILE.encode()}
    each(lambda place: intake.hand_in_file(place, by=cast.liu, **file), here)
    batches = each(lambda place: intake.import_suggestions(place, by=cast.liu, **file), here)
    assert sorted((one.accepted, one.duplicates) for one in batches) == [(0, 7), (7, 0)]
    _a_long_file(cast)
    held = {"channel": Channel.FORUM, "title": "座谈会", "held_on": TODAY, "resident": 3}
    each(lambda place: intake.hold_session(place, by=cast.liu, **held), here)
    first, second, third, fourth = sent
    screened = {**ALL_PASS, "result": "valid"}
    once(lambda it: intake.screen_suggestion(it, by=cast.wang, **screened), first, clerks=3)
    each(lambda it: intake.answer_suggestion(it, by=cast.wang, kind=AnswerKind.PLANNED, text="已报修。"), first)
    each(
        lambda it: intake.answer_many(it, by=cast.wang, suggestions=[fresh(first)], kind="planned", text="已报修。"),
        here,
    )
    once(lambda it: intake.settle_suggestion(it, by=cast.wang, text="当场换了灯泡。"), slips[0])
    each(lambda it, other: intake.keep_apart(it, by=cast.wang, other=other), first, slips[1])
    assert Unlike.objects.count() == 1
    merged = _either_way(cast, second, third)
    once(lambda it: intake.unmerge_suggestion(it, by=cast.wang, reason="不是一件事"), merged)
    parts = ["灯坏了。", "台阶没有扶手。"]
    once(lambda it: intake.split_suggestion(it, by=cast.wang, parts=parts), fourth)
    assert Suggestion.objects.filter(split_from=fourth).count() == 2
    _asked_again(cast)
    _passed_on(cast)
    return [_valid(cast, f"1390000003{n}") for n in range(3)]


def _a_long_file(cast: Cast) -> None:
    """What is left of a long file is brought in by one worker, however many come for it."""
    words = FILE.splitlines()[0] + "\n" + "\n".join(f"C{n},,2026-03-01 10:00:00," for n in range(SLICE))
    long = {"name": "很长.csv", "content": f"{words}\nC9999,井盖响,2026-03-01 10:00:00,东门井盖响。\n".encode()}
    batch = intake.import_suggestions(cast.zaobei, by=cast.liu, channel=Channel.HOTLINE, **long, alone=True)
    assert (batch.rejected, batch.waiting) == (SLICE, 1)
    once(lambda it: intake.go_on_importing(it, by=TheClock()), batch)
    assert Suggestion.objects.filter(outside_number="C9999").count() == 1


def _either_way(cast: Cast, one: Suggestion, other: Suggestion) -> Suggestion:
    """Each clerk puts the other's suggestion under their own; the one that ends up below."""

    def put(main: Suggestion, below: Suggestion) -> Any:
        return lambda: intake.merge_suggestions(fresh(main), by=cast.wang, others=[fresh(below)])

    outcomes = at_once([put(one, other), put(other, one)])
    assert [type(each) for each in outcomes if isinstance(each, Exception)][0:1] != []
    assert all(isinstance(each, (Suggestion, Refused)) for each in outcomes), outcomes
    (below,) = Suggestion.objects.filter(merged_into__in=[one, other])
    return below


def _asked_again(cast: Cast) -> None:
    more = a_suggestion(cast, phone="13900000022")
    asked = {**(ALL_PASS | {"factual": "more_work"}), "result": "more_work", "reason": "哪一栋楼？"}
    intake.screen_suggestion(more, by=cast.wang, **asked)
    once(lambda it: intake.supplement_suggestion(it, by=Visitor(), text="3号楼。", tail="0022"), more)
    refused = a_refused_one(cast, phone="13900000023")
    once(lambda it: intake.appeal(it, by=Visitor(), text="这是大家的事。", tail="0023"), refused)


def _passed_on(cast: Cast) -> None:
    """Passed on and answered once, however many do it at once; sent back it goes to one other unit."""
    one = a_suggestion(cast, phone="13900000024")
    said = {**ALL_PASS, "result": "transferred", "reason": "这段路归街道", "transferred_to": "街道城管科"}
    intake.screen_suggestion(one, by=cast.liu, **said)
    once(lambda it: intake.send_back(it, by=cast.liu, reason="归区里"), one)
    once(lambda it: intake.pass_on(it, by=cast.liu, receiver="区城管委", reason="是主干路"), one)
    assert Referral.objects.filter(dossier__suggestion=one, answered_on=None).count() == 1


def asking_around(cast: Cast) -> None:
    """Consultations and questionnaires."""
    days = {"opens": date(2026, 3, 1), "closes": date(2026, 3, 31)}
    words = {"title": "跳舞的时间", "question": "怎么兼顾？"}
    made, _again = each(lambda place: asking.draft_consultation(place, by=cast.liu, **words, **days), cast.zaobei)
    for text in consultations.SEEDS:
        once(lambda it, text=text: asking.seed_statement(it, by=cast.liu, text=text), made)
    once(lambda it: asking.open_consultation(it, by=cast.wang), made)
    once(lambda it: asking.propose_statement(it, by=cast.lu, text="周末可以晚一点"), made)
    statement = made.statements.get(number=1)
    each(lambda it: asking.answer_statement(it, by=cast.lu, choice=1), statement)
    assert OpinionVote.objects.filter(statement=statement).count() == 1
    named = {"title": "小花园怎么改", **days}
    form, _other = each(lambda place: asking.draft_questionnaire(place, by=cast.liu, **named), cast.zaobei)
    each(lambda it: asking.set_questions(it, by=cast.liu, questions=consultations.QUESTIONS), form)
    once(lambda it: asking.open_questionnaire(it, by=cast.wang), form)
    answers = {"q1": "1至3号楼"}
    filled = each(lambda it: asking.answer_questionnaire(it, by=Visitor(), answers=answers), form, clerks=4)
    assert sorted(one.number for one in filled) == [1, 2, 3, 4]


def deliberating(cast: Cast, clock: Any, sources: list[Suggestion]) -> Proposal:
    """A proposal from the draft to the resolution, with scores and a budget vote beside it."""
    proposal, rival = _drafted(cast, sources)
    _seen_and_asked(cast, proposal)
    _scored_and_voted(cast, proposal, rival)
    meeting = _planned(cast)
    reports = each(lambda it: sitting.add_item(it, by=cast.liu, kind=ItemKind.REPORT, title="通报"), meeting)
    assert sorted(one.position for one in reports) == [1, 2]
    once(lambda it, at: proposals.table_proposal(it, by=cast.liu, meeting=at), proposal, meeting)
    each(lambda it: sitting.move_item(it, by=cast.liu, position=1), reports[1])
    once(lambda it: sitting.convene_meeting(it, by=cast.wang), meeting)
    clock.to(meeting.day, 14)
    meetings.here(cast, reread(meeting), 9)
    once(lambda it: sitting.open_meeting(it, by=cast.wang), meeting)
    for one in reports:
        once(lambda it: sitting.note_item(it, by=cast.wang), one)
    _decided(cast, reread(proposal))
    task = {"what": "找三家报价", "who": "刘芳", "due": meeting.day + timedelta(days=9)}
    each(lambda it: sitting.assign_task(it, by=cast.liu, **task), meeting)
    once(lambda it: sitting.close_meeting(it, by=cast.wang), meeting)
    once(lambda it: sitting.approve_minutes(it, by=cast.wang), meeting)
    once(lambda it: sitting.publish_minutes(it, by=cast.wang), meeting)
    return reread(proposal)


def _seen_and_asked(cast: Cast, proposal: Proposal) -> None:
    seen = {"visited_on": timezone.localdate(), "people": "城建科赵敏", "found": "灯杆可以立在楼门西侧"}
    each(lambda it: visits.note_visit(it, by=cast.liu, **seen), proposal)
    source = {"suggestion": proposal.suggestions.first(), "replied_on": timezone.localdate()}
    each(lambda it: visits.hear_proposer(it, by=cast.liu, words="灯不要太亮", **source), proposal)
    sent = once(lambda it: visits.ask_proposers(it, by=cast.liu), proposal)
    each(lambda it: visits.note_reply(it, by=cast.liu, stance=Stance.AGREES, **source), sent)
    Suggestion.objects.filter(pk=source["suggestion"].pk).update(proposer=cast.lu)
    each(lambda it: visits.reply_to_draft(it, by=cast.lu, stance=Stance.AGREES), sent)


def _drafted(cast: Cast, sources: list[Suggestion]) -> tuple[Proposal, Proposal]:
    first, second, third = sources
    words = {"title": "楼门口装路灯", "situation": "晚上看不见路", "measures": "在楼门口装灯"}
    level = {"responsible_level": ResponsibleLevel.COMMUNITY}

    def draft(place: Place, them: list[Suggestion]) -> Proposal:
        return proposals.draft_proposal(place, by=cast.liu, suggestions=them, **words, **level)

    proposal = once(draft, cast.zaobei, [first], clerks=3)
    rival = once(draft, cast.zaobei, [second])
    once(lambda it, more: proposals.add_source(it, by=cast.liu, suggestion=more), proposal, third)
    once(lambda it: proposals.amend_proposal(it, by=cast.liu, reason="写清楚", measures="在每个楼门口装灯"), proposal)
    return reread(proposal), rival


def _decided(cast: Cast, proposal: Proposal) -> None:
    item = proposal.agenda_item
    once(lambda it: sitting.put_to_vote(it, by=cast.wang), item)
    for someone in (cast.wang, cast.liu):
        once(lambda it, by=someone: enter_tally(it, by=by, counts=HANDS), reread(item).poll)
    once(lambda it: sitting.decide_item(it, by=cast.wang), item)
    once(lambda it: proposals.decide_proposal(it, by=cast.wang), proposal)


def _valid(cast: Cast, phone: str) -> Suggestion:
    return intake.screen_suggestion(a_suggestion(cast, phone=phone), by=cast.wang, **ALL_PASS, result="valid")


def _planned(cast: Cast) -> Meeting:
    begins = datetime.combine(timezone.localdate() + timedelta(days=21), time(14), tzinfo=meetings.BEIJING)
    words = {"kind": MeetingKind.DELIBERATION, "title": "审议会", "starts_at": begins, "venue": "会议室"}
    meeting = once(lambda it: sitting.plan_meeting(it, by=cast.wang, **words), cast.zaobei.council, clerks=3)
    invited = {"role": Role.OBSERVER, "name": "街道科员", "unit": "麦子店街道"}
    once(lambda it: sitting.invite(it, by=cast.liu, **invited), meeting)
    return meeting


def _scored_and_voted(cast: Cast, *two: Proposal) -> None:
    today = timezone.localdate()

    def score(place: Place, them: list[Proposal]) -> Any:
        return rounds.open_round(place, by=cast.liu, title="打分", proposals=them, closes=today + timedelta(days=5))

    made = once(score, cast.zaobei, list(two), clerks=3)
    judge = made.judges.filter(representative__person=None).first()
    marks = scoring.lines(made, 8, 6)
    each(lambda it: rounds.enter_sheet(it, by=cast.wang, lines=marks, origin=Origin.PAPER), judge)
    once(lambda it: rounds.enter_sheet(it, by=cast.liu, lines=marks, origin=Origin.PAPER), judge)
    aside = {"scored": made.scored.first(), "reason": "本人就是申请人"}
    each(lambda it: rounds.recuse(it, by=cast.liu, **aside), made.judges.exclude(pk=judge.pk).first())
    once(lambda it: rounds.close_round(it, by=cast.wang), made)
    days = {"closes": today + timedelta(days=5), "lot_day": today + timedelta(days=8)}

    def ask(place: Place, them: list[Proposal]) -> Any:
        offered = [votes.Offered(one, 4_000_000) for one in them]
        words = {"title": "表决", "year": 2026, "budget": 5_000_000, "lot_source": "福利彩票3D当期号码"}
        return votes.open_vote(place, by=cast.liu, offered=offered, **words, **days)

    vote = once(ask, cast.zaobei, list(two))
    mine = vote.voters.get(representative__person=cast.liming)
    once(lambda it: votes.cast_ballot(it, by=cast.liming, choices=[1]), mine)
    paper = vote.voters.filter(representative__person=None).first()
    once(lambda it: votes.issue_ballot(it, by=cast.liu), paper)
    bundle = Bundle.of([([2], 1)], 0)
    each(lambda it: votes.enter_paper(it, by=cast.liu, number=1, bundle=bundle), vote)
    assert vote.batches.count() == 1


def with_partners(cast: Cast, project: Project) -> None:
    """A unit that gives something, named by two at once: it is a partner once."""
    unit = {"name": "安居物业", "defaults": {"kind": OrganisationKind.PROPERTY_COMPANY}}
    Organisation.objects.get_or_create(place=cast.zaobei, **unit)
    each(lambda it: works.set_partners(it, by=cast.liu, partners=[("安居物业", "出两名电工", "labour")]), project)
    assert project.partners.count() == 1


def _a_work_under_way(cast: Cast) -> None:
    """A place joins with a work it has begun; the level above gives the entry back once."""
    entered = each(lambda place: works.enter_project(place, by=cast.wang, **projects.UNDER_WAY), cast.zaobei)
    assert len({one.number for one in entered}) == 2
    each(lambda it: works.return_project_entry(it, by=cast.zhao, reason="请补依据"), entered[0])
    kept = ("title", "content", "responsible_level", "basis", "started_on", "deadline", "percent")
    told = {name: projects.UNDER_WAY[name] for name in kept}
    each(lambda it: works.amend_project_entry(it, by=cast.wang, **told), entered[0])


def working(cast: Cast, clock: Any, proposal: Proposal) -> Project:
    """A project from its opening to its acceptance."""
    project = once(lambda it: works.open_project(it, by=cast.wang), proposal, clerks=3)
    today = timezone.localdate()
    _a_work_under_way(cast)
    plan = replace(projects.PLAN, starts_on=today + timedelta(days=20), deadline=today + timedelta(days=60))
    each(lambda it: works.write_plan(it, by=cast.liu, **asdict(plan)), project)
    with_partners(cast, project)
    team = [("马师傅", "联系施工"), ("赵大姐", "通知各楼")]
    each(lambda it: works.set_team(it, by=cast.liu, members=team), project)
    assert project.team.count() == 2
    group = list(Representative.objects.filter(place=cast.zaobei)[:3])
    each(lambda it, them: works.set_supervisors(it, by=cast.wang, representatives=them), project, group)
    assert project.supervisors.count() == 3
    once(lambda it: works.publicise_plan(it, by=cast.wang), project)
    notice = reread(project).notice
    clock.to(max(notice.last_day + timedelta(days=1), plan.starts_on))
    close_notice(notice, by=cast.wang)
    once(lambda it: works.start_project(it, by=cast.wang), project)
    done = {"percent": 30, "text": "灯杆到了", "happened_on": timezone.localdate()}
    each(lambda it: works.note_progress(it, by=cast.liu, **done), project)
    for one in group:
        projects.give_account(one)
    found = each(lambda it: works.raise_finding(it, by=group[0].person, text="有一盏不亮"), project)
    for one in found:
        once(lambda it: works.answer_finding(it, by=cast.liu, answer="换了"), one)
        once(lambda it: works.confirm_finding(it, by=group[0].person), one)
    once(lambda it: works.complete_project(it, by=cast.liu, text="都亮了"), project)
    _on_paper(cast, reread(project))
    for one in group[:2]:
        once(lambda it, who=one.person: works.sign_acceptance(it, by=who, meets_standard=True), project)
    once(lambda it: works.accept_project(it, by=cast.wang), project)
    return reread(project)


def _on_paper(cast: Cast, project: Project) -> None:
    sheet = attach(project, SimpleUploadedFile("签字单.txt", "达到标准".encode()), by=cast.liu, purpose=SHEET)
    last = project.supervisors.get(representative=list(Representative.objects.filter(place=cast.zaobei)[:3])[-1])
    signed = {"said": [works.OnPaper(last.pk, meets_standard=True)], "signed_on": timezone.localdate()}
    once(lambda it: works.note_signatures(it, by=cast.liu, sheet=fresh(sheet), **signed), project)


def judging(cast: Cast, clock: Any, project: Project) -> None:
    """A third party from outside, and the review meeting."""
    clock.to(date(2026, 11, 16))
    asked = {"institution": "评估中心", "question": "好不好用", "until": date(2026, 12, 1)}
    each(lambda it, who: evaluation.invite_third_party(it, by=cast.liu, evaluator=who, **asked), project, cast.security)
    starts = datetime(2026, 11, 26, 9, tzinfo=meetings.BEIJING)
    words = {"kind": MeetingKind.REVIEW, "title": "2026年度问效会", "starts_at": starts, "venue": "议事厅"}
    meeting = once(lambda it: sitting.plan_meeting(it, by=cast.liu, **words), cast.zaobei.council)
    once(lambda it, them: evaluation.list_for_review(it, by=cast.liu, projects=them), meeting, [project])
    review = Review.objects.get(project=project)
    sitting.convene_meeting(reread(meeting), by=cast.wang)
    clock.to(date(2026, 11, 26))
    present = {str(one.pk): Attendance.PRESENT for one in meeting.invitations.all()}
    each(lambda it: sitting.take_attendance(it, by=cast.liu, attendance=present), meeting)
    sitting.open_meeting(reread(meeting), by=cast.liu)
    once(lambda it: evaluation.take_vote(it, by=cast.liu), review)
    everyone = len(present)
    for someone in (cast.liu, cast.wang):
        enter_tally(reread(review).poll, by=someone, counts=satisfied(everyone, 0, 0))
    once(lambda it: evaluation.declare_review(it, by=cast.wang), review)
    once(lambda it: evaluation.publicise_reviews(it, by=cast.wang), meeting)


def on_the_board(cast: Cast) -> None:
    """Announcements, which anybody may post twice; each has its number."""
    words = {"kind": NoticeKind.ANNOUNCEMENT, "title": "停水", "body": "明天停水。"}
    posted = each(lambda place: post_notice(place, by=cast.wang, **words), cast.zaobei, clerks=3)
    assert len({one.number for one in posted}) == 3
    show = {"kind": PollKind.DECISION, "method": Method.SHOW_OF_HANDS, "title": NAMES[0]}
    each(lambda place: prepare_poll(place, by=cast.wang, **show), cast.zaobei)
