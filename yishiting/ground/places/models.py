"""The tree of places. Codes are keys, names never are."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.process_cache import WatchedQuerySet
from yishiting.ground.places.rules import WORDS
from yishiting.ground.places.states import LIFECYCLE


class Level(models.TextChoices):
    """The three levels at which a council sits."""

    DISTRICT = "district", _("区")
    SUBDISTRICT = "subdistrict", _("街乡")
    COMMUNITY = "community", _("社区（村）")


class Kind(models.TextChoices):
    """What a place is called by law."""

    DISTRICT = "district", _("区")
    SUBDISTRICT = "subdistrict", _("街道")
    TOWNSHIP = "township", _("乡（地区）")
    COMMUNITY = "community", _("社区")
    VILLAGE = "village", _("村")


class ResponsibleLevel(models.TextChoices):
    """Whose duty a matter is."""

    MUNICIPAL = "municipal", _("市级")
    DISTRICT = "district", _("区级")
    SUBDISTRICT = "subdistrict", _("街乡")
    COMMUNITY = "community", _("社区（村）")
    RESIDENT_UNIT = "resident_unit", _("驻区单位")


class Line(models.TextChoices):
    """The two lines of responsibility in the district."""

    URBAN = "urban", _("城市（社会工委）")
    RURAL = "rural", _("农村（农工委）")


class PlaceQuerySet(WatchedQuerySet["Place"]):
    """Named filters."""

    def under(self, place: "Place") -> "PlaceQuerySet":
        """The place itself and everything below it."""
        return self.filter(division_path__startswith=place.division_path)

    def there_on(self, today: date) -> "PlaceQuerySet":
        """Those that are there on this day: begun, and not closed or merged into another."""
        begun, lasts = Q(valid_from__isnull=True) | Q(valid_from__lte=today), Q(valid_to__isnull=True)
        return self.filter(begun, lasts | Q(valid_to__gt=today))


class Place(models.Model):
    """A district, a subdistrict or township, a community or village."""

    code = models.CharField(
        _("区划代码"), max_length=12, unique=True, error_messages={"unique": _("这个区划代码已经有了。请核对代码。")}
    )
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=40)
    initials = models.CharField(_("拼音首字母"), max_length=40, blank=True, default="")
    level = models.CharField(_("层级"), max_length=12, choices=Level.choices)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    line = models.CharField(_("归口"), max_length=6, choices=Line.choices, default=Line.URBAN)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    division_path = models.CharField(
        max_length=200,
        unique=True,
        editable=False,
        error_messages={"unique": _("这个区划已经在区划表里。请核对代码。")},
    )
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    #: The first day on which it is no longer there.
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    #: Of one that is closed: whose desk finishes what was open there. It lies in that one from then on (`division_path`).
    run_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="former")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("区划")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="place_level_known",
                condition=models.Q(level__in=Level.values),
                violation_error_message=_("没有这样的层级。"),
            ),
            models.CheckConstraint(
                name="place_only_district_stands_alone",
                condition=models.Q(level=Level.DISTRICT) | models.Q(parent__isnull=False),
                violation_error_message=_("街乡和社区必须写明上级。"),
            ),
            models.CheckConstraint(
                name="place_valid_dates_in_order",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
            models.CheckConstraint(
                name="place_closed_is_run_by_another",
                condition=Q(valid_to__isnull=True, run_by__isnull=True)
                | Q(valid_to__isnull=False, run_by__isnull=False),
                violation_error_message=_("停用的地方要写明由哪里接着办理。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def acting(self) -> "Place":
        """Whose desk acts for it: its own, or of one that is closed the desk that goes on."""
        return self if self.run_by_id is None else self.run_by  # type: ignore[return-value]  # as the key says

    def contains(self, other: "Place") -> bool:
        """Whether the other place is this one or lies in it."""
        return other.division_path.startswith(self.division_path)

    @property
    def word(self) -> str:
        """What it is called in a sentence: 社区, 村, 街道, 乡 or 区."""
        return WORDS[self.kind]

    @property
    def word_in_reply(self) -> str:
        """The same in the language of whoever reads: for what is said on a page and kept nowhere."""
        if self.kind == Kind.VILLAGE and (get_language() or "zh").startswith("zh"):
            return f"{self.word}里"  # 村会限期答复 could be read as a meeting
        return self.word if (get_language() or "zh").startswith("zh") else str(self.get_kind_display()).lower()

    def ancestor_paths(self) -> list[str]:
        """The paths of this place and everything above it, from the district down."""
        codes = self.division_path.rstrip("/").split("/")
        return ["/".join(codes[: n + 1]) + "/" for n in range(len(codes))]


class ChangeKind(models.TextChoices):
    """How a place changes in law."""

    RENAMED = "renamed", _("更名")
    MERGED = "merged", _("并入")
    SPLIT_OFF = "split_off", _("析出")
    CLOSED = "closed", _("撤销")
    MOVED = "moved", _("划归")
    BECAME_COMMUNITY = "became_community", _("撤村建居")
    FOUNDED = "founded", _("设立")


#: What closes a place.
CLOSING = (ChangeKind.MERGED, ChangeKind.CLOSED)
#: What makes a new one.
MAKING = (ChangeKind.SPLIT_OFF, ChangeKind.FOUNDED)
#: After which it is called otherwise, or is of another kind.
NAMING = (ChangeKind.RENAMED, ChangeKind.BECAME_COMMUNITY)


class PlaceChange(BaseRecord):
    """A change of a place in law, with the day of its effect and the paper it rests on.

    `place` is the one that changes; of one that is founded the place it lies in, of one that is split off the place it
    was a part of. `applied_on` is the day from which papers bear the new name: they keep the names of their day.
    """

    LIFECYCLE = LIFECYCLE

    place = models.ForeignKey(Place, models.PROTECT, related_name="changes")
    kind = models.CharField(_("变动"), max_length=20, choices=ChangeKind.choices)
    takes_effect = models.DateField(_("生效日期"))
    document = models.CharField(_("依据文号"), max_length=80)
    #: Before, and what it becomes: of a new place its own.
    name_before = models.CharField(max_length=60, blank=True, default="")
    short_name_before = models.CharField(max_length=40, blank=True, default="")
    kind_before = models.CharField(max_length=12, choices=Kind.choices, blank=True, default="")
    parent_before = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("新名称"), max_length=60, blank=True, default="")
    kind_after = models.CharField(max_length=12, choices=Kind.choices, blank=True, default="")
    code = models.CharField(_("新区划代码"), max_length=12, blank=True, default="")
    estates = models.JSONField(_("划出的小区楼院"), default=list, blank=True)
    #: The place it is merged into, comes under, or the new one.
    successor = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="arrivals")
    #: What went over by rule, so that a wrong entry can be taken back.
    went_over = models.JSONField(default=dict, blank=True)
    applied_on = models.DateField(null=True, blank=True)
    state = LIFECYCLE.field()

    objects: ClassVar = WatchedQuerySet["PlaceChange"].as_manager()

    class Meta:
        verbose_name = _("区划变动")
        ordering = ["-takes_effect", "-created_at"]
        constraints = [
            LIFECYCLE.constraint("place_change_state"),
            models.CheckConstraint(
                name="place_change_rests_on_a_paper",
                condition=~Q(document=""),
                violation_error_message=_("区划变动要写明依据的文件。"),
            ),
            models.CheckConstraint(
                name="place_change_not_before_its_day",
                condition=Q(applied_on__isnull=True) | Q(applied_on__gte=models.F("takes_effect")),
                violation_error_message=_("没到生效日期，变动不能生效。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_before or self.place.name}：{self.get_kind_display()}"


class Estate(models.Model):
    """A named estate, building or lane of a community, for people to pick where a matter is."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="estates")
    name = models.CharField(_("名称"), max_length=60)

    objects = WatchedQuerySet["Estate"].as_manager()

    class Meta:
        verbose_name = _("小区楼院")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"],
                name="estate_once_per_place",
                violation_error_message=_("这个小区楼院已经登记，不用再登记。请刷新页面查看。"),
            )
        ]

    def __str__(self) -> str:
        return self.name
