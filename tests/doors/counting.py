"""How many queries a page asks."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(browser: Client, url: str) -> int:
    """The queries of one visit, after a first one has warmed what is kept between pages."""
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked.captured_queries)
