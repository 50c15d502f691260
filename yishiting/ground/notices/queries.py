"""Reading messages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import name_key
from yishiting.ground.common.phones import phone_digits
from yishiting.ground.common.secrets import sealer
from yishiting.ground.notices.models import Call, Delivery, Message, Way
from yishiting.ground.notices.rules import ADDRESSES_KEPT, STANDS_STILL, STANDS_STILL_URGENT, URGENT
from yishiting.ground.places.models import Place

OUTWARD = (Way.EMAIL, Way.SMS)
#: So many are named in a sentence; the list has all.
NAMED = 8


def inbox(person: Person) -> QuerySet[Message]:
    """What a person was told on site, newest first."""
    return Message.objects.filter(to=person, way=Way.ON_SITE)


def unread_count(person: Person) -> int:
    """How many messages a person has not read yet."""
    return inbox(person).filter(read_at__isnull=True).count()


def outward_messages(place_code: str | None = None) -> QuerySet[Message]:
    """What was sent out of the house for a place and everything below it, newest first; for all places without one."""
    rows = Message.objects.filter(way__in=OUTWARD).select_related("to")
    return rows if place_code is None else rows.filter(place_code__startswith=place_code)


def troubled(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Those that failed and will be tried again, and those given up."""
    return rows.filter(delivery__in=(Delivery.FAILED, Delivery.GIVEN_UP))


def due_messages(now: datetime) -> QuerySet[Message]:
    """What is to be sent now, oldest first: queued, to be tried again, or claimed so long ago that the claim is void.

    The addresses are opened only when each is sent.
    """
    rows = Message.objects.filter(
        Q(delivery__in=(Delivery.QUEUED, Delivery.FAILED, Delivery.SENDING)),
        Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now),
        way__in=OUTWARD,
        digest=False,
    )
    return rows.defer("address").order_by("created_at")


@dataclass(frozen=True, slots=True)
class Standstill:
    """How many messages should have gone long ago, and since when the first of them has waited."""

    waiting: int
    since: datetime


def standstill(now: datetime) -> Standstill | None:
    """What stands still in the queue because nobody sends; None while messages flow."""
    long_ago = _due_before(now - STANDS_STILL) | (Q(template__in=URGENT) & _due_before(now - STANDS_STILL_URGENT))
    told = due_messages(now).filter(long_ago).aggregate(waiting=Count("pk"), since=Min("created_at"))
    return Standstill(told["waiting"], told["since"]) if told["waiting"] else None


def _due_before(moment: datetime) -> Q:
    return Q(next_attempt_at__lt=moment) | Q(next_attempt_at__isnull=True, created_at__lt=moment)


def texts_to(phone: str) -> list[UUID]:
    """The text messages to a phone, whoever it belongs to; the addresses are sealed, so each is opened and compared."""
    rows = Message.objects.filter(way=Way.SMS).exclude(address="").values_list("pk", "address")
    number = phone_digits(phone)
    return [pk for pk, address in rows.iterator() if address == number] if number else []


def long_done_with(now: datetime) -> QuerySet[Message]:
    """What went out of the house, or was given up, so long ago that nobody looks into it any more."""
    waiting = (Delivery.QUEUED, Delivery.SENDING, Delivery.FAILED)
    rows = Message.objects.filter(way__in=OUTWARD, created_at__lt=now - ADDRESSES_KEPT)
    return rows.exclude(delivery__in=waiting).exclude(address="")


def waiting_for_digest() -> QuerySet[Message]:
    """What waits to be put into the e-mail of the day, oldest first."""
    rows = Message.objects.filter(digest=True, way=Way.EMAIL, delivery=Delivery.QUEUED)
    return rows.select_related("to").order_by("created_at")


def call_instead_of(message: Message) -> str:
    """What makes the line on the list to ring, in place of a message, exactly one for each person and step."""
    return f"{message.once.rpartition(':')[0]}:call"


def is_to_be_rung(message: Message) -> bool:
    """Whether whom this message did not reach has to be rung: nothing else of its step reached them either.

    On site they are reached once they have read it. A sign-in code is of no use any more.
    """
    if message.template in URGENT or not Place.objects.filter(code=message.place_code).exists():
        return False
    listed = call_instead_of(message)
    others = Message.objects.filter(once__startswith=listed.removesuffix("call")).exclude(pk=message.pk)
    went_out = Q(way__in=OUTWARD, delivery__in=(Delivery.SENT, Delivery.DELIVERED, Delivery.GATHERED))
    reached = others.filter(went_out | Q(way=Way.ON_SITE, read_at__isnull=False))
    return not reached.exists() and not Call.objects.filter(once=listed).exists()


def last_text_message(phone: str) -> str:
    """The newest message to a phone; the addresses are sealed, so the latest hundred are opened and compared."""
    for message in Message.objects.filter(way=Way.SMS).order_by("-created_at")[:100]:
        if message.address == phone:
            return str(message.body)
    return ""


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody to be told, with all that is on file of how they are reached."""

    name: str = ""
    person: Person | None = None
    phone: str = ""
    unit: str = ""

    @property
    def key(self) -> str:
        """What tells this one from the others of one step."""
        told = f"{phone_digits(self.phone)}:{name_key(self.name)}:{self.unit}"
        return str(self.person.pk) if self.person is not None else sealer().look_up(told)[:24]


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told of a step, as the rows say it: how many people, how many by each way, and who has to be rung."""

    people: int
    ways: dict[str, int]
    calls: list[Call]

    @property
    def words(self) -> str:
        """For the sentence after an act: what went out, and whom somebody still has to ring."""
        told = [_("%(way)s%(n)s人") % {"way": Way(way).label, "n": n} for way, n in self.ways.items()]
        said = (
            [_("已通知%(n)s人（%(ways)s）。") % {"n": self.people, "ways": _("、").join(told)}] if self.people else []
        )
        if self.calls:
            names = _("、").join(str(one) for one in self.calls[:NAMED])
            more = _("等") if len(self.calls) > NAMED else ""
            words = {"n": len(self.calls), "names": f"{names}{more}"}
            said.append(_("%(n)s人系统通知不到，请打电话或当面告知：%(names)s。名单在“待电话告知”。") % words)
        return "".join(said) or _("没有通知任何人：这件事没有登记需要通知的人。")


def told_of(*steps: str) -> Told:
    """Who was told of these steps, read from what was really queued or written down."""
    rows = Message.objects.filter(step__in=steps).values_list("once", "way").order_by("way")
    who = {once.rpartition(":")[0] for once, _way in rows}
    ways = Counter(way for _once, way in rows)
    return Told(len(who), {way: ways[way] for way in Way.values if ways[way]}, calls_of(*steps))


def calls_of(*steps: str) -> list[Call]:
    """Who has to be rung about these steps."""
    return list(Call.objects.filter(step__in=steps).order_by("unit", "created_at"))


def steps_told(steps: Iterable[str]) -> set[str]:
    """Those of the steps of which a message went to somebody."""
    return set(Message.objects.filter(step__in=list(steps)).values_list("step", flat=True))


def calls_at(place: Place) -> QuerySet[Call]:
    """Whom the desk of a place has to ring, and whom it has rung."""
    return Call.objects.filter(place=place).select_related("place", "called_by")


def reached_about(step: str) -> set[str]:
    """The keys of those to whom a message went about a step, or about any that begins like this."""
    rows = Message.objects.filter(step__startswith=step).values_list("once", flat=True)
    return {once.split(":")[-2] for once in rows}
