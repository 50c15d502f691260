"""A unit as its pages show it: at the desk, in public, to those who act for it."""

from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Fact
from yishiting.ground.organisations.models import Organisation


def facts_of(unit: Organisation) -> list[Fact]:
    """What kind of unit it is, of which place, and how everyone reaches it; what nobody has said is left out."""
    told = {
        _("类别"): str(unit.get_kind_display()),
        _("所在地方"): unit.place.name,
        _("对外电话"): unit.telephone,
        _("地址"): unit.address,
        _("办公时间"): unit.hours,
        _("备注"): unit.remark,
    }
    return [Fact(label, words) for label, words in told.items() if words]
