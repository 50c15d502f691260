"""What the desk fills in for the council: its terms, its seats, its candidates, its representatives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.organisations.models import IdentityKind
from yishiting.instruments.ballots.models import Method
from yishiting.methods.seat_rules import METHOD_NAMES
from yishiting.year.councils.actions.election import TELLER_ROLES
from yishiting.year.councils.models import Constituency, Leaving, Publishable, Route
from yishiting.year.councils.rules import Planned

BLANK_LINES = 4
FEWEST_LINES = 8
MOST_LINES = 40
GENDERS = [("", _("不填")), ("女", _("女")), ("男", _("男"))]


class CouncilForm(ours.Form):
    """The council itself."""

    purpose = forms.CharField(
        label=_("职责"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("例如：收集民意，协商社区公共事务，监督实事项目。会在协商会公开页上显示。"),
    )
    founded_on = ours.DateField(label=_("成立日期"), required=False)


class TermForm(ours.Form):
    """Which term is begun."""

    number = forms.IntegerField(
        label=_("届次"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("第一次登记时填实际届次，例如 3。以后由系统接着往下排，不用填。"),
    )


class SeatPlanForm(ours.Form):
    """The seat plan: a line for each constituency, blank lines to add more; nothing depends on scripts."""

    total = forms.IntegerField(
        label=_("总席位"),
        min_value=1,
        max_value=99,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_("席位都由您填时可以不写。"),
    )
    method = forms.ChoiceField(
        label=_("计算方法"), choices=[(method.value, name) for method, name in METHOD_NAMES.items()], required=False
    )

    def __init__(self, data: Any = None, *, saved: list[Constituency], by_hand: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.many = self._many(data, len(saved))
        for n in range(self.many):
            self._add_line(n, saved[n] if n < len(saved) else None, by_hand)

    def lines(self) -> list[dict[str, Any]]:
        """The fields of each line, for the table."""
        return [{name: self[f"{name}_{n}"] for name in ("name", "sector", "weight", "seats")} for n in range(self.many)]

    def clean(self) -> dict[str, Any]:
        """The lines that were written; a line half written is pointed at."""
        values = super().clean() or self.cleaned_data
        lines = [line for n in range(self.many) if (line := self._line(n)) is not None]
        return {"lines": lines, "total": values.get("total"), "method": values.get("method") or ""}

    def _line(self, n: int) -> Planned | None:
        name, sector, weight, seats = (
            self.cleaned_data.get(f"{key}_{n}") for key in ("name", "sector", "weight", "seats")
        )
        if not name and not weight and seats is None:
            return None
        if not name:
            self.add_error(f"name_{n}", _("第%(n)s行写了数字，还没有写推选单位的名称。") % {"n": n + 1})
        if not sector:
            self.add_error(f"sector_{n}", _("请选择第%(n)s行属于哪一方面。") % {"n": n + 1})
        return Planned(name or "", sector or "", weight or 0, seats)

    def _add_line(self, n: int, saved: Constituency | None, by_hand: bool) -> None:
        about = {"n": n + 1}
        sectors = [("", _("选择方面")), *IdentityKind.choices]
        line: dict[str, forms.Field] = {
            "name": forms.CharField(label=_("第%(n)s行推选单位") % about, max_length=60, required=False),
            "sector": forms.ChoiceField(label=_("第%(n)s行方面") % about, choices=sectors, required=False),
            "weight": forms.IntegerField(label=_("第%(n)s行户数") % about, min_value=0, required=False),
            "seats": forms.IntegerField(label=_("第%(n)s行席位") % about, min_value=0, max_value=99, required=False),
        }
        for key, field in line.items():
            field.widget.attrs["aria-label"] = field.label
            if key in ("weight", "seats"):
                field.widget.attrs |= {"data-sum": key, "class": "number"}
            if saved is not None and (key != "seats" or by_hand):
                field.initial = getattr(saved, key)
            self.fields[f"{key}_{n}"] = field

    def _many(self, data: Any, saved: int) -> int:
        sent = sum(1 for key in data or () if key.startswith("name_"))
        wanted = max(sent, saved + BLANK_LINES, FEWEST_LINES)
        return min(wanted + (BLANK_LINES if data and "more" in data else 0), MOST_LINES)


class CandidateForm(ours.Form):
    """A nomination form, read aloud or copied from paper."""

    draft = "candidate"

    route = forms.ChoiceField(
        label=_("产生方式"),
        choices=[(route.value, route.label) for route in Route if route != Route.WRITTEN_IN],
        widget=ours.RadioCards(keys=True),
    )
    proposed_by = forms.CharField(
        label=_("由谁提名或推荐"),
        max_length=80,
        required=False,
        help_text=_("例如：社区党委；王桂兰等12名居民。自荐不填。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=40)
    birth_year = forms.IntegerField(label=_("出生年份"), help_text=_("四位数字，例如 1968"))
    gender = forms.ChoiceField(label=_("性别"), choices=GENDERS, required=False)
    unit = forms.CharField(label=_("单位或楼院"), max_length=80, required=False, help_text=_("只写到楼号。"))
    phone = ours.PhoneField(label=_("电话"), required=False, help_text=_("不公开。用来通知本人、关联账号。"))
    identities = forms.MultipleChoiceField(
        label=_("还具有哪些身份"), choices=IdentityKind.choices, widget=ours.CheckCards(), required=False
    )
    introduction = forms.CharField(label=_("简介"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    consents = forms.BooleanField(label=_("本人同意公示姓名"), required=False)
    publishes = forms.MultipleChoiceField(
        label=_("本人还同意公开"), choices=Publishable.choices, widget=ours.CheckCards(), required=False
    )


class ConsentForm(ours.Form):
    """What the candidate agrees to."""

    consents = forms.BooleanField(label=_("本人同意公示姓名"), required=False)
    publishes = forms.MultipleChoiceField(
        label=_("本人还同意公开"), choices=Publishable.choices, widget=ours.CheckCards(), required=False
    )


class NoteForm(ours.Form):
    """A remark of the review."""

    note = forms.CharField(
        label=_("审查意见"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("例如：户口簿已核对。"),
    )


class InnerReasonForm(ours.Form):
    """A reason that is kept in the record and not published."""

    reason = forms.CharField(
        label=_("原因"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("记入记录，并告诉当事人。")
    )


class PublicityForm(ours.Form):
    """What stands on the candidates' notice besides the list."""

    basis = forms.CharField(label=_("依据"), required=False, help_text=_("例如：社区党委3月2日会议决定"))
    contact = forms.CharField(
        label=_("异议联系方式"), max_length=120, required=False, help_text=_("例如：社区居委会，010-65001234")
    )


class MethodForm(ours.Form):
    """How the assembly votes."""

    method = forms.ChoiceField(
        label=_("投票方式"),
        choices=Method.choices,
        widget=ours.RadioCards(
            {
                Method.PAPER: _("发纸质选票，当场唱票计票，两人各录一遍结果。"),
                Method.SHOW_OF_HANDS: _("逐人举手表决，清点人数，两人各录一遍结果。"),
            },
            keys=True,
        ),
    )


class AssemblyForm(ours.Form):
    """The residents' representative assembly."""

    held_on = ours.DateField(label=_("会议日期"))
    venue = forms.CharField(label=_("地点"), max_length=80, help_text=_("例如：社区活动室"))
    chair = forms.CharField(label=_("主持人"), max_length=40, required=False)
    recorder = forms.CharField(label=_("记录人"), max_length=40, required=False)
    roll = forms.CharField(
        label=_("应到名册"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("每行一人：姓名、空格、楼院。可以从表格里复制粘贴。"),
    )


class TellersForm(ours.Form):
    """Who watches and counts; several names in one field, with blanks or commas between."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role, label in TELLER_ROLES.items():
            self.fields[role] = forms.CharField(label=_(label), required=False)
        self.fields["watcher"].help_text = _("几个人之间用空格或顿号隔开。候选人不能担任。")

    def clean(self) -> dict[str, Any]:
        """Each field as a list of names."""
        values = super().clean() or {}
        return {"tellers": {role: self._names(values.get(role, "")) for role in TELLER_ROLES}}

    def _names(self, text: str) -> list[str]:
        for mark in "、，,；;":
            text = text.replace(mark, " ")
        return text.split()


class SeatingForm(ours.Form):
    """From when those elected serve."""

    begins = ours.DateField(label=_("任期从哪一天开始"), required=False, help_text=_("不填就从今天开始。"))


class EndTermForm(ours.Form):
    """A term ends before its time."""

    on = ours.DateField(label=_("最后一天"))
    reason = forms.CharField(label=_("提前结束的原因"), widget=forms.Textarea(attrs={"rows": 3}))


class LeavingForm(ours.Form):
    """A representative leaves."""

    kind = forms.ChoiceField(label=_("离任类别"), choices=Leaving.choices, widget=ours.RadioCards(keys=True))
    on = ours.DateField(label=_("最后一天"), required=False, help_text=_("不填就是今天。"))
    reason = forms.CharField(
        label=_("原因和依据"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：本人书面辞去；协商会第二次会议决定终止资格。"),
    )


class IdentityForm(ours.Form):
    """One more sector somebody belongs to."""

    kind = forms.ChoiceField(label=_("身份"), choices=IdentityKind.choices, widget=ours.RadioCards())
    since = ours.DateField(label=_("从哪一天起"))
    until = ours.DateField(label=_("到哪一天止"), required=False, help_text=_("还没有期限的不填。"))

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning."""
        values = super().clean() or self.cleaned_data
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("终止日期不能早于起始日期。"))
        return values
