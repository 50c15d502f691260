"""What one should know before something is closed or published: said by every verb that does it."""

from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.ground.common.days import said

BEFORE_PUBLISHING = gettext_lazy("结果马上公开，人人都看得到，公布以后不能收回。请先核对。")


def before_closing(closes: date, then: str | Promise) -> str:
    """Whether the day has come, and what cannot be undone."""
    early = timezone.localdate() <= closes
    first = _("原定%(day)s截止，现在提前。") % {"day": said(closes)} if early else ""
    return first + _("截止以后不能再开。") + str(then)
