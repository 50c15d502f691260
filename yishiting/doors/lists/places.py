"""区划变动: what changed in law at a place and below it, and what is to come."""

from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import ChangeKind
from yishiting.ground.places.queries import changes_under
from yishiting.ground.places.states import State
from yishiting.ground.rezoning.permissions import changes_places
from yishiting.ground.rezoning.queries import change_said

TONES: dict[str, str] = {State.WAITING: "open", State.IN_FORCE: "done", State.WITHDRAWN: "refused"}

PLACE_CHANGES = List(
    "desk-place-changes",
    _("区划变动登记表"),
    changes_under,
    (
        Column("said", _("变动"), change_said, head=True, width=60),
        Column("kind", _("类别"), kind=Kind.CHOICE, sort="kind", width=12),
        Column("takes_effect", _("生效日期"), kind=Kind.DAY, sort="takes_effect"),
        Column("document", _("依据文号"), page=False, width=30),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    ),
    needs=changes_places | reads_here,
    filters=(Choice("kind", _("类别"), among=ChangeKind), Choice("state", _("状态"), among=State)),
    empty=_("没有登记过区划变动。更名、合并、析出、撤销、划归、撤村建居，都在这里按文件登记。"),
)
