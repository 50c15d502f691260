"""小区楼院: the building list that suggestion forms offer."""

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.ground import ESTATES
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import listing
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.organisations.actions import list_estates
from yishiting.ground.places.models import Place


class EstatesForm(ours.Form):
    """One a line."""

    names = forms.CharField(
        label=gettext_lazy("小区、楼和院"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("一行一个，例如：3号楼，或枣营北里东院。居民和录入的人写地点时可以直接选。"),
    )

    def clean_names(self) -> list[str]:
        """The lines."""
        return str(self.cleaned_data["names"]).splitlines()


@door(Place, needs="estate.list")
def estates(request: Request, place: Place) -> HttpResponse:
    """Keep the list."""
    back = reverse("desk-organisations", args=[place.code])
    lines = "\n".join(place.estates.values_list("name", flat=True))
    title = _("小区楼院")
    return perform(
        request,
        EstatesForm(request.POST or None, initial={"names": lines}),
        lambda names: list_estates(place, by=request.actor, names=names),
        page="desk/estates.html",
        to=back,
        done=lambda count: _("已登记%(n)s个小区楼院；建议里提到的不会删掉。") % {"n": count},
        context={
            "title": title,
            "submit": _("保存"),
            "back": back,
            "list": listing(request, ESTATES, place),
            "crumbs": [Link(_("工作台"), reverse("desk-home")), Link(_("组织登记"), back), Link(title, "")],
        },
    )


urlpatterns = [path("p/<str:code>/estates/", estates, name="desk-estates")]
