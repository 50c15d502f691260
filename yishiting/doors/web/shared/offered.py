"""A field one types into freely while the browser offers the names that are known."""

from collections.abc import Iterable
from typing import Any

from django import forms


class Offered(forms.TextInput):
    """Free text with offers below it; without scripts too."""

    template_name = "pieces/offered_input.html"

    def __init__(self, offers: Iterable[str] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.offers = list(offers)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The offers, and the list that holds them."""
        context = super().get_context(name, value, attrs)
        if self.offers:
            context["widget"]["attrs"]["list"] = f"{name}-offers"
        context["offers"] = self.offers
        return context
