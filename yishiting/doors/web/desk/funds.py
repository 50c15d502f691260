"""经费 at the desk: the money of a place and year, one fund with everything booked in it, payments and postings as lists."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.funds import FUNDS, PAYMENTS, POSTINGS
from yishiting.doors.lists.xlsx import MEDIA_TYPE
from yishiting.doors.web.desk.projects import project
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door, open_links
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.place_money import money_of_place, year_asked
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import money
from yishiting.ground.organisations.permissions import reads_money
from yishiting.ground.places.models import Place
from yishiting.instruments.funds.models import Fund, Posting
from yishiting.instruments.funds.queries import RELATED, Figures, figures_of, postings_of
from yishiting.year.evaluation.models import Reward
from yishiting.year.spending.models import Contract, Gift, Payment, PaymentFile
from yishiting.year.spending.sheets import with_results

MONEY = gettext_lazy("经费")
TABS = {
    "desk-money": gettext_lazy("经费总览"),
    "desk-funds": gettext_lazy("资金汇总表"),
    "desk-postings": gettext_lazy("账目明细"),
    "desk-payments": gettext_lazy("支付"),
}
ON_FUND = ("fund.budget", "fund.allot", "fund.allot_many", "fund.return", "fund.carry_over")
OF_PROJECT = ("project__place",)

know(
    Noun(
        Fund,
        pages={"desk": "desk-fund"},
        lists={"desk": ("desk-money", MONEY)},
        related=RELATED,
    ),
    Noun(Posting, part_of="debit.fund", related=("place", "debit__fund__place__parent", "credit__fund__place")),
    Noun(Contract, part_of="project", related=("place", "project__place", "project__notice")),
    Noun(Reward, part_of="project", related=("place", "project__place", "project__notice")),
    Noun(Gift, part_of="project", related=("place", "project__place", "project__notice")),
    Noun(
        Payment,
        part_of="contract.project",
        related=("place", "milestone", "contract__place", "contract__project__place", "contract__project__notice"),
    ),
    Noun(
        PaymentFile,
        pages={"desk": "desk-payment-file"},
        lists={"desk": ("desk-payments", TABS["desk-payments"])},
        related=("place",),
    ),
)


def _tabs(request: Request, place: Place, here: str) -> list[Link]:
    return open_links(request.actor, place, TABS, here)


def _around(request: Request, place: Place, name: str) -> Around:
    label = TABS[name]
    take_in = buttons(request, place, "payment.take_in", asleep=False, room="desk") if name == "desk-payments" else []
    return Around(label, trail(request, place, "desk", label), tabs=_tabs(request, place, name), verbs=take_in)


@door(Place, needs=reads_money, related=("parent",))
def place_money(request: Request, place: Place) -> HttpResponse:
    """The money of a place in a year: its funds, what went to the places below, what was set aside for projects."""
    year = year_asked(request, place)
    shown = {
        "place": place,
        "tabs": _tabs(request, place, "desk-money"),
        "verbs": buttons(request, place, "fund.open", asleep=False, room="desk"),
        "shown": money_of_place(place, year, "desk"),
        "crumbs": trail(request, place, "desk", MONEY),
    }
    return render(request, "desk/money.html", shown)


@door(Fund, needs=reads_money, related=RELATED)
def fund(request: Request, fund: Fund) -> HttpResponse:
    """One fund: what it comes to today, and everything that was booked in it."""
    figures = figures_of([fund])[fund.pk]
    shown = {
        "fund": fund,
        "facts": facts_of(figures),
        "verbs": buttons(request, fund, *ON_FUND, asleep=False, room="desk"),
        "postings": [
            (one, one.debit.fund_id == fund.pk, buttons(request, one, "posting.reverse", asleep=False, room="desk"))
            for one in postings_of(fund)[:MOST]
        ],
        "more": reverse("desk-postings", args=[fund.place.code]),
        "crumbs": trail(request, fund, "desk"),
        "today": timezone.localdate(),
    }
    return render(request, "desk/fund.html", shown)


@door(Payment, needs=reads_money, related=("place", "contract"))
def payment(request: Request, payment: Payment) -> HttpResponse:
    """A payment stands on the page of its project, with what may be done."""
    return project(request, pk=payment.contract.project_id)


@door(PaymentFile, needs=reads_money, related=("place",))
def payment_file(request: Request, payment_file: PaymentFile) -> HttpResponse:
    """What became of each row of a file of payments."""
    shown = {
        "file": payment_file,
        "rows": [(one["number"], one["ok"], one["says"], _in_brief(payment_file, one)) for one in payment_file.lines],
        "crumbs": trail(request, payment_file, "desk"),
    }
    return render(request, "desk/payment_file.html", shown)


def _in_brief(payment_file: PaymentFile, line: Any) -> str:
    return _("，").join(str(line["cells"].get(name, "")) for name in payment_file.headings if line["cells"].get(name))


@door(PaymentFile, needs=reads_money, related=("place",))
def payment_file_back(request: Request, payment_file: PaymentFile) -> HttpResponse:
    """The same file, with what became of each row in a column of its own."""
    answer = HttpResponse(with_results(payment_file.headings, payment_file.lines), content_type=MEDIA_TYPE)
    name = f"{payment_file.name.rpartition('.')[0]}（办理结果）.xlsx"
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return answer


#: So many of the newest postings stand on the page of a fund; all of them are in the list.
MOST = 50


def facts_of(figures: Figures) -> list[Fact]:
    """What a fund comes to, line by line."""
    lines = (
        (_("到账"), figures.given),
        (_("下达给下级"), figures.allotted),
        (_("结转到下年"), figures.carried),
        (_("已安排到项目、还没有支付"), figures.committed),
        (_("已支付"), figures.spent),
        (_("可用"), figures.left),
    )
    return [Fact(label, money(fen)) for label, fen in lines]


urlpatterns = [
    path("p/<str:code>/money/", place_money, name="desk-money"),
    path(
        "p/<str:code>/money/funds/",
        list_page(FUNDS, lambda request, place: _around(request, place, "desk-funds")),
        name="desk-funds",
    ),
    path(
        "p/<str:code>/money/postings/",
        list_page(POSTINGS, lambda request, place: _around(request, place, "desk-postings")),
        name="desk-postings",
    ),
    path(
        "p/<str:code>/money/payments/",
        list_page(PAYMENTS, lambda request, place: _around(request, place, "desk-payments")),
        name="desk-payments",
    ),
    path("funds/<uuid:pk>/", fund, name="desk-fund"),
    path("payments/<uuid:pk>/", payment, name="desk-payment"),
    path("payment-files/<uuid:pk>/", payment_file, name="desk-payment-file"),
    path("payment-files/<uuid:pk>/back/", payment_file_back, name="desk-payment-file-back"),
]
