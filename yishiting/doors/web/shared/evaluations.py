"""What third parties say of a project, as pages show it."""

from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.year.evaluation.models import ThirdParty

OF_ONE = ("place", "project__place", "project__notice", "project__lead", "project__responsible")


def report_facts(one: ThirdParty) -> list[Fact]:
    """The report with its indicators and by what weights they were put together; nothing before it is handed in."""
    if one.handed_in_on is None or one.weight is None:
        return []
    words = {"benefit": one.weight, "sustainability": 100 - one.weight, "score": one.weighted}
    told = (
        (_("评价报告"), one.report),
        (_("受益人数"), _("%(n)s人（%(how)s）") % {"n": one.beneficiaries, "how": one.counted_by}),
        (_("社会效益得分"), one.benefit),
        (_("可持续性得分"), one.sustainability),
        (_("加权得分"), _("%(score)s（社会效益%(benefit)s%%，可持续性%(sustainability)s%%）") % words),
        (_("提交日期"), cn_date(one.handed_in_on, "plain")),
    )
    return [Fact(label, value) for label, value in told]
