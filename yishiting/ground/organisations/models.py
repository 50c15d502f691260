"""Organisations of a place, and who holds which office."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.changes import Binding
from yishiting.ground.common.models import BaseRecord, RecordQuerySet
from yishiting.ground.common.phones import phone_to_keep
from yishiting.ground.common.process_cache import WatchedQuerySet
from yishiting.ground.common.secrets import SealedField, sealer
from yishiting.ground.organisations.rules import WATCHING
from yishiting.ground.places.models import Place


class OrganisationKind(models.TextChoices):
    """The kinds of organisation that take part."""

    PARTY_ORGANISATION = "party_organisation", _("党组织")
    RESIDENTS_COMMITTEE = "residents_committee", _("居（村）委会")
    SERVICE_STATION = "service_station", _("社区服务站")
    SUPERVISORY_COMMITTEE = "supervisory_committee", _("居（村）务监督委员会")
    SUBDISTRICT_OFFICE = "subdistrict_office", _("街道办事处（乡政府）")
    SECTION = "section", _("街乡科室")
    DEPARTMENT = "department", _("区职能部门")
    LEADING_GROUP_OFFICE = "leading_group_office", _("领导小组办公室")
    OWNERS_COMMITTEE = "owners_committee", _("业主委员会")
    PROPERTY_COMPANY = "property_company", _("物业公司")
    RESIDENT_UNIT = "resident_unit", _("驻区单位")
    SOCIAL_ORGANISATION = "social_organisation", _("社会组织")
    COORDINATION_COMMITTEE = "coordination_committee", _("协调委员会")
    INDUSTRY_ASSOCIATION = "industry_association", _("行业协会")


class OrganisationQuerySet(WatchedQuerySet["Organisation"]):
    """Named filters."""

    def public(self, today: date) -> "OrganisationQuerySet":
        """Those that take part on this day and say where and how they are reached."""
        known = ~Q(telephone="") | ~Q(address="")
        return self.filter(known, Q(valid_to__isnull=True) | Q(valid_to__gt=today))


class Organisation(BaseRecord):
    """A body with a name and a kind; whom to ring there, and how everyone reaches it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="organisations")
    kind = models.CharField(_("类别"), max_length=24, choices=OrganisationKind.choices)
    name = models.CharField(_("名称"), max_length=80)
    contact_name = SealedField(_("联系人"), blank=True, default="")
    contact_phone = SealedField(_("联系电话"), blank=True, default="")
    telephone = models.CharField(_("对外电话"), max_length=40, blank=True, default="")
    address = models.CharField(_("地址"), max_length=120, blank=True, default="")
    hours = models.CharField(_("办公时间"), max_length=120, blank=True, default="")
    remark = models.CharField(_("备注"), max_length=120, blank=True, default="")
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    objects: ClassVar = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("组织")
        ordering = ["place__code", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"],
                name="organisation_once_per_place",
                violation_error_message=_("这个地方已经登记了同名的组织。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LocalRole(models.TextChoices):
    """Why somebody stands in the register of people of a place."""

    RESIDENTS_REPRESENTATIVE = "residents_representative", _("居（村）民代表")
    UNIT_CONTACT = "unit_contact", _("单位联络人")
    NAMED = "named", _("其他人员")


class LocalPersonQuerySet(RecordQuerySet["LocalPerson"]):
    """Named filters."""

    def in_force(self, today: date) -> "LocalPersonQuerySet":
        """Those who stand in the register on this day."""
        return self.filter(Q(since__lte=today), Q(until__isnull=True) | Q(until__gt=today))


class LocalPerson(BaseRecord):
    """人员名册: somebody of a place whom its papers name; a contact of a unit signs in by the number and acts for it."""

    LEDGER = Binding(public=False, without=("phone_hash",))

    place = models.ForeignKey(Place, models.PROTECT, related_name="people")
    name = models.CharField(_("姓名"), max_length=40)
    role = models.CharField(_("身份"), max_length=24, choices=LocalRole.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="contacts")
    unit = models.CharField(_("楼院或单位"), max_length=80, blank=True, default="")
    phone = SealedField(_("手机号"), blank=True, default="")
    phone_hash = models.CharField(max_length=64, blank=True, default="", db_index=True, editable=False)
    since = models.DateField(_("起始日期"))
    #: From this day on no longer.
    until = models.DateField(_("离开日期"), null=True, blank=True)

    objects: ClassVar = LocalPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("名册上的人")
        ordering = ["role", "name"]
        constraints = [
            models.CheckConstraint(
                name="local_person_role_known",
                condition=Q(role__in=LocalRole.values),
                violation_error_message=_("名册上没有这样的身份。"),
            ),
            models.CheckConstraint(
                name="local_person_contact_of_a_unit",
                condition=Q(role=LocalRole.UNIT_CONTACT, organisation__isnull=False)
                | (~Q(role=LocalRole.UNIT_CONTACT) & Q(organisation__isnull=True)),
                violation_error_message=_("单位联络人要写明是哪个单位的，其他人员不写单位。"),
            ),
            models.CheckConstraint(
                name="local_person_dates_in_order",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                violation_error_message=_("名册上的离开日期不能早于起始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def set_phone(self, phone: str) -> None:
        """Keep a number: sealed for use, hashed so that whoever signs in with it is known."""
        self.phone = phone_to_keep(phone)
        self.phone_hash = sealer().look_up(self.phone) or ""


class Office(models.TextChoices):
    """The offices that act in the procedure."""

    COMMUNITY_SECRETARY = "community_secretary", _("社区（村）党组织书记")
    COMMITTEE_DIRECTOR = "committee_director", _("居（村）委会主任")
    COMMUNITY_WORKER = "community_worker", _("社区工作者")
    COMMUNITY_SUPERVISOR = "community_supervisor", _("居（村）务监督委员会委员")
    COMMUNITY_FINANCE = "community_finance", _("社区（村）报账员")
    SUBDISTRICT_SECRETARY = "subdistrict_secretary", _("街乡党工委书记")
    SUBDISTRICT_DIRECTOR = "subdistrict_director", _("街道办事处主任（乡镇长）")
    SUBDISTRICT_LEADER = "subdistrict_leader", _("街乡责任领导")
    SECTION_HEAD = "section_head", _("街乡科长")
    SECTION_MEMBER = "section_member", _("街乡科员")
    SUBDISTRICT_DISCIPLINE = "subdistrict_discipline", _("街乡纪检监察人员")
    SUBDISTRICT_AUDITOR = "subdistrict_auditor", _("街乡审计人员")
    SUBDISTRICT_FINANCE = "subdistrict_finance", _("街乡财务人员")
    DISTRICT_LEADER = "district_leader", _("区领导小组负责人")
    DISTRICT_DIRECTOR = "district_director", _("区领导小组办公室主任")
    DISTRICT_OFFICER = "district_officer", _("区领导小组办公室工作人员")
    SOCIAL_WORK_COMMITTEE = "social_work_committee", _("区委社会工委工作人员")
    RURAL_WORK_COMMITTEE = "rural_work_committee", _("区委农工委工作人员")
    DISTRICT_FINANCE = "district_finance", _("区财务人员")
    HANDLING_OFFICER = "handling_officer", _("承办单位经办人")
    AUDITOR = "auditor", _("区纪检监察审计人员")


class AppointmentQuerySet(RecordQuerySet["Appointment"]):
    """Named filters."""

    def in_force(self, today: date) -> "AppointmentQuerySet":
        """Offices held on this day."""
        return self.filter(Q(since__lte=today), Q(until__isnull=True) | Q(until__gte=today))


class Appointment(BaseRecord):
    """A person holds an office at a place, from a day, until a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    office = models.CharField(_("职务"), max_length=24, choices=Office.choices)
    place = models.ForeignKey(Place, models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="appointments")
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)

    objects: ClassVar = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.CheckConstraint(
                name="appointment_office_known",
                condition=Q(office__in=Office.values),
                violation_error_message=_("没有这样的职务。"),
            ),
            models.CheckConstraint(
                name="appointment_dates_in_order",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                violation_error_message=_("离任日期不能早于任职日期。"),
            ),
            models.UniqueConstraint(
                fields=["person", "office", "place"],
                condition=Q(until__isnull=True),
                name="appointment_held_once",
                violation_error_message=_("这个人已经担任这个职务。"),
            ),
        ]

    def __str__(self) -> str:
        return _("%(who)s，%(place)s%(office)s") % {
            "who": self.person,
            "place": self.place,
            "office": self.get_office_display(),
        }

    @property
    def only_watches(self) -> bool:
        """Whether this office reads and raises findings, without a hand in the work itself."""
        return self.office in WATCHING


class IdentityKind(models.TextChoices):
    """The kinds of people the composition of a council counts."""

    TWO_COMMITTEES_ONE_STATION = "two_committees_one_station", _("两委一站")
    PARTY_DELEGATE = "party_delegate", _("党代表")
    PEOPLES_DEPUTY = "peoples_deputy", _("人大代表")
    CPPCC_MEMBER = "cppcc_member", _("政协委员")
    RESIDENT = "resident", _("居（村）民")
    OWNERS_COMMITTEE = "owners_committee", _("业主委员会")
    RESIDENT_UNIT = "resident_unit", _("驻区单位")
    SOCIAL_ORGANISATION = "social_organisation", _("社会组织")
    MIGRANT_RESIDENT = "migrant_resident", _("流动人员")
    INVITED_MEMBER = "invited_member", _("特邀人士")
