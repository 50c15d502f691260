"""One slip: what stays the same for a pile of them comes last, what is written on each comes first."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.offered import PHOTO_BYTES, PHOTOS_MOST, Offered
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Channel, Naming, SolicitationSession
from yishiting.year.suggestions.rows import NAME_MOST, TITLE_MOST, WHERE_MOST

#: What stays filled in from one slip to the next.
KEPT = ("channel", "received_on", "session")
SESSIONS_OFFERED = 50


class SlipForm(ours.Form):
    """A slip as it is typed in."""

    draft = "slip"

    channel = forms.ChoiceField(label=_("渠道"), choices=Channel.choices, initial=Channel.BOX)
    received_on = ours.DateField(label=_("收到日期"))
    session = forms.ModelChoiceField(
        label=_("征集场次"), queryset=SolicitationSession.objects.none(), required=False, empty_label=_("不属于哪一场")
    )
    text = forms.CharField(
        label=_("原话"),
        widget=forms.Textarea(attrs={"rows": 3, "data-first": ""}),
        error_messages={"required": _("请照纸上写的录入原话。")},
    )
    where = forms.CharField(label=_("地点"), required=False, max_length=WHERE_MOST)
    title = forms.CharField(label=_("标题"), required=False, max_length=TITLE_MOST, help_text=_("空着就取第一句"))
    name = forms.CharField(
        label=_("提出人"), required=False, max_length=NAME_MOST, widget=forms.TextInput(attrs={"data-private": ""})
    )
    phone = ours.PhoneField(label=_("电话"), required=False)
    door = forms.CharField(
        label=_("门牌"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"data-private": ""}),
        help_text=_("如 3-2-501；只用来数户数"),
    )
    naming = forms.ChoiceField(label=_("公开方式"), choices=Naming.choices, initial=Naming.ANONYMOUS)
    wants_contact = forms.BooleanField(label=_("本人希望联系"), required=False)
    read_back = forms.BooleanField(label=_("已向本人读回"), required=False)

    scan = ours.FilesField(most=PHOTOS_MOST, size=PHOTO_BYTES, label=_("扫描件或照片"), required=False)

    def __init__(self, place: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = SolicitationSession.objects.filter(place=place)
        self.fields["session"].queryset = held  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["received_on"].widget.attrs.pop("data-date")  # a day is typed here; a calendar needs the mouse
        self.fields["where"].widget = Offered(place.estates.values_list("name", flat=True))
        if self.initial.get("session"):
            self.initial["session"] = held.filter(pk=self.initial["session"]).values_list("pk", flat=True).first()

    def upper(self) -> list[forms.BoundField]:
        """What stays from slip to slip."""
        return [self[name] for name in KEPT]

    def words(self) -> list[forms.BoundField]:
        """What is written on the slip, after the words themselves."""
        return [self[name] for name in ("where", "title", "name", "phone", "door")]

    def ticks(self) -> list[forms.BoundField]:
        """What is chosen or ticked."""
        return [self[name] for name in ("naming", "wants_contact", "read_back", "scan")]
