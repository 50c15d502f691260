"""Which offices there are at which level, and what each is there for."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Desk:
    """Who acts for a place of one level; each office stands once, where it may most.

    `heads`: lead the Party organisation or the office and answer for what goes out. `leads`: take decisions about the
    council with them. `works`: prepare and carry out. `watches`: read everything, raise findings, change nothing else.
    `accounts`: keep the accounts of the place's money, and pay what the desk has approved.
    `screens`: take in what the subdistricts and townships of their line report, and prepare it for the desk.
    """

    heads: tuple[str, ...]
    leads: tuple[str, ...]
    works: tuple[str, ...]
    watches: tuple[str, ...]
    #: Who acts for the Party organisation of the place.
    party: tuple[str, ...]
    screens: tuple[str, ...] = ()
    #: Who fixes the shares of the sectors in a council, where that is not for everybody who leads.
    shares: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    @property
    def leading(self) -> tuple[str, ...]:
        """The heads and those who lead with them."""
        return self.heads + self.leads

    @property
    def working(self) -> tuple[str, ...]:
        """Everybody at the desk."""
        return self.leading + self.works

    @property
    def everybody(self) -> tuple[str, ...]:
        """The desk, those who screen for it, those who keep its accounts and those who watch it."""
        return self.working + self.screens + self.accounts + self.watches


#: The one table of offices by level.
DESKS: Mapping[str, Desk] = {
    "community": Desk(
        heads=("community_secretary",),
        leads=("committee_director",),
        works=("community_worker",),
        watches=("community_supervisor",),
        party=("community_secretary",),
        accounts=("community_finance",),
    ),
    "subdistrict": Desk(
        heads=("subdistrict_secretary", "subdistrict_director"),
        leads=("subdistrict_leader",),
        works=("section_head", "section_member"),
        watches=("subdistrict_discipline", "subdistrict_auditor"),
        party=("subdistrict_secretary",),
        shares=("subdistrict_secretary",),
        accounts=("subdistrict_finance",),
    ),
    "district": Desk(
        heads=("district_leader", "district_director"),
        leads=(),
        works=("district_officer",),
        watches=("auditor",),
        party=("district_leader", "district_director"),
        screens=("social_work_committee", "rural_work_committee"),
        accounts=("district_finance",),
    ),
}
#: Which office screens what a line of subdistricts or townships reports to the district.
OF_THE_LINE: Mapping[str, str] = {"urban": "social_work_committee", "rural": "rural_work_committee"}
LEVEL_OF: Mapping[str, str] = {office: level for level, desk in DESKS.items() for office in desk.everybody}
HEADS = tuple(office for desk in DESKS.values() for office in desk.heads)
WORKING = tuple(office for desk in DESKS.values() for office in desk.working)
SCREENING = tuple(office for desk in DESKS.values() for office in desk.screens)
ACCOUNTS = tuple(office for desk in DESKS.values() for office in desk.accounts)
WATCHING = tuple(office for desk in DESKS.values() for office in desk.watches)


def office_fits(office: str, level: str) -> bool:
    """Whether there is such an office at this level; one that is not listed may stand at any."""
    return LEVEL_OF.get(str(office), str(level)) == str(level)
