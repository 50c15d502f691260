"""The cast, each at a screen of their own, and a stranger."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from tests.cast import Cast, person
from tests.conftest import Clock
from tests.journeys.visitor import Visitor
from yishiting.instruments.publicity.models import PublicNotice

OTHERS = (("zhang", "张淑珍", "13800000011"), ("ma", "马永福", "13800000012"))
LAMP = "3号楼2单元的楼道灯坏了半个月，老人晚上下楼看不清台阶，希望换成声控灯。"


@dataclass
class Circle:
    """`circle.liu.to("desk-home")`; `circle.on(date(2026, 1, 5))` is the next morning that matters."""

    cast: Cast
    clock: Clock
    wang: Visitor = field(init=False)
    liu: Visitor = field(init=False)
    zhou: Visitor = field(init=False)
    liming: Visitor = field(init=False)
    lu: Visitor = field(init=False)
    anyone: Visitor = field(init=False)

    def __post_init__(self) -> None:
        self.code = self.cast.zaobei.code
        #: Two more who will be elected and have an account of their own: telephone to person.
        self.others = {phone: person(login, name, phone, staff=False) for login, name, phone in OTHERS}

        #: What others have said that goes into the proposal besides the lamp, by key.
        self.besides: list[str] = []

    def neighbours(self) -> list[Visitor]:
        """The other representatives at their telephones."""
        return [Visitor(one) for one in self.others.values()]

    def on(self, day: date, hour: int = 10) -> None:
        """Another day; whoever was idle too long has been signed out and comes in again."""
        self.clock.to(day, hour)
        for name in ("wang", "liu", "zhou", "liming", "lu"):
            setattr(self, name, Visitor(getattr(self.cast, name)))
        self.anyone = Visitor()

    def today(self) -> date:
        """The day it is."""
        return timezone.localdate()

    def notice_runs_out(self, kind: str) -> None:
        """The day after the last day of the newest notice of this kind; the desk ends it."""
        notice = PublicNotice.objects.filter(kind=kind).latest("created_at")
        self.on(notice.last_day + timedelta(days=1))
        self.wang.to("desk-notice", notice.pk).press("结束公示").send("结束公示").sees("公示已经结束")
