"""Which steps of turning the day have been done: each once, however often and however many times at once it is begun."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayStep(models.Model):
    """One step of one day. The row is written in the transaction of the step, so it stands exactly when the step is done."""

    day = models.DateField(_("日期"))
    name = models.CharField(_("步骤"), max_length=20)
    at = models.DateTimeField(_("完成时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("每日办理的步骤")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "name"],
                name="one_step_a_day",
                violation_error_message=_("这一天的这一步已经办过，不必再办。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
