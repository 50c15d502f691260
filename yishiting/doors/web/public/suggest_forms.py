"""What a resident is asked: which community; what, where, how to reach you."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.offered import PHOTO_BYTES, PHOTOS_MOST, Offered
from yishiting.doors.web.shared.place_search import PlaceField
from yishiting.ground.places.models import Level
from yishiting.year.suggestions.models import Naming
from yishiting.year.suggestions.rows import NAME_MOST, WHERE_MOST


class CommunityForm(ours.Form):
    """Which community the matter is in."""

    place = PlaceField(
        level=Level.COMMUNITY,
        label=_("这件事在哪个社区（村）"),
        help_text=_("输入社区名称，或拼音首字母。例如：枣营北里，或 zybl"),
    )


class SuggestForm(ours.Form):
    """What, where, how to reach you: three things; the rest folds away."""

    draft = "suggest"

    text = forms.CharField(
        label=_("您想说什么"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("例如：3号楼楼道灯坏了半个月，老人晚上下楼看不清，希望换成声控灯。"),
        error_messages={"required": _("请写下您想说的事。")},
    )
    where = forms.CharField(
        label=_("在哪里"),
        required=False,
        max_length=WHERE_MOST,
        help_text=_("例如：3号楼2单元，或社区东门"),
    )
    phone = ours.PhoneField(
        label=_("怎么联系您"),
        required=False,
        help_text=_("留手机号，可以收到答复，也能凭后四位查进展。电话加密保存，不会公开。"),
    )
    name = forms.CharField(
        label=_("怎么称呼您"),
        required=False,
        max_length=NAME_MOST,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "name", "data-private": ""}),
    )
    photos = ours.FilesField(
        most=PHOTOS_MOST,
        size=PHOTO_BYTES,
        label=_("照片或文件"),
        required=False,
        help_text=_("最多三张。照片里的拍摄地点等信息会自动去掉，只有经办人能看到。"),
    )
    naming = forms.ChoiceField(
        label=_("公开时怎么写您的名字"),
        choices=Naming.choices,
        initial=Naming.ANONYMOUS,
        widget=ours.RadioCards(),
    )

    def __init__(self, *args: Any, offers: Iterable[str] = (), known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].widget = Offered(offers)
        if known:
            self.fields["phone"].help_text = _("不填就用您登录的手机号。电话加密保存，不会公开。")


class FollowForm(ours.Form):
    """The number on the receipt and four digits."""

    receipt = forms.CharField(
        label=_("受理号"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("回执上的 10 位数字。例如：26 0000 1234"),
    )
    tail = forms.CharField(
        label=_("手机号后四位"),
        max_length=4,
        min_length=4,
        widget=forms.TextInput(
            attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off", "data-private": ""}
        ),
        help_text=_("没有留手机号的，填回执上的四位查询码。"),
        error_messages={"min_length": _("请填四位数字。")},
    )
