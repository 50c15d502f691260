"""Meetings of a council: who is due, who is present, what is decided, by which rule."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.councils.models import Council, Representative
from yishiting.year.meetings.states import ITEM_LIFECYCLE, LIFECYCLE, ItemState


class MeetingKind(models.TextChoices):
    """What a meeting is for."""

    DELIBERATION = "deliberation", _("审议会（年初）")
    MIDYEAR = "midyear", _("评估会（年中）")
    REVIEW = "review", _("评审会（年末，问效会）")
    AD_HOC = "ad_hoc", _("临时会议")


class Meeting(BaseRecord):
    """One sitting of a council."""

    LIFECYCLE = LIFECYCLE

    council = models.ForeignKey(Council, models.PROTECT, related_name="meetings")
    place = models.ForeignKey(Place, models.PROTECT, related_name="meetings")
    kind = models.CharField(_("类别"), max_length=14, choices=MeetingKind.choices)
    title = models.CharField(_("会议名称"), max_length=120)
    starts_at = models.DateTimeField(_("开会时间"))
    venue = models.CharField(_("地点"), max_length=120)
    purpose = models.TextField(_("说明"), blank=True, default="")
    consent = models.CharField(_("临时会议经谁同意"), max_length=160, blank=True, default="")
    chair = models.CharField(_("主持人"), max_length=40, blank=True, default="")
    recorder = models.CharField(_("记录人"), max_length=40, blank=True, default="")
    state = LIFECYCLE.field()
    convened_on = models.DateField(_("通知日期"), null=True, blank=True)
    opened_at = models.DateTimeField(_("实际开会"), null=True, blank=True)
    closed_at = models.DateTimeField(_("散会"), null=True, blank=True)
    due_count = models.PositiveSmallIntegerField(_("应到"), default=0)
    present_count = models.PositiveSmallIntegerField(_("实到"), default=0)
    observer_count = models.PositiveSmallIntegerField(_("列席"), default=0)
    rules_label = models.CharField(_("规则版本"), max_length=40, blank=True, default="")
    minutes = models.TextField(_("会议纪要"), blank=True, default="")
    minutes_approved_on = models.DateField(_("核定日期"), null=True, blank=True)
    minutes_approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.TextField(_("取消原因"), blank=True, default="")

    class Meta:
        verbose_name = _("会议")
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["place", "-starts_at"], name="meeting_place_time")]
        constraints = [
            LIFECYCLE.constraint("meeting_state"),
            models.UniqueConstraint(
                fields=["council", "kind"],
                condition=Q(state__in=["planned", "convened"]) & ~Q(kind=MeetingKind.AD_HOC),
                name="meeting_of_a_kind_ahead_once",
                violation_error_message=_(
                    "这一类会议已经在筹备或已经通知。请在那次会议上办理；那次不开了，请先取消，再另行筹备。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> date:
        """The day of the meeting, by the clock on the wall."""
        return timezone.localdate(self.starts_at)


class Role(models.TextChoices):
    """In what role someone is invited."""

    MEMBER = "member", _("代表（应到）")
    OBSERVER = "observer", _("列席")
    LAWYER = "lawyer", _("律师（列席）")
    PROPOSER = "proposer", _("建议人（列席）")
    EXPERT = "expert", _("专家学者（列席）")
    OFFICIAL = "official", _("部门、领导（列席）")
    CONGRESS = "congress", _("人大常委会（列席）")


class Attendance(models.TextChoices):
    """Whether someone came."""

    EXPECTED = "expected", _("未签到")
    PRESENT = "present", _("到会")
    EXCUSED = "excused", _("请假")
    LEFT = "left", _("中途离会")


class Invitation(BaseRecord):
    """One person invited to a meeting, and whether they came."""

    MOVES_WITH_ACCOUNT = ("person",)

    LOCKED_AFTER = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    place = models.ForeignKey(Place, models.PROTECT)
    representative = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("姓名"), max_length=40)
    unit = models.CharField(_("单位"), max_length=80, blank=True, default="")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="invitations")
    role = models.CharField(_("身份"), max_length=10, choices=Role.choices)
    attendance = models.CharField(_("到会"), max_length=10, choices=Attendance.choices, default=Attendance.EXPECTED)
    signed_in_at = models.DateTimeField(_("签到时间"), null=True, blank=True)
    rules_acknowledged = models.CharField(_("已阅议事规则的版本"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("与会人员")
        ordering = ["role", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "representative"],
                condition=Q(representative__isnull=False),
                name="representative_invited_once",
                violation_error_message=_("这位代表已经在会议名单上，不用再加。"),
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="person_invited_once",
                violation_error_message=_("这个人已经在邀请名单上。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ItemKind(models.TextChoices):
    """What is done with an agenda item."""

    REPORT = "report", _("听取报告")
    DELIBERATE = "deliberate", _("审议表决")
    REVIEW = "review", _("评议")


class AgendaItem(BaseRecord):
    """One numbered item of an agenda; what it is about is named by kind and identifier, being later in the year."""

    LIFECYCLE = ITEM_LIFECYCLE
    LOCKED_AFTER = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    place = models.ForeignKey(Place, models.PROTECT)
    position = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("类别"), max_length=12, choices=ItemKind.choices)
    title = models.CharField(_("议题"), max_length=160)
    text = models.TextField(_("提请审议的文本"), blank=True, default="")
    subject_kind = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.CharField(max_length=40, blank=True, default="")
    touches_law = models.BooleanField(_("涉及法律问题"), default=False)
    lawyer_reason = models.TextField(_("不请律师的理由"), blank=True, default="")
    announcements = models.JSONField(_("通知过的文本"), default=list, blank=True, editable=False)
    state = ITEM_LIFECYCLE.field()
    poll = models.OneToOneField(
        Poll,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_item",
        error_messages={"unique": _("这次表决已经用在另一个议题上。请刷新页面再办。")},
    )
    discussion = models.TextField(_("发言要点"), blank=True, default="")
    outcome = models.TextField(_("结果"), blank=True, default="")
    resolution_number = models.CharField(_("决议编号"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("议题")
        ordering = ["position"]
        constraints = [
            ITEM_LIFECYCLE.constraint("agenda_item_state"),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                condition=~Q(state="withdrawn"),
                name="agenda_position_once",
                violation_error_message=_("刚刚有人改了议程的次序。请刷新页面，看过新的次序再办。"),
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(state__in=["listed", "voting"]) & ~Q(subject_id=""),
                name="agenda_subject_listed_once",
                violation_error_message=_("这一项已经在议程上，还没有办完。请刷新页面，在那个议题上办理。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> dict[str, str]:
        """What a notice of the meeting says of it."""
        return {"title": self.title, "text": self.text, "touches_law": "yes" if self.touches_law else ""}

    @property
    def announced(self) -> bool:
        """Whether notice was given of it, in whatever words."""
        return bool(self.announcements)

    @property
    def announced_words(self) -> dict[str, str]:
        """The words of the last notice."""
        return self.announcements[-1]["words"] if self.announcements else {}

    @property
    def parted(self) -> tuple[str, ...]:
        """What is not as it was announced; nothing where notice has not been given.

        That a lawyer is wanted after all is no other matter: it asks for more and may be said at the meeting.
        """
        last = self.announced_words
        asks_for_more = {"touches_law"} if self.touches_law else set()
        return tuple(
            name for name, said in self.words.items() if last and last[name] != said and name not in asks_for_more
        )

    def announce(self, on: date) -> None:
        """Take down what notice is given of today; what was announced before stays."""
        self.announcements = [*self.announcements, {"on": on.isoformat(), "words": self.words}]

    @property
    def carried(self) -> bool:
        """Whether the council voted and the motion is carried."""
        return self.state == ItemState.DECIDED and self.poll is not None and bool(self.poll.result.get("passed"))


class MeetingTask(BaseRecord):
    """What someone took on at a meeting, by when."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks")
    place = models.ForeignKey(Place, models.PROTECT)
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="tasks")
    what = models.TextField(_("任务"))
    who = models.CharField(_("责任人"), max_length=40)
    due = models.DateField(_("期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("会议任务")
        ordering = ["due"]
