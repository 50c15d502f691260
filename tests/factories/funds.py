"""Money at three levels: the clerks who keep the accounts, funds that were given, a contract of a project."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.cast import OPERATOR, Cast, person
from tests.factories.projects import planned, seated_council
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.instruments.funds.actions import allot, open_fund, set_budget
from yishiting.instruments.funds.models import Fund, Source
from yishiting.year.projects.models import Project
from yishiting.year.spending.actions import ask, make_grant, sign_contract
from yishiting.year.spending.models import Contract, Payment

PAPER = "朝财〔2026〕12号"
YUAN = 100


@dataclass
class Clerks:
    """区财政的何会计、街道的孟会计、社区的报账员小田。"""

    he: Person
    meng: Person
    tian: Person


def clerks(cast: Cast) -> Clerks:
    """Whoever keeps the accounts at each level."""
    found = Clerks(person("he", "何会计"), person("meng", "孟会计"), person("tian", "田静"))
    for someone, office, where in (
        (found.he, Office.DISTRICT_FINANCE, cast.district),
        (found.meng, Office.SUBDISTRICT_FINANCE, cast.maizidian),
        (found.tian, Office.COMMUNITY_FINANCE, cast.zaobei),
    ):
        appoint(where, by=OPERATOR, person=someone, office=office, since=date(2025, 1, 1))
    return found


def handed_down(cast: Cast, of: Clerks) -> tuple[Fund, Fund, Fund]:
    """The special fund of 2026: 100,000 yuan to the district, 30,000 on to the subdistrict, 20,000 on to the community."""
    top = open_fund(cast.district, by=of.he, source=Source.SPECIAL, year=2026)
    set_budget(top, by=of.he, fen=100_000 * YUAN, basis=PAPER)
    middle = allot(top, by=of.he, to=cast.maizidian, fen=30_000 * YUAN, basis=PAPER).debit.fund
    low = allot(middle, by=of.meng, to=cast.zaobei, fen=20_000 * YUAN, basis=PAPER).debit.fund
    return top, middle, low


def project_of(cast: Cast) -> Project:
    """A project with its plan, of a seated council."""
    return planned(cast, seated_council(cast))


def granted(cast: Cast, of: Clerks, project: Project | None = None, fen: int = 12_350 * YUAN) -> tuple[Project, Fund]:
    """A project of the community with money set aside for it, to the fen."""
    low = handed_down(cast, of)[-1]
    project = project or project_of(cast)
    return make_grant(project, by=of.tian, fund=low, fen=fen, basis="枣营北里社区议〔2026〕1号"), low


LAMPS: dict[str, Any] = {
    "title": "楼门口太阳能路灯",
    "number": "枣北合〔2026〕3号",
    "payee": "朝阳光明照明有限公司",
    "private_payee": False,
    "fen": 960_050,
    "milestones": [{"title": "灯到货", "fen": 500_000}, {"title": "评议达标", "fen": 460_050}],
    "signed_on": date(2026, 3, 5),
}


def contracted(cast: Cast, of: Clerks, **given: Any) -> Contract:
    """A contract of 9,600.50 yuan in two parts."""
    project, _fund = granted(cast, of)
    return sign_contract(project, by=cast.liu, **{**LAMPS, **given})


def asked(cast: Cast, of: Clerks) -> Payment:
    """The first part, asked for by 小刘."""
    contract = contracted(cast, of)
    return ask(contract, by=cast.liu, milestone=contract.milestones.get(position=1))
