"""`yishiting open-account LOGIN --name NAME`: the first accounts of an installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yishiting.ground.accounts.actors import Operator
from yishiting.ground.accounts.models import Administration
from yishiting.ground.common.refused import Refused
from yishiting.ground.entrance.actions import open_account


class Command(BaseCommand):
    """Open an account; its first password is shown once."""

    help = "开通账号（首次安装时开通系统管理员、安全管理员、审计管理员）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who."""
        parser.add_argument("login", help="登录名")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--administration", default="", choices=Administration.values, help="管理职责")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show the first password, once."""
        try:
            person, password = open_account(
                options["login"], by=Operator(), name=options["name"], administration=options["administration"]
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"已开通 {person.login}，初始密码（只显示这一次，登录后必须修改）：{password}")
