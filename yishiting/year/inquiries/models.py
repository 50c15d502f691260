"""Inquiries (政策程序问题): a question to the office above, and everything said in it, each as a row of its own."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import DueField
from yishiting.ground.seasons.rules import KINDS
from yishiting.year.dossiers.models import Dossier
from yishiting.year.inquiries.states import LIFECYCLE

#: Makes a class of choices from pairs, as Django's own does; its stubs know members written out alone.
_choices: Any = models.TextChoices
#: The rules one may ask about, by name.
RuleName: type[models.TextChoices] = _choices("RuleName", [(key, (key, _(kind.label))) for key, kind in KINDS.items()])


class Inquiry(BaseRecord):
    """A question of policy or procedure, about a rule or a matter, put to the office of a place above."""

    MOVES_WITH_ACCOUNT = ("asked_by",)

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="inquiries")
    asked_at = models.ForeignKey(Place, models.PROTECT, related_name="inquiries_received")
    rule = models.CharField(_("规则"), max_length=60, blank=True, default="", db_index=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="inquiries")
    title = models.CharField(_("问题"), max_length=120)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="inquiries")
    asked_on = models.DateField(_("提出日期"))
    due = DueField(_("答复期限"))
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    public = models.BooleanField(_("对外公开"), default=False)
    rules_label = models.CharField(_("规则版本"), max_length=40)
    state = LIFECYCLE.field()

    class Meta:
        verbose_name = _("政策程序问题")
        ordering = ["-asked_on", "-created_at"]
        indexes = [models.Index(fields=["asked_at", "state"], name="inquiry_office_state")]
        constraints = [
            LIFECYCLE.constraint("inquiry_state"),
            models.CheckConstraint(
                name="inquiry_about_something",
                condition=~Q(rule="") | Q(dossier__isnull=False),
                violation_error_message=_("请选问题是关于哪一条规则，或哪一件事项。"),
            ),
            models.CheckConstraint(
                name="inquiry_public_when_answered",
                condition=Q(public=False) | Q(answered_on__isnull=False),
                violation_error_message=_("答复以后才能对外公开。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Part(models.TextChoices):
    """What is said in an inquiry."""

    QUESTION = "question", _("提问")
    MORE = "more", _("补充或追问")
    ASKED_BACK = "asked_back", _("请补充说明")
    ANSWER = "answer", _("答复")


class Exchange(BaseRecord):
    """One thing said in an inquiry; a second answer stands beside the first."""

    MOVES_WITH_ACCOUNT = ("said_by",)

    LOCKED_AFTER = "inquiry"

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="exchanges")
    part = models.CharField(_("类别"), max_length=10, choices=Part.choices)
    text = models.TextField(_("内容"))
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    said_on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("问答")
        ordering = ["created_at"]
