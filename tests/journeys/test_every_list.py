"""Every declared list of the desk, in the lived-in year: one description, and all of its doors keep to it."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.conftest import Clock
from tests.doors.counting import queries_of
from tests.journeys.second_rows import SECOND
from tests.lived_year import LATE
from yishiting.doors.common.stage import COMMUNITY, DISTRICT, SUBDISTRICT
from yishiting.doors.lists.catalogue import EVERY, LISTS
from yishiting.doors.lists.columns import Kind, reached
from yishiting.doors.lists.declared import List, key_of, select
from yishiting.doors.lists.filters import Among, AtPlace, Choice, Days, Filter, Search, Year, flat
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.year.budgeting.models import BudgetVote
from yishiting.year.consultations.models import Consultation, Questionnaire
from yishiting.year.councils.models import Term
from yishiting.year.meetings.models import Meeting
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.suggestions.models import SolicitationSession

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]

#: Who may read a list, where that is not the secretary of the community; anybody else in the cast may not.
READERS = {
    "desk-reported": "zhao",
    "desk-sittings": "zhao",
    "desk-area-suggestions": "zhao",
    "desk-accounts": "system",
    "desk-appointments": "security",
    "administration-messages": "system",
    "audit-late": "audit",
    "desk-matters": "sun",
    "desk-assessments": "sun",
    "desk-lists-sent": "sun",
    "desk-place-changes": "sun",
    "desk-to-take-in": "sun",
    "desk-in-hand": "shizheng",
    "desk-oversight": "sun",
    "audit-corrections": "audit",
    "audit-handed-out": "audit",
}
#: 陆阿姨 sits in the council and may read what its representatives read; there somebody else may not.
STRANGERS = {"desk-own-inquiries": "security", "desk-outreach": "security"}
HERE = {"place__code": COMMUNITY}
#: Of the things a list may be about, one that has rows.
ABOUT = {
    SolicitationSession: lambda: SolicitationSession.objects.filter(suggestions__isnull=False, **HERE).first(),
    Meeting: lambda: Meeting.objects.filter(reviews__isnull=False).first(),
    ScoreRound: lambda: ScoreRound.objects.filter(judges__isnull=False, **HERE).first(),
    BudgetVote: lambda: BudgetVote.objects.filter(voters__isnull=False).first(),
    Consultation: lambda: Consultation.objects.filter(statements__isnull=False).first(),
    Questionnaire: lambda: Questionnaire.objects.filter(responses__isnull=False).first(),
    Term: lambda: Term.objects.filter(**HERE).order_by("number").first(),
}
#: The demo has none of these.
EMPTY = {"by-election-candidates", "by-election-rounds"}
NAMES = [name for name in LISTS if name not in EMPTY]


@dataclass
class Case:
    """A list, what it is about, and somebody who may read it."""

    whole: List
    subject: Any
    browser: Client
    person: Person

    @property
    def page(self) -> str:
        """Where it stands."""
        named = self.whole.at or self.whole.name
        return reverse(named, args=[key_of(self.subject)] if self.whole.of is not None else [])

    def query(self, **asked: Any) -> str:
        about = {} if self.whole.of is None else {"of": key_of(self.subject)}
        return urlencode({**about, **asked})

    @property
    def sheet(self) -> str:
        return reverse("desk-list-sheet", args=[self.whole.name])

    @property
    def api(self) -> str:
        return f"/api/v1/lists/{self.whole.name.removeprefix('desk-')}"

    def shown(self, **asked: Any) -> Any:
        """The list as its page draws it."""
        prefix = {"election-rounds": "round_"}.get(self.whole.name, "")
        answer = self.browser.get(self.page, {f"{prefix}{name}": value for name, value in asked.items()})
        assert answer.status_code == 200
        held = [answer.context.get("list"), answer.context.get("rounds")]
        return next(one for one in held if one is not None and one.whole is self.whole)

    def rows(self, **asked: str) -> list[Any]:
        """All rows, as the columns read them."""
        return list(self.whole.prepared(list(select(self.whole, self.subject, asked).rows)))


@pytest.fixture
def case(request: pytest.FixtureRequest, clock: Clock) -> Case:
    clock.to(LATE)
    whole = LISTS[request.param]
    login = READERS.get(whole.name, "wang")
    person, browser = Person.objects.get(login=login), Client()
    browser.force_login(person)
    at = {"zhao": SUBDISTRICT, "sun": DISTRICT}.get(login, COMMUNITY)
    subject = person if whole.of is None else Place.objects.get(code=at) if whole.of is Place else ABOUT[whole.of]()
    return Case(whole, subject, browser, person)


every_list = pytest.mark.parametrize("case", NAMES, indirect=True, ids=str)


@pytest.mark.once
def test_nothing_is_declared_twice() -> None:
    assert len(LISTS) == len(EVERY)
    for whole in EVERY:
        names = [column.name for column in whole.columns]
        assert len(names) == len(set(names)), whole.name
        inputs = [name for one in whole.filters for name in one.names]
        assert len(inputs) == len(set(inputs)), whole.name
        assert {"page", "size", "sort", "of"}.isdisjoint(inputs), whole.name
        assert set(whole.counted) <= {one.name for one in whole.filters}, whole.name


@pytest.mark.once
def test_people_and_places_are_never_put_in_order_by_what_they_did() -> None:
    of_doing = (Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.MOMENT)
    ranked = [
        f"{whole.name}.{column.name}"
        for whole in EVERY
        for column in whole.columns
        if whole.people and column.sort and column.kind in of_doing
    ]
    assert ranked == []
    told = {whole.name for whole in EVERY if whole.people}
    assert {
        "desk-people",
        "desk-roster",
        "desk-duty-records",
        "desk-candidates",
        "desk-accounts",
        "desk-appointments",
    } <= told


@pytest.mark.once
@every_list
def test_it_opens_for_who_may_and_refuses_who_may_not(case: Case) -> None:
    if not case.rows():
        SECOND[case.whole.name](case.subject)
    assert case.shown().rows, "a list without a row proves little: tests/journeys/second_rows.py"
    stranger = Client()
    stranger.force_login(Person.objects.get(login=STRANGERS.get(case.whole.name, "lu")))
    for address in (case.page, f"{case.sheet}?{case.query()}", f"{case.api}?{case.query()}"):
        assert stranger.get(address).status_code == 403, address
        assert Client().get(address).status_code in {302, 403}, address


@every_list
def test_it_sorts_by_every_column_that_offers_it(case: Case) -> None:
    for column in case.whole.columns:
        if not column.sort:
            continue
        for sort in (column.name, f"-{column.name}"):
            assert select(case.whole, case.subject, {"sort": sort}).sort == sort
            ways = (column.sort,) if isinstance(column.sort, str) else column.sort
            keys = [[_reached(row, way) for way in ways] for row in case.rows(sort=sort)]
            full = [key for key in keys if None not in key]
            assert full == sorted(full, reverse=sort.startswith("-")), (column.name, sort)
            assert keys[: len(full)] == full, "what is empty comes last"
        shown = case.shown(sort=f"-{column.name}")  # the page asks the same, so that one way of each column is enough
        assert shown.selection.sort == f"-{column.name}"
        heading = next((one for one in shown.headings if one.column is column), None)
        assert heading is None or heading.sorted == "descending"
    assert "sort" in case.shown(sort="nonsense").selection.problems


def _reached(row: Any, way: Any) -> Any:
    return reached(row, way.replace("__", ".") if isinstance(way, str) else way)


@every_list
def test_every_filter_narrows_and_says_so(case: Case) -> None:
    everything = {_same(row) for row in case.rows()}
    for one in case.whole.filters:
        for number, asked in enumerate(_values(one, case.subject)):
            selection = select(case.whole, case.subject, asked)
            assert not selection.problems, (one.name, asked, selection.problems)
            assert one.name in selection.values, (one.name, asked)
            assert selection.in_words(), one.name
            found = {_same(row) for row in case.whole.prepared(list(selection.rows))}
            assert one.always or found <= everything, (one.name, asked)
            if number == 0:  # the page asks the same: one value of each filter is enough
                assert len(case.shown(**asked).rows) == min(len(found), case.whole.page)


@pytest.mark.once
@every_list
def test_what_cannot_be_read_is_said_and_loses_nothing(case: Case) -> None:
    whole = len(case.rows())
    for one in case.whole.filters:
        if isinstance(one, Search):
            continue
        nonsense = dict.fromkeys(one.names, "没有这样的东西")
        shown = case.shown(**nonsense)
        assert set(shown.selection.problems) & set(one.names), one.name
        assert shown.page.paginator.count == whole, one.name
        kept = {control.name: control.value for control in shown.controls}
        assert all(kept.get(name, "没有这样的东西") == "没有这样的东西" for name in one.names)
        answer = case.browser.get(f"{case.api}?{case.query(**nonsense)}")
        assert answer.status_code == 422
        assert answer.json()["field"] in one.names


@pytest.mark.once
@every_list
def test_the_sheet_has_the_header_block_and_the_same_rows(case: Case) -> None:
    answer = case.browser.get(f"{case.sheet}?{case.query()}")
    assert answer["Content-Disposition"].startswith("attachment")
    page = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    table = [list(row) for row in page.iter_rows(values_only=True)]
    assert str(case.whole.label) in table[0][0]
    assert all(part in table[1][0] for part in ("单位：", f"填报人：{case.person}", f"日期：{LATE.isoformat()}"))
    assert table[2][0].startswith("筛选：")
    assert table[3] == [str(column.label) for column in case.whole.columns]
    expected = [[_cell(column.in_a_sheet(row)) for column in case.whole.columns] for row in case.rows()]
    assert [[_cell(value) for value in row] for row in table[4:]] == expected
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def _cell(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    return value or None if isinstance(value, str) else value


@pytest.mark.once
@every_list
def test_the_api_gives_the_same_columns(case: Case) -> None:
    answer = case.browser.get(f"{case.api}?{case.query(size=200)}")
    assert answer.status_code == 200, answer.content
    rows, given = case.rows(), answer.json()
    assert given["total"] == len(rows)
    assert len(given["items"]) == min(len(rows), 200)
    wanted = {column.name for column in case.whole.columns}
    for row, item in zip(rows, given["items"], strict=False):
        assert wanted <= set(item)
        for column in case.whole.columns:
            value = column.in_the_api(row)
            said = item[column.name]
            if isinstance(value, datetime):
                assert datetime.fromisoformat(said) == value.replace(microsecond=value.microsecond // 1000 * 1000)
            else:
                assert said == (value.isoformat() if isinstance(value, date) else value), column.name


#: Rows about things of every kind: each kind is read once.
OF_ALL_KINDS = {"audit-corrections"}


@every_list
def test_one_row_and_many_cost_the_same(case: Case) -> None:
    prefix = {"election-rounds": "round_"}.get(case.whole.name, "")
    if case.whole.name in SECOND:
        SECOND[case.whole.name](case.subject)
    assert len(case.rows()) >= 2, "with one row nothing can be compared: tests/journeys/second_rows.py"
    waits = any(column.kind is Kind.DUE or column.name == "pace" for column in case.whole.columns)
    once = 3 if waits or case.whole.name in OF_ALL_KINDS else 0
    pages, answers = (
        [queries_of(case.browser, f"{address}{size}") for size in (1, 30)]
        for address in (f"{case.page}?{prefix}size=", f"{case.api}?{case.query()}&size=")
    )
    assert pages[0] <= pages[1] <= min(pages[0] + once, 26), "the holidays and the rules are read once for all rows"
    assert answers[0] <= answers[1] <= answers[0] + once


def _values(one: Filter, subject: Any) -> list[dict[str, str]]:
    match one:
        case Choice():
            return [{one.name: value} for value, _label in list(flat(one.options(subject)))[:6]]
        case Among():
            return [{one.name: str(thing.pk)} for thing in one.things(subject)[:2]]
        case Year():
            return [{one.name: "2026"}]
        case Days():
            first, last = one.names
            return [{first: "2026-1-1", last: "2026年6月30日"}, {last: "今天"}]
        case AtPlace():
            return [{one.name: COMMUNITY}, {one.name: "枣营北里社区"}]
        case _:
            return [{one.name: "建议"}]


def _same(row: Any) -> Any:
    return getattr(row, "pk", None) or repr(row)


@pytest.mark.once
def test_a_day_before_the_first_is_said(clock: Clock) -> None:
    clock.to(LATE)
    place = Place.objects.get(code=COMMUNITY)
    selection = select(LISTS["desk-suggestions"], place, {"received_from": "2026-5-1", "received_to": "2026-4-1"})
    assert selection.problems == {"received_to": "开始的一天晚于结束的一天。"}
    assert timezone.localdate() == LATE
