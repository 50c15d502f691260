"""Whether the clock of the machine can be believed: what the day decides cannot be taken back."""

from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.common.days import said
from yishiting.ground.ledger.models import Entry
from yishiting.overview.cycle.models import DayStep

#: So long the daily command may have been left out before somebody has to say that it was.
LEFT_OUT_MOST = timedelta(days=7)
#: So far the clocks of two machines may be apart.
APART_MOST = timedelta(minutes=10)


def why_not_believed(now: datetime) -> str:
    """Why the day cannot be turned by this clock; empty when it can.

    It is held against the last day turned and the newest entry of the ledger.
    """
    today = timezone.localdate(now)
    last: date | None = DayStep.objects.aggregate(last=Max("day"))["last"]
    newest = Entry.objects.order_by("-seq").values_list("at", flat=True).first()
    if last is not None and today < last:
        return _("机器的日期是%(today)s，可是%(last)s已经办过。") % {"today": said(today), "last": said(last)}
    if newest is not None and now < newest - APART_MOST:
        words = {"now": said(now, "time"), "newest": said(newest, "time")}
        return _("机器的时间是%(now)s，可是留痕里最新一条是%(newest)s。") % words
    since = last or (timezone.localdate(newest) if newest is not None else today)
    if today - since > LEFT_OUT_MOST:
        words = {"today": said(today), "since": said(since), "days": str((today - since).days)}
        return _("机器的日期是%(today)s，上一次办理是%(since)s，隔了%(days)s天。") % words
    return ""
