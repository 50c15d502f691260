"""The page server does not share its port."""

import socket

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from yishiting.doors.commands.management.commands.serve import must_be_free


def test_a_port_somebody_listens_on_is_refused_even_if_they_would_share_it() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        with pytest.raises(CommandError, match="换一个端口"):
            call_command("serve", port=port)
    must_be_free("127.0.0.1", port)


@pytest.mark.parametrize("port", ["八千", "80 01"])
def test_what_is_no_port_is_said(port: str) -> None:
    with pytest.raises(CommandError, match="不能用"):
        must_be_free("127.0.0.1", port)
