"""A section of the subdistrict, the leader above it, its head and its clerk; and projects that it carries out."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tests.cast import OPERATOR, Cast, person
from tests.factories import projects, proposals
from tests.factories.directors import in_force
from tests.put_back import kept
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office, Organisation, OrganisationKind
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.year.councils.models import Constituency, Council, Representative, Term
from yishiting.year.councils.states import State as TermState
from yishiting.year.projects.actions import set_partners, set_supervisors, set_team, take_up_project, write_plan
from yishiting.year.projects.models import Project
from yishiting.year.proposals.actions import report_up, take_on
from yishiting.year.proposals.models import Proposal

SINCE = date(2025, 1, 1)
ANSWER = "今年由街道修。"
GIVES = [("安居物业", "出两名电工，负责日常维护", "labour")]


@dataclass
class Section:
    """城管科 of 麦子店: 何敏 leads it for the subdistrict, 吴军 is its head, 冯丽 its clerk; 民政科 is another, of 韩冰."""

    unit: Organisation
    other: Organisation
    he: Person
    wu: Person
    feng: Person
    han: Person
    partner: Organisation


@kept
def a_section(cast: Cast) -> Section:
    here = cast.maizidian
    unit = Organisation.objects.create(place=here, kind=OrganisationKind.SECTION, name="城管科")
    other = Organisation.objects.create(place=here, kind=OrganisationKind.SECTION, name="民政科")
    partner = Organisation.objects.create(place=cast.zaobei, kind=OrganisationKind.PROPERTY_COMPANY, name="安居物业")
    people = [person(*one) for one in (("hemin", "何敏"), ("wujun", "吴军"), ("fengli", "冯丽"), ("hanbing", "韩冰"))]
    he, wu, feng, han = people
    for one, office, of in (
        (he, Office.SUBDISTRICT_LEADER, None),
        (wu, Office.SECTION_HEAD, unit),
        (feng, Office.SECTION_MEMBER, unit),
        (han, Office.SECTION_HEAD, other),
    ):
        appoint(here, by=OPERATOR, person=one, office=office, since=SINCE, organisation=of)
    return Section(unit, other, he, wu, feng, han, partner)


def seats_of_the_street(place: Place, *people: Person) -> list[Representative]:
    """A serving council of the subdistrict with these people on it."""
    council, _made = Council.objects.get_or_create(place=place)
    dates = {"begins": SINCE, "ends": date(2028, 1, 1)}
    term = Term.objects.create(council=council, place=place, number=1, state=TermState.SEATED, **dates)
    group = Constituency.objects.create(term=term, place=place, name="社区代表", sector="resident", seats=len(people))
    given: dict[str, Any] = {"term": term, "constituency": group, "place": place, "since": SINCE}
    return [Representative.objects.create(**given, person=one, name=one.name, until=date(2028, 1, 1)) for one in people]


@kept
def reported(cast: Cast, clock: Any) -> Proposal:
    """What 陆阿姨 said, the council of the community adopted and the community cannot do."""
    said = [proposals.valid(cast, by=cast.lu)]
    draft = proposals.drafted(cast, suggestions=said, responsible_level=ResponsibleLevel.SUBDISTRICT)
    return report_up(proposals.decided(cast, clock, draft), by=cast.wang, reason="道路归街道管")


@kept
def taken_on(cast: Cast, section: Section, proposal: Proposal) -> Proposal:
    """Answered that the subdistrict does it: the section has it in hand."""
    return take_on(proposal, by=cast.zhao, answer=ANSWER, section=section.unit, responsible=section.he)


@kept
def adopted_by_the_street(cast: Cast, title: str = "东口铺路") -> Proposal:
    """A proposal that the council of the subdistrict adopted."""
    proposal = projects.adopted_proposal(cast, ResponsibleLevel.SUBDISTRICT, title)
    Proposal.objects.filter(pk=proposal.pk).update(place=cast.maizidian)
    return in_force(cast, Proposal.objects.get(pk=proposal.pk))


@kept
def taken_up(cast: Cast, section: Section, proposal: Proposal | None = None) -> Project:
    given = proposal or adopted_by_the_street(cast)
    return take_up_project(given, by=cast.zhao, lead=section.unit, responsible=section.he, handler=section.wu)


@kept
def planned(cast: Cast, section: Section, proposal: Proposal | None = None) -> Project:
    """With its plan, team, partners, and 李明, 陆阿姨 and one more to watch it."""
    project = taken_up(cast, section, proposal)
    write_plan(project, by=section.wu, **{**asdict(projects.PLAN), "responsible_name": "吴军"})
    set_team(project, by=section.wu, members=[("冯丽", "联系施工")])
    set_partners(project, by=section.wu, partners=GIVES)
    third = person("zhangshu", "张淑珍", staff=False)
    seats = seats_of_the_street(cast.maizidian, cast.liming, cast.lu, third)
    director = person("luo", "罗刚")
    appoint(cast.maizidian, by=OPERATOR, person=director, office=Office.SUBDISTRICT_DIRECTOR, since=SINCE)
    return set_supervisors(project, by=director, representatives=seats)
