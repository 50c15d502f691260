"""The watch over names in templates sees what it is there for, and nothing else."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template

from tests.known_names import unknown

THING = SimpleNamespace(title="路灯", notice=None, figures={"all": 3})


def noted_of(source: str) -> list[str]:
    Template(source).render(Context({"thing": THING, "many": [1, 2], "nothing": ""}))
    return [one.partition(" in ")[0] for one in unknown()]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("{{ titel }}", "titel"),
        ("{{ titel|default:'—' }}", "titel"),
        ("{{ thing.titel }}", "thing.titel"),
        ("{% if thing.titel %}x{% endif %}", "thing.titel"),
        ("{% if many and thing.titel %}x{% endif %}", "thing.titel"),
        ("{% for one in mani %}x{% endfor %}", "mani"),
        ("{% for one in thing.many %}x{% endfor %}", "thing.many"),
        ("{% for one in many %}{{ one.title }}{% endfor %}", "one.title"),
        ("{% with a=titel %}x{% endwith %}", "titel"),
        ("{% if 1 in mani %}x{% endif %}", "mani"),
        ("{% if many and kind == 'plain' %}x{% endif %}", "kind"),
        ("{% if not kind == 'plain' %}x{% endif %}", "kind"),
        ("{% load i18n %}{% blocktranslate %}{{ titel }}{% endblocktranslate %}", "titel"),
        ("{{ many.insert }}", "many.insert"),
        ("{{ thing.notice.pk }}", "thing.notice.pk"),
        ("{{ thing.figures.none }}", "thing.figures.none"),
        ("{% load i18n %}{% blocktranslate with a=titel %}{{ a }}{% endblocktranslate %}", "titel"),
    ],
)
def test_an_unknown_name_is_noted(source: str, name: str) -> None:
    assert noted_of(source) == [name]


@pytest.mark.parametrize(
    "source",
    [
        "{{ thing.title }}{{ thing.figures.all }}",
        "{% if back %}x{% endif %}",
        "{% if not back %}x{% elif more or back and many %}y{% endif %}",
        "{% if thing.notice.pk %}x{% endif %}",
        "{% if thing.figures.none %}x{% endif %}",
        "{% if many.0 == 1 %}x{% endif %}",
        "{% for one in many %}{{ one }}{{ forloop.counter }}{% endfor %}",
    ],
)
def test_what_may_be_left_out_is_not(source: str) -> None:
    assert noted_of(source) == []
