"""What the desk fills in for projects."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.year.councils.models import Representative
from yishiting.year.projects.actions import OnPaper
from yishiting.year.projects.models import Supervisor

#: What may stand on the sheet beside a name.
WORDS = [("", _("没有签字")), ("yes", _("达到标准")), ("no", _("没有达到标准"))]


def called(one: Representative) -> str:
    """By name and constituency, and whether they can sign for themselves."""
    said = _("%(name)s（%(group)s）") if one.person_id else _("%(name)s（%(group)s，还没有账号）")
    return str(said) % {"name": one.name, "group": one.constituency.name}


class SheetForm(ours.Form):
    """The acceptance sheet as it was signed: a word for each member who has not signed by their own account."""

    signed_on = ours.DateField(label=_("签字日期"))
    sheet = ours.FilesField(
        label=_("签字单照片"), most=1, size=10_000_000, help_text=_("拍清全部签名和意见。只供核对，不对外公开。")
    )

    def __init__(self, *args: Any, members: Sequence[Supervisor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for one in members:
            self.fields[f"word_{one.pk}"] = forms.ChoiceField(
                label=called(one.representative), choices=WORDS, required=False, widget=ours.RadioCards()
            )
            self.fields[f"note_{one.pk}"] = forms.CharField(
                label=_("%(name)s的意见") % {"name": one.representative.name}, required=False, max_length=400
            )
        self.order_fields([name for name in self.fields if name not in ("signed_on", "sheet")])

    def clean(self) -> dict[str, Any]:
        """The words as the verb wants them; whoever is against says what is missing."""
        given, said = super().clean() or {}, []
        for one in self.members:
            word, note = given.pop(f"word_{one.pk}", ""), given.pop(f"note_{one.pk}", "")
            if word == "no" and not note:
                self.add_error(f"note_{one.pk}", _("认为没有达到标准的，请写明差在哪里。"))
            if word:
                said.append(OnPaper(one.pk, word == "yes", note))
        return {**given, "said": said}
