"""Suggestions: residents' words, kept as they were said, and everything that was decided about them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.days import said
from yishiting.ground.common.models import BaseRecord, RecordQuerySet
from yishiting.ground.common.secrets import SealedField
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Estate, Place, ResponsibleLevel
from yishiting.ground.seasons.due_days import DueField
from yishiting.ground.seasons.models import SpecialIntake
from yishiting.year.dossiers.models import Dossier
from yishiting.year.suggestions.states import LIFECYCLE, State


class Channel(models.TextChoices):
    """How a suggestion came."""

    HOME_VISIT = "home_visit", _("入户走访")
    PHONE = "phone", _("电话")
    MEDIA = "media", _("新闻媒体")
    FORUM = "forum", _("座谈会")
    BOX = "box", _("意见箱")
    QUESTIONNAIRE = "questionnaire", _("问卷调查")
    INQUIRY_MEETING = "inquiry_meeting", _("问政会")
    WEB = "web", _("网上")
    HOTLINE = "hotline", _("12345转入")
    RELAYED = "relayed", _("代表转交")
    LETTER = "letter", _("信函")


class Naming(models.TextChoices):
    """What of the proposer's name may be shown in public."""

    ANONYMOUS = "anonymous", _("不公开姓名")
    SURNAME = "surname", _("只公开姓氏")
    FULL = "full", _("公开姓名")


class Scheme(models.Model):
    """One version of a category tree: the district's six classes, the subdistricts' six groups and twelve aspects."""

    key = models.CharField(_("体系"), max_length=20)
    name = models.CharField(_("名称"), max_length=60)
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    #: Until the next version begins; the first one has been there from the beginning.
    in_force_from = models.DateField(_("施行日期"), null=True, blank=True)
    document = models.CharField(_("依据"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("分类体系")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"],
                name="scheme_version_once",
                violation_error_message=_("这一版分类体系已经载入，不用再载。"),
            )
        ]


class Category(models.Model):
    """One class of a scheme; the path is the key, names may repeat under different parents."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="categories")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(_("路径"), max_length=120)
    name = models.CharField(_("名称"), max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    maps_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="mapped_from")
    #: What it is in the next version of its tree; things keep the class of their day.
    became = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="came_from")

    class Meta:
        verbose_name = _("类别")
        verbose_name_plural = _("类别")
        ordering = ["position", "path"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "path"],
                name="category_path_once",
                violation_error_message=_("这个类别已经有了，不用再加。请刷新页面查看。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SessionQuerySet(RecordQuerySet["SolicitationSession"]):
    """Named filters."""

    def standing(self) -> "SessionQuerySet":
        """Without what was entered by mistake and withdrawn."""
        return self.filter(withdrawn_on=None)


class SolicitationSession(BaseRecord):
    """One occasion on which suggestions were asked for: who, where, how many people of which kinds."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="solicitation_sessions")
    channel = models.CharField(_("方式"), max_length=16, choices=Channel.choices)
    title = models.CharField(_("名称"), max_length=120)
    held_on = models.DateField(_("日期"))
    venue = models.CharField(_("地点"), max_length=120, blank=True, default="")
    host = models.CharField(_("主持人"), max_length=40, blank=True, default="")
    participants = models.JSONField(_("参加人数（按类别）"), default=dict)
    participant_count = models.PositiveIntegerField(_("参加人数"), default=0)
    notes = models.TextField(_("记录"), blank=True, default="")
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdraw_reason = models.CharField(_("撤销原因"), max_length=200, blank=True, default="")

    objects: ClassVar = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("征集场次")
        ordering = ["-held_on", "-created_at"]

    def __str__(self) -> str:
        return self.title


class ImportFile(BaseRecord):
    """A file handed in for import, sealed because it may name people; kept until it is emptied."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="import_files")
    channel = models.CharField(_("渠道"), max_length=16, choices=Channel.choices)
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("文件指纹"), max_length=64)
    content = SealedField(_("内容"), blank=True, default="")
    handed_in_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("待导入文件")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class ImportBatch(BaseRecord):
    """One file of suggestions brought in, with what became of each of its rows."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="import_batches")
    channel = models.CharField(_("渠道"), max_length=16, choices=Channel.choices)
    file_name = models.CharField(_("文件名"), max_length=200)
    file_hash = models.CharField(_("文件指纹"), max_length=64)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    accepted = models.PositiveIntegerField(_("收入"), default=0)
    duplicates = models.PositiveIntegerField(_("重复"), default=0)
    rejected = models.PositiveIntegerField(_("未收"), default=0)
    waiting = models.PositiveIntegerField(_("还在收"), default=0)
    errors = models.JSONField(_("未收原因"), default=list)
    file = models.OneToOneField(
        ImportFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="batch",
        error_messages={"unique": _("这个文件已经导入过，不用再导。请到导入记录里查看。")},
    )
    imported_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_on = models.DateField(_("撤销日期"), null=True, blank=True)
    undo_reason = models.CharField(_("撤销原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("批量导入")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="import_batch_accounts_for_every_row",
                condition=Q(rows=F("accepted") + F("duplicates") + F("rejected") + F("waiting")),
                violation_error_message=_("收入、重复、未收和还在收的四项相加必须等于行数。"),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class SuggestionQuerySet(RecordQuerySet["Suggestion"]):
    """Named filters."""

    def standing(self) -> "SuggestionQuerySet":
        """Without what was typed by mistake and struck."""
        return self.exclude(state=State.STRUCK)


class Suggestion(BaseRecord):
    """One suggestion. What was said is never changed, but for what was typed wrongly; what is decided is added."""

    MOVES_WITH_ACCOUNT = ("proposer",)

    #: The dossier and the unit came later: what was bound before keeps its fingerprint.
    LEDGER = Binding(without=("phone_hash", "phone_tail_hash", "phone_end_hash", "name_hash", "dossier", "unit"))

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="suggestions")
    year = models.PositiveSmallIntegerField(_("年度"))
    receipt = models.CharField(
        _("受理号"),
        max_length=10,
        unique=True,
        error_messages={"unique": _("这个受理号已经用过。请再提交一次，系统会给新的号。")},
    )
    dossier = models.OneToOneField(
        Dossier,
        models.PROTECT,
        related_name="suggestion",
        error_messages={"unique": _("这个案卷已经有它的建议。请再提交一次。")},
    )
    channel = models.CharField(_("渠道"), max_length=16, choices=Channel.choices)
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("建议内容"))
    where = models.CharField(_("地点"), max_length=120, blank=True, default="")
    estate = models.ForeignKey(Estate, models.PROTECT, null=True, blank=True, related_name="suggestions")
    received_on = models.DateField(_("收到日期"))
    said_at = models.DateTimeField(_("提出时间"), null=True, blank=True)
    state = LIFECYCLE.field()

    proposer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="suggestions")
    #: The unit in whose name it is made.
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="suggestions")
    proposer_name = SealedField(_("提出人"), blank=True, default="")
    proposer_phone = SealedField(_("联系电话"), blank=True, default="")
    blacks = SealedField(_("公开时另外遮去的字"), blank=True, default="")
    phone_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    phone_tail_hash = models.CharField(max_length=64, blank=True, default="")
    phone_end_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    name_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    household = models.CharField(_("户"), max_length=64, blank=True, default="")
    naming = models.CharField(_("公开方式"), max_length=10, choices=Naming.choices, default=Naming.ANONYMOUS)
    wants_contact = models.BooleanField(_("希望联系"), default=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    read_back = models.BooleanField(_("已向本人读回"), default=False)
    session = models.ForeignKey(SolicitationSession, models.PROTECT, null=True, blank=True, related_name="suggestions")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, blank=True, related_name="suggestions")
    outside_number = models.CharField(_("原编号"), max_length=60, blank=True, default="")
    original = models.JSONField(_("原始记录"), default=dict, blank=True)
    content_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    screened_again = models.PositiveSmallIntegerField(_("撤回初审答复的次数"), default=0, editable=False)
    corrected = models.PositiveSmallIntegerField(_("更正录入的次数"), default=0, editable=False)

    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="suggestions")
    responsible_level = models.CharField(
        _("责任层级"), max_length=14, choices=ResponsibleLevel.choices, blank=True, default=""
    )
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    section = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    special = models.ForeignKey(SpecialIntake, models.PROTECT, null=True, blank=True, related_name="suggestions")
    screened_on = models.DateField(_("初审日期"), null=True, blank=True)
    screen_due = DueField(_("初审期限"))
    answer_due = DueField(_("答复期限"), null=True, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_here", db_index=False
    )
    state_before = models.CharField(max_length=24, blank=True, default="", editable=False)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False)

    objects: ClassVar = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("建议")
        ordering = ["-received_on", "-receipt"]
        indexes = [
            models.Index(fields=["place", "state", "received_on"], name="suggestion_place_state"),
            models.Index(fields=["place", "-received_on", "-receipt"], name="suggestion_place_newest"),
            models.Index(fields=["-received_on", "-receipt"], name="suggestion_newest"),
            # only the few that were merged or split: an index full of nothing misleads SQLite's planner
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="suggestion_merged_into"),
            models.Index(fields=["split_from"], condition=Q(split_from__isnull=False), name="suggestion_split_from"),
            models.Index(fields=["place", "name_hash"], condition=~Q(name_hash=""), name="suggestion_by_name"),
            models.Index(fields=["place", "phone_end_hash"], condition=~Q(phone_end_hash=""), name="suggestion_by_end"),
            models.Index(fields=["state", "screen_due"], name="suggestion_screen_due"),
            models.Index(fields=["place", "split_from", "year", "state", "answered_on"], name="suggestion_figures"),
            models.Index(fields=["place", "channel", "state", "year"], name="suggestion_place_channel"),
            models.Index(fields=["recorded_by", "place", "-created_at"], name="suggestion_typed_in"),
        ]
        constraints = [
            LIFECYCLE.constraint("suggestion_state"),
            models.UniqueConstraint(
                fields=["place", "channel", "outside_number"],
                condition=~Q(outside_number="") & ~Q(state="struck"),
                name="suggestion_outside_number_once",
                violation_error_message=_("这个渠道的这个编号已经收过。"),
            ),
            models.CheckConstraint(
                name="suggestion_merged_names_its_main",
                condition=(
                    Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into__isnull=True))
                ),
                violation_error_message=_("并案必须指明主案。"),
            ),
            models.CheckConstraint(
                name="suggestion_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                violation_error_message=_("不能并入自己。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SearchText(models.Model):
    """The bigrams of one suggestion. Each database keeps its own word index over them (see the migration)."""

    suggestion = models.OneToOneField(
        Suggestion,
        models.CASCADE,
        related_name="search_text",
        error_messages={"unique": _("这条建议已经编入检索，不用再编。")},
    )
    bigrams = models.TextField()

    class Meta:
        verbose_name = _("检索词")


class Criterion(models.TextChoices):
    """The four criteria."""

    FACTUAL = "factual", _("客观性")
    PUBLIC_INTEREST = "public_interest", _("公共性")
    LEGALITY = "legality", _("合法性")
    FEASIBILITY = "feasibility", _("可行性")


class Mark(models.TextChoices):
    """What a criterion is given."""

    PASS = "pass", _("符合")
    FAIL = "fail", _("不符合")
    MORE_WORK = "more_work", _("待核实")


class Screening(BaseRecord):
    """One screening of one suggestion: four marks, a result, its reason. Kept also when screened again."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="screenings")
    marks = models.JSONField(_("四项标准"))
    result = models.CharField(_("结果"), max_length=24)
    reason_code = models.CharField(_("理由类别"), max_length=30, blank=True, default="")
    reason = models.TextField(_("理由"), blank=True, default="")
    screened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    screened_on = models.DateField(_("日期"))
    transferred_to = models.CharField(_("转给哪个单位"), max_length=120, blank=True, default="")
    rules_label = models.CharField(_("规则版本"), max_length=40)

    class Meta:
        verbose_name = _("初审")
        ordering = ["created_at"]

    @property
    def said_marks(self) -> list[tuple[str, str]]:
        """Each criterion with its mark, in words and in the order of the criteria."""
        return [
            (str(one.label), str(Mark(self.marks[one]).label))
            for one in Criterion
            if self.marks.get(one) in Mark.values
        ]


class AnswerKind(models.TextChoices):
    """What the proposer is told."""

    SETTLED = "settled", _("已解决或采纳")
    PLANNED = "planned", _("列入计划")
    NOT_NOW = "not_now", _("暂不能解决，留作参考")
    REFUSED = "refused", _("不予受理")
    TRANSFERRED = "transferred", _("已转有关单位")
    EXPLAINED = "explained", _("情况说明")
    NEXT_SEASON = "next_season", _("列入下一季审议")
    INTERIM = "interim", _("阶段答复")


class Answer(BaseRecord):
    """What was answered to the proposer of a suggestion (and of all merged into it)."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="answers")
    kind = models.CharField(_("类别"), max_length=14, choices=AnswerKind.choices)
    text = models.TextField(_("答复"))
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(_("日期"))
    handler = models.CharField(_("谁在办"), max_length=80, blank=True, default="")
    next_step = models.TextField(_("下一步"), blank=True, default="")
    next_on = models.DateField(_("最晚哪一天再答复"), null=True, blank=True)

    class Meta:
        verbose_name = _("答复")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="answer_interim_says_when",
                condition=(
                    (Q(kind="interim", next_on__isnull=False) & ~Q(handler="") & ~Q(next_step=""))
                    | (~Q(kind="interim") & Q(next_on__isnull=True))
                ),
                violation_error_message=_("阶段答复要写明谁在办、下一步做什么、最晚哪一天再答复。"),
            )
        ]

    @property
    def goes_on(self) -> str:
        """What an interim answer promises: who, what next, by when; empty for an answer that ends it."""
        if self.next_on is None:
            return ""
        words = {"who": self.handler, "what": self.next_step.rstrip("。"), "day": said(self.next_on)}
        return str(_("由%(who)s办理。下一步：%(what)s。最晚%(day)s再答复。") % words)


class Supplement(BaseRecord):
    """What was added when more was asked for; the first words stay as they were."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="supplements")
    text = models.TextField(_("补充内容"))
    added_on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("补充")
        ordering = ["created_at"]


class Unlike(BaseRecord):
    """Two suggestions a person has looked at and found different; the machine does not propose them again."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    one = models.ForeignKey(Suggestion, models.PROTECT, related_name="+")
    other = models.ForeignKey(Suggestion, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("不是同一件事")
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="unlike_once",
                violation_error_message=_("这两条已经记为不是同一件事，不用再记。"),
            )
        ]


class Appeal(BaseRecord):
    """A proposer's request to look again, and what came of it."""

    LEDGER = Binding(sealed=("text",))

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="appeals")
    text = SealedField(_("复核理由"))
    received_on = models.DateField(_("日期"))
    decision = models.TextField(_("复核结果"), blank=True, default="")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("复核日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("复核申请")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                condition=Q(decided_on__isnull=True),
                name="appeal_waiting_once",
                violation_error_message=_("这一条已经申请复核，正在办理，不用再申请。"),
            ),
        ]
