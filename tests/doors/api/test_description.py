"""The description of the API is built once, and sent only to whoever has not got it yet."""

import json

import pytest
from django.test import Client
from ninja.openapi import views

from yishiting.doors.api.v1 import api
from yishiting.doors.api.v1.described import built_once

ADDRESS = "/api/v1/openapi.json"


@pytest.mark.django_db
def test_whoever_has_the_description_does_not_get_it_again(client: Client) -> None:
    first = client.get(ADDRESS)
    assert first.status_code == 200
    assert first["Content-Type"].startswith("application/json")
    assert "max-age=3600" in first["Cache-Control"]
    assert json.loads(first.content)["paths"] == json.loads(json.dumps(api.get_openapi_schema()))["paths"]
    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(ADDRESS, headers={"If-None-Match": '"another"'}).content == first.content


def test_it_is_built_once(rf) -> None:
    built = []

    def build(request, **given):
        built.append(given)
        return views.openapi_json(request, **given)

    view = built_once(build)
    assert view(rf.get(ADDRESS), api=api).content == view(rf.get(ADDRESS), api=api).content
    assert built == [{"api": api}]
