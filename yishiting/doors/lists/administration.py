"""管理: accounts, offices, and what was sent out of the house. The rows are people: in order of name, never of doing."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import AtPlace, Choice, Days, Search
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.accounts.permissions import administers
from yishiting.ground.accounts.queries import staff_matching
from yishiting.ground.common.masking import mask_name, mask_phone, public_words
from yishiting.ground.entrance.models import AccountJoin, Proof
from yishiting.ground.entrance.permissions import security_administrator, system_administrator
from yishiting.ground.entrance.queries import inactive_staff, is_locked, locked_staff
from yishiting.ground.notices.models import Delivery, Message, Way
from yishiting.ground.notices.queries import outward_messages, troubled
from yishiting.ground.notices.rules import policy_of
from yishiting.ground.organisations.models import Appointment, Office
from yishiting.ground.organisations.permissions import holds_above
from yishiting.ground.places.models import Place

an_administrator = (
    system_administrator | security_administrator | administers(Administration.AUDIT, Administration.AUDIT.label)
)
STATES = [
    ("open", _("可以登录")),
    ("locked", _("已锁定")),
    ("inactive", _("90天没有登录")),
    ("closed", _("已停用")),
    ("administrators", _("三员")),
]
STATE_WORDS = {"closed": _("已停用"), "locked": _("已锁定"), "new": _("等待首次登录"), "open": _("可以登录")}
STATE_TONES = {"closed": "refused", "locked": "late", "new": "waiting", "open": "done"}


def state_of(person: Person) -> str:
    """The state of an account."""
    if not person.is_active:
        return "closed"
    if is_locked(person):
        return "locked"
    return "open" if person.password_changed_at else "new"


def _accounts(_person: Person) -> Any:
    held = Appointment.objects.in_force(timezone.localdate()).select_related("place")
    return staff_matching("").prefetch_related(Prefetch("appointments", held, to_attr="held"))


def _in_state(rows: Any, state: str) -> Any:
    now = timezone.now()
    if state == "locked":
        return rows.filter(pk__in=locked_staff(now).values("pk"))
    if state == "inactive":
        return rows.filter(pk__in=inactive_staff(now).values("pk"))
    if state == "administrators":
        return rows.exclude(administration="")
    return rows.filter(is_active=state == "open")


def _duties(person: Any) -> str:
    own = [str(person.get_administration_display())] if person.administration else []
    return gettext("，").join([*own, *(f"{office.place} {office.get_office_display()}" for office in person.held)])


ACCOUNTS = List(
    "desk-accounts",
    _("工作人员账号表"),
    _accounts,
    (
        Column("name", _("姓名"), lambda one: one.name or one.login, head=True, width=12),
        Column("login", _("登录名"), sort="login", width=16),
        Column("duties", _("职务"), _duties, width=40),
        Column(
            "state", _("状态"), state_of, Kind.STATE, words=lambda one: STATE_WORDS[state_of(one)], tones=STATE_TONES
        ),
        Column("last_login", _("上次登录"), kind=Kind.MOMENT),
    ),
    of=None,
    needs=an_administrator,
    filters=(
        Search(
            "q",
            _("姓名、登录名或手机号"),
            by=lambda rows, words: rows.filter(pk__in=staff_matching(words).values("pk")),
        ),
        Choice("state", _("状态"), among=STATES, by=_in_state),
    ),
    opens="desk-account",
    beside=False,
    people=True,
    empty=_("没有这样的账号。可以换个姓名，或清除筛选。"),
)


def _appointments(_person: Person) -> Any:
    rows = Appointment.objects.in_force(timezone.localdate()).select_related("person", "place", "organisation")
    return rows.order_by("place__code", "office", "since", "pk")


def _office(one: Appointment) -> str:
    office = str(one.get_office_display())
    return f"{office}（{one.organisation}）" if one.organisation else office


APPOINTMENTS = List(
    "desk-appointments",
    _("任职登记表"),
    _appointments,
    (
        Column("person", _("姓名"), head=True, width=12),
        Column("place", _("地方"), "place.name", sort="place__code", width=20),
        Column("office", _("职务"), kind=Kind.CHOICE, words=_office, sort="office", width=30),
        Column("since", _("任职日期"), kind=Kind.DAY, sort="since"),
        Column("until", _("离任"), kind=Kind.DAY, sort="until"),
    ),
    of=None,
    needs=security_administrator,
    filters=(
        Search(
            "q",
            _("姓名、登录名或手机号"),
            by=lambda rows, words: rows.filter(person__in=staff_matching(words).values("pk")),
        ),
        AtPlace("place", _("地方"), by=lambda rows, place: rows.filter(place__in=Place.objects.under(place))),
        Choice("office", _("职务"), among=Office),
    ),
    opens=lambda one: reverse("desk-account", args=[one.person_id]),
    beside=False,
    bulk=("appointment.end",),
    people=True,
    empty=_("没有任职。要给人任职，点上面的“登记任职”；筛选过的，可以换个条件，或清除筛选。"),
)

DELIVERY_TONES: dict[str, str] = {
    Delivery.SENT: "done",
    Delivery.DELIVERED: "done",
    Delivery.GATHERED: "done",
    Delivery.FAILED: "late",
    Delivery.GIVEN_UP: "refused",
}
keeps_the_desk = holds_above(*Office)


def _delivered(rows: Any, state: str | None) -> Any:
    if state is None:
        return troubled(rows)
    return rows if state == "all" else rows.filter(delivery=state)


def _to(message: Message) -> str:
    """Never in full: what was sent is nobody's business but the reader's."""
    if not message.address:
        return gettext("已清除")
    if message.way == Way.SMS:
        return mask_phone(message.address)
    name, _at, host = message.address.partition("@")
    return f"{mask_name(name)}@{host}" if host else mask_name(name)


#: Never the words: a sign-in code is for its owner alone.
MESSAGE_COLUMNS = (
    Column("subject", _("消息"), lambda one: one.subject or policy_of(one.template).says, head=True, width=30),
    Column("way", _("方式"), kind=Kind.CHOICE, sort="way"),
    Column("to", _("发给"), _to, width=16),
    Column("created_at", _("时间"), kind=Kind.MOMENT, sort="created_at"),
    Column("delivery", _("状态"), kind=Kind.STATE, tones=DELIVERY_TONES, under="failure", sort="delivery"),
    Column("failure", _("没有送达的原因"), page=False, width=30),
)
MESSAGE_FILTERS = (
    Choice(
        "delivery",
        _("状态"),
        among=[("all", _("全部")), *Delivery.choices],
        by=_delivered,
        always=True,
        empty=_("没有送达的"),
    ),
    Choice("way", _("方式"), among=[(Way.SMS, Way.SMS.label), (Way.EMAIL, Way.EMAIL.label)]),
    Days("sent", _("时间"), by="created_at", moments=True),
)
MESSAGES = List(
    "desk-messages",
    _("消息发送登记表"),
    lambda place: outward_messages(place.code),
    MESSAGE_COLUMNS,
    needs=keeps_the_desk,
    filters=MESSAGE_FILTERS,
    bulk=("message.resend",),
    empty=_("没有这样的消息，也没有发不出去的。"),
)
ALL_MESSAGES = List(
    "administration-messages",
    _("消息发送登记表"),
    lambda _person: outward_messages(),
    MESSAGE_COLUMNS,
    of=None,
    needs=system_administrator,
    filters=MESSAGE_FILTERS,
    bulk=("message.resend",),
    empty=_("没有这样的消息，也没有发不出去的。"),
)


def _joined(place: Place) -> Any:
    return AccountJoin.objects.filter(place=place).select_related("person", "former", "place")


JOINS = List(
    "desk-account-joins",
    _("合并账号登记表"),
    _joined,
    (
        Column("name", _("姓名"), head=True, mask=mask_name, width=12),
        Column("phone", _("现在的手机号"), lambda join: mask_phone(join.person.phone), width=14),
        Column("proof", _("核对的证件"), kind=Kind.CHOICE, sort="proof"),
        Column("count", _("转来的内容（项）"), kind=Kind.NUMBER),
        Column("created_at", _("合并时间"), kind=Kind.MOMENT, sort="created_at"),
        Column("undone_at", _("撤销时间"), kind=Kind.MOMENT, under="undone_because", sort="undone_at"),
        Column("note", _("说明"), mask=public_words, width=30),
    ),
    needs="account.join",
    filters=(Choice("proof", _("核对的证件"), among=Proof), Days("day", _("合并日期"), by="created_at", moments=True)),
    beside=False,
    empty=_("没有合并过账号。居民换了号码、老账号登不进去的，核对证件以后在这里合并。"),
)
