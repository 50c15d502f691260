"""When the database is away: how it is known, and what pages and API both say."""

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

AWAY = _("系统正忙或正在维护，这一步没有办成，也没有改动任何记录。请过一分钟再试。")
#: Seconds after which a program may try again.
TRY_AGAIN_IN = "10"


def is_away(problem: BaseException | None) -> bool:
    """Whether the database is away, too busy, or took too long: nothing was done, and later it may go well."""
    if isinstance(problem, OperationalError):
        return "no such" not in str(problem)  # a table that is not there will not come by waiting
    return isinstance(problem, InterfaceError)
