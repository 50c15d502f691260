"""What a resident is asked: which community; what, where, how to reach you."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.fields import VerbForm
from yishiting.doors.web.shared.offered import Offered
from yishiting.doors.web.shared.place_search import PlaceField
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Level, Place
from yishiting.year.suggestions.models import Naming


class CommunityForm(ours.Form):
    """Which community the matter is in."""

    place = PlaceField(
        level=Level.COMMUNITY,
        label=_("这件事在哪个社区（村）"),
        help_text=_("输入社区或村的名称，或拼音首字母。例如：枣营北里，或 zybl"),
    )


class SuggestForm(VerbForm):
    """What, where, how to reach you: three things; the rest folds away. The title is the first sentence."""

    def __init__(self, place: Place, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(VERBS["suggestion.submit"], place, *args, **kwargs)
        del self.fields["title"], self.fields["door"]
        self.fields["where"].widget = Offered(place.estates.values_list("name", flat=True))
        self.fields["name"].widget.attrs |= {"class": "short", "autocomplete": "name"}
        self.offer("naming", Naming.choices)
        if known:
            self.fields["phone"].help_text = _("不填就用您登录的手机号。电话加密保存，不会公开。")


class FollowForm(ours.Form):
    """The number on the receipt and four digits."""

    receipt = forms.CharField(
        label=_("受理号或登记号"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("回执上的 10 位数字。例如：26 0000 1234。异议的登记号也在这里查"),
    )
    tail = ours.DigitsField(
        length=4,
        required=False,
        label=_("手机号后四位"),
        help_text=_("没有留手机号的，填回执上的四位查询码。查异议不用填。"),
    )
