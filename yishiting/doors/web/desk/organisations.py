"""组织登记: the organisations of a place, kept by its desk or the system administrator."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.lists.ground import ORGANISATIONS
from yishiting.doors.web.desk.administration import administrator, crumbs
from yishiting.doors.web.desk.organisations_forms import AmendForm, CloseForm, RegisterForm, WhereForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.accounts.models import Administration
from yishiting.ground.organisations.actions import amend_organisation, close_organisation, register_organisation
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.ground.places.models import Level, Place


@administrator(Administration.SYSTEM)
def where(request: Request) -> HttpResponse:
    """Choose the place first."""
    form = WhereForm(request.GET if "place" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("desk-organisations", form.cleaned_data["place"].code)
    title = _("组织登记")
    shown = {"title": title, "form": form, "submit": _("打开"), "crumbs": crumbs(Link(title, ""))}
    return render(request, "desk/organisations_where.html", shown)


def _around(request: Request, place: Place) -> Around:
    """The organisations of a place; closed ones last."""
    today = timezone.localdate()
    return Around(
        _("%(place)s的组织") % {"place": place.name},
        _crumbs(place),
        verbs=[
            Button(_("登记组织"), reverse("organisation-register", args=[place.code]), "primary", "get"),
            *_estates(place),
        ],
        buttons=lambda one: _verbs(one, today),
    )


def _estates(place: Place) -> list[Button]:
    """A community keeps its list of estates and buildings beside its organisations."""
    if place.level != Level.COMMUNITY:
        return []
    return [Button(_("小区楼院"), reverse("desk-estates", args=[place.code]), "plain", "get")]


def _is_closed(organisation: Organisation, today: date) -> bool:
    return organisation.valid_to is not None and organisation.valid_to <= today


def _verbs(organisation: Organisation, today: date) -> list[Button]:
    if _is_closed(organisation, today):
        return []
    key = [organisation.pk]
    return [
        Button(_("修改"), reverse("organisation-amend", args=key), "quiet", "get"),
        Button(_("停用"), reverse("organisation-close", args=key), "quiet", "get"),
    ]


@door(Place, needs="organisation.register")
def organisation_register(request: Request, place: Place) -> HttpResponse:
    """Register one."""

    def register(kind: str, **given: Any) -> Organisation:
        return register_organisation(place, by=request.actor, kind=OrganisationKind(kind), **given)

    done = _("组织已登记。")
    return _on_page(request, place, RegisterForm(request.POST or None), register, _("登记组织"), done)


@door(Organisation, needs="organisation.amend", related=("place",))
def organisation_amend(request: Request, organisation: Organisation) -> HttpResponse:
    """Correct its name or contact."""
    initial = {name: getattr(organisation, name) for name in ("name", "contact_name", "contact_phone")}

    def amend(**given: Any) -> Organisation:
        return amend_organisation(organisation, by=request.actor, **given)

    form, title, done = AmendForm(request.POST or None, initial=initial), _("修改组织登记"), _("已修改。")
    return _on_page(request, organisation.place, form, amend, title, done, revision=organisation.token)


@door(Organisation, needs="organisation.close", related=("place",))
def organisation_close(request: Request, organisation: Organisation) -> HttpResponse:
    """Note that it no longer takes part."""

    def close(**given: Any) -> Organisation:
        return close_organisation(organisation, by=request.actor, **given)

    form = CloseForm(request.POST or None, initial={"on": timezone.localdate()})
    more = {"revision": organisation.token, "kind": "danger", "words": organisation.name}
    return _on_page(request, organisation.place, form, close, _("停用组织"), _("组织已停用。"), **more)


def _on_page(
    request: Request, place: Place, form: Any, verb: Any, title: str, done: str, **more: object
) -> HttpResponse:
    back = reverse("desk-organisations", args=[place.code])
    context = {"title": title, "submit": title, "back": back, "crumbs": _crumbs(place, title), **more}
    return perform(request, form, verb, page="desk/form.html", to=back, done=done, context=context)


def _crumbs(place: Place, *more: str) -> list[Link]:
    here = Link(_("组织登记"), reverse("desk-organisations", args=[place.code]))
    return [Link(_("工作台"), reverse("desk-home")), here, *(Link(title, "") for title in more)]


urlpatterns = [
    path("administration/organisations/", where, name="administration-organisations"),
    path("p/<str:code>/organisations/", list_page(ORGANISATIONS, _around), name="desk-organisations"),
    path("p/<str:code>/organisations/register/", organisation_register, name="organisation-register"),
    path("organisations/<uuid:pk>/amend/", organisation_amend, name="organisation-amend"),
    path("organisations/<uuid:pk>/close/", organisation_close, name="organisation-close"),
]
