"""What two clerks of a street do at once: questions and hearings, sittings, reports, plans, and whom it is sent."""

from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from tests.cast import OPERATOR, Cast, person, place
from tests.factories import directors, projects, proposals
from tests.stress.clerks import each, once, reread
from yishiting.ground.accounts.actors import Clock as TheClock
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.notices.actions.calling import ring_instead
from yishiting.ground.notices.models import Message, Way
from yishiting.ground.organisations import actions as organisations
from yishiting.ground.organisations.models import Office, OrganisationKind
from yishiting.ground.places.models import Kind, Level
from yishiting.year.councils import actions as council
from yishiting.year.councils.rules import Planned
from yishiting.year.directors import actions as acts
from yishiting.year.directors.models import Sitting, SittingItem, Topic
from yishiting.year.directors.queries import undecided
from yishiting.year.hearings import actions as hearings
from yishiting.year.hearings.models import Hearing, SpeechKind
from yishiting.year.inquiries import actions as inquiries
from yishiting.year.inquiries.models import RuleName
from yishiting.year.projects import actions as works
from yishiting.year.proposals import actions as drafts
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.suggestions import actions as intake
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.visits import actions as visits
from yishiting.year.visits.models import Stance

#: Who else sits on a street's council, beside those its communities send.
OTHERS = (
    "party_delegate",
    "peoples_deputy",
    "cppcc_member",
    "resident_unit",
    "social_organisation",
    "migrant_resident",
    "invited_member",
)


def asking_above(cast: Cast) -> None:
    """A question of policy goes up, comes back, goes up again and is answered."""
    question = {"title": "请假算不算应到", "text": "怎么算？", "rule": RuleName("meeting.quorum_over")}
    asked = each(lambda place, liu: inquiries.ask(place, by=liu, **question), cast.zaobei, cast.liu)[0]
    once(lambda it: inquiries.ask_back(it, by=cast.sun, text="哪一次会？"), asked)
    each(lambda it: inquiries.follow_up(it, by=cast.liu, text="三月的审议会。"), asked)
    each(lambda it: inquiries.answer(it, by=cast.sun, text="仍算应到。", public=True), asked)
    assert asked.exchanges.count() == 6


def hearing_people(cast: Cast) -> None:
    """A hearing is announced, held once, and two clerks note at once what is said at it."""
    told = {"title": "大型问政会", "about": "拟办项目", "venue": "文化中心", "resident": 60}
    starts = timezone.now() + timedelta(days=30)
    announce = partial(hearings.announce_hearing, by=cast.zhao, starts_at=starts, **told)
    hearing = each(announce, cast.maizidian)[0]
    Hearing.objects.filter(pk=hearing.pk).update(starts_at=timezone.now())
    once(lambda it: hearings.hold_hearing(it, by=cast.zhao, resident=53), hearing)
    said = {"speaker": "resident", "text": "路积水"}
    each(lambda it: hearings.note_speech(it, by=cast.zhao, kind=SpeechKind.OPINION, **said), hearing)
    each(lambda it: hearings.note_many(it, by=cast.zhao, speaker="resident", said="灯不亮\n车棚漏雨"), hearing)
    asked = each(lambda it: hearings.note_speech(it, by=cast.zhao, kind=SpeechKind.QUESTION, **said), hearing)
    each(lambda it: hearings.answer_speech(it, by=cast.zhao, answer="下月修"), asked[0])
    once(lambda it: hearings.withdraw_speech(it, by=cast.zhao, reason="记重了"), asked[1])
    each(lambda it: hearings.publish_hearing(it, by=cast.zhao, record="议了积水"), hearing)
    assert sorted(hearing.speeches.values_list("position", flat=True)) == list(range(1, 9))


def at_the_street(cast: Cast) -> None:
    """The directors' sittings, the report of needs and the plan of works; whom communities send."""
    head, leader = directors.heads(cast)
    scored = directors.scored(cast, 9, 8)
    for n, one in enumerate(Proposal.objects.filter(place=cast.maizidian), start=91):
        _numbered(one, n)
    sitting = _a_sitting(cast, head, leader)
    proposal = _led(cast, sitting, leader)
    _the_report(cast, sitting, proposal)
    _the_plan(cast, scored, sitting, leader)
    _sent_to_the_street(cast)


def _a_sitting(cast: Cast, head: Person, leader: Person) -> Sitting:
    """Called, its agenda put down once however many do it, begun once."""
    day = timezone.localdate()
    sitting = once(lambda it: acts.call_sitting(it, by=cast.zhao, held_on=day), cast.maizidian)
    matter = directors.passed(cast, "污水主管要改造", level="district")
    once(lambda it, one: acts.put_down(it, by=cast.zhao, suggestions=[one]), sitting, matter)
    assert SittingItem.objects.filter(suggestion=matter).count() == 1
    each(lambda it: acts.add_topic(it, by=cast.zhao, title="明年的经费盘子"), sitting)
    there = {"chaired_by": head, "present": [leader, cast.zhao]}
    once(lambda it: acts.begin_sitting(it, by=cast.zhao, **there), sitting)
    assert sitting.present.count() == 3
    return reread(sitting)


def _led(cast: Cast, sitting: Sitting, leader: Person) -> Proposal:
    """A draft about what only the district can do."""
    item = undecided(sitting, Topic.LEADERS).get()
    named = {"responsible": leader, "section": directors.section(cast)}
    acts.name_leaders(sitting, by=cast.zhao, items=[item], **named)
    words = {"title": "污水主管", "situation": "管径太小。", "measures": "请区里改造主管。"}
    matter = [reread(item.suggestion)]
    return drafts.draft_proposal(
        cast.maizidian, by=cast.zhao, suggestions=matter, responsible_level="district", **words
    )


def _the_report(cast: Cast, sitting: Sitting, proposal: Proposal) -> None:
    """One draft a year, each matter once on its list, adopted once."""
    year = timezone.localdate().year
    report = once(lambda it: acts.draft_report(it, by=cast.zhao, year=year), cast.maizidian)
    listed = {"advice": "请区水务局统筹。"}
    once(lambda it, one: acts.list_matters(it, by=cast.zhao, proposals=[one], **listed), report, proposal)
    once(lambda it, at: acts.adopt_report(it, by=cast.zhao, sitting=at), report, sitting)
    assert sitting.items.filter(topic=Topic.REPORT).count() == 1


def _the_plan(cast: Cast, scored: ScoreRound, sitting: Sitting, leader: Person) -> None:
    """One plan a year from one round of scores, decided once."""
    year = timezone.localdate().year + 1
    plan = once(
        lambda it, by_these: acts.draft_plan(it, by=cast.zhao, score_round=by_these, year=year), cast.maizidian, scored
    )
    written = {**directors.WRITTEN, "deadline": date(year, 9, 30)}
    for one in plan.works.all():
        acts.write_work(one, by=cast.zhao, responsible=leader, lead=directors.section(cast), **written)
    once(lambda it, at: acts.decide_plan(it, by=cast.zhao, sitting=at), plan, sitting)
    assert sitting.items.filter(topic=Topic.PLAN).count() == 1


def _sent_to_the_street(cast: Cast) -> None:
    """Two name the same person at once: they are sent once."""
    gao = person("gao", "高书记")
    office = {"office": Office.SUBDISTRICT_SECRETARY, "since": date(2025, 1, 1)}
    organisations.appoint(cast.anzhen, by=OPERATOR, person=gao, **office)
    below = place("110105008001", "安华社区", Level.COMMUNITY, Kind.COMMUNITY, cast.anzhen)
    mu = person("mu", "穆书记")
    office["office"] = Office.COMMUNITY_SECRETARY
    organisations.appoint(below, by=OPERATOR, person=mu, **office)
    term = council.begin_term(council.found_council(cast.anzhen, by=gao, purpose="协商。"), by=gao, number=1)
    lines = [Planned("安华社区", "resident", 1, 14, sends=below.code), *(Planned(one, one, 1, 1) for one in OTHERS)]
    council.fix_seats(council.set_seat_plan(term, by=gao, lines=lines), by=gao)
    who = {"name": "安甲", "birth_year": 1960, "basis": "3月4日社区议事协商会推派", "consents": True}
    group = term.constituencies.get(name="安华社区")
    once(lambda it: council.send_representative(it, by=mu, **who), group)
    assert group.candidates.count() == 1


def in_a_community(cast: Cast) -> None:
    """A unit suggests, whoever has a receipt replies, what was taken in by mistake is taken out once."""
    kind = OrganisationKind.PROPERTY_COMPANY
    unit = organisations.register_organisation(cast.zaobei, by=cast.liu, kind=kind, name="和家物业")
    letters = each(lambda it: intake.suggest_for_unit(it, by=cast.liu, text="来函建议在北门设快递柜。"), unit)
    assert len({one.receipt for one in letters}) == 2
    said, more = (proposals.valid(cast, phone=f"1390000008{n}") for n in range(2))
    proposal = proposals.drafted(cast, suggestions=[said, more])
    visits.ask_proposers(proposal, by=cast.liu)
    agrees = {"stance": Stance.AGREES, "tail": "0080"}
    each(lambda it: visits.reply_with_receipt(it, by=Visitor(), **agrees), said)
    out = {"reason": "不是一件事"}
    once(lambda it, one: drafts.remove_source(it, by=cast.liu, suggestion=one, **out), proposal, more)
    assert proposal.former_sources.count() == 1
    two = [_numbered(projects.adopted_proposal(cast, title=one), n) for n, one in ((93, "装路灯"), (94, "修坡道"))]
    project = works.open_together(two[0], by=cast.liu, proposals=[two[1]], title="照明和坡道")
    once(lambda it, one: works.remove_basis(it, by=cast.liu, proposal=one, reason="另外立项"), project, two[1])
    assert project.bases.count() == 1
    undelivered = Message.objects.filter(way=Way.SMS, place_code=cast.zaobei.code).first()
    once(lambda it: ring_instead(it, by=TheClock()), undelivered)


def a_council_is_asked(cast: Cast) -> None:
    """The council of a community in office, by two clerks of the subdistrict at once."""
    said = directors.passed(cast, "朝阳公园路要重铺")
    Suggestion.objects.filter(pk=said.pk).update(responsible=cast.zhao)
    words = {"title": "重铺朝阳公园路", "situation": "路面破损。", "measures": "重铺路面。"}
    above = drafts.draft_proposal(
        cast.maizidian, by=cast.zhao, suggestions=[reread(said)], responsible_level="subdistrict", **words
    )
    asked = {"councils": [cast.zaobei], "question": "行不行"}
    once(lambda it: visits.ask_councils(it, by=cast.zhao, **asked), above)
    assert above.council_questions.count() == 1


def _numbered(proposal: Proposal, n: int) -> Proposal:
    """With a number as papers have, far behind those that the series gives."""
    Proposal.objects.filter(pk=proposal.pk).update(number=f"{proposal.place.name}案〔2026〕{n}号")
    return reread(proposal)
