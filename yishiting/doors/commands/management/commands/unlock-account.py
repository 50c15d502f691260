"""`yishiting unlock-account LOGIN`: when nobody is left who could let an administrator in again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yishiting.ground.accounts.actors import Operator
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.entrance.actions import reset_password, reset_second_factor, unlock


class Command(BaseCommand):
    """Unlock an account, and where asked for give a new first password or forget a lost authenticator."""

    help = "解锁账号；可以同时重置密码、重置动态码（安全管理员自己进不来时用）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and what else."""
        parser.add_argument("login", help="登录名")
        parser.add_argument("--password", action="store_true", help="同时重置密码，新的初始密码显示一次")
        parser.add_argument("--second-factor", metavar="原因", default="", help="同时重置动态码，写明原因")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done."""
        person = Person.objects.filter(login=options["login"], is_staff_member=True).first()
        if person is None:
            raise CommandError(f"没有登录名为“{options['login']}”的工作人员账号。")
        try:
            self._let_in(person, options["second_factor"].strip(), again=options["password"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def _let_in(self, person: Person, lost: str, *, again: bool) -> None:
        unlock(person, by=Operator())
        self.stdout.write(f"已解锁 {person.login}")
        if lost:
            reset_second_factor(person, by=Operator(), reason=lost)
            self.stdout.write("已重置动态码，下次登录时重新绑定")
        if again:
            self.stdout.write(f"新的初始密码（只显示这一次，登录后必须修改）：{reset_password(person, by=Operator())}")
