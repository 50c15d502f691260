"""What must be set before real people's matters are taken in: run by `serve`, `daily` and every other command."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.http.request import validate_host
from django.utils.module_loading import import_string

SHORTEST_KEY = 32
FEWEST_SIGNS = 10
HERE = ("127.0.0.1", "localhost", "::1", "0.0.0.0")  # noqa: S104  # refused below, never listened on
GATEWAYS = "yishiting.ground.notices.gateways."
HOW = "说明见 docs/operations/settings.md。"


def whole_configuration(**_: Any) -> list[CheckMessage]:
    """Nothing half configured in production; the demo and the tests may be what they like."""
    return [*_keys(), *_hosts(), *_address(), *_sending(), *_sign_on()] if settings.PRODUCTION else []


def _keys() -> Iterator[CheckMessage]:
    keys = [
        ("YISHITING_SECRET_KEY", settings.SECRET_KEY),
        *(("YISHITING_SEAL_KEYS", key) for key in settings.SEAL_KEYS),
    ]
    for name in dict.fromkeys(name for name, key in keys if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS):
        yield Error(
            f"{name} 太短或太简单，别人猜得出来。每个密钥至少 {SHORTEST_KEY} 个字符，用随机数生成。",
            hint=f'例如：python3 -c "import secrets; print(secrets.token_urlsafe(48))"。{HOW}',
            id="yishiting.E001",
        )


def _hosts() -> Iterator[CheckMessage]:
    if any(host.startswith("*") for host in settings.ALLOWED_HOSTS):
        yield Error("YISHITING_HOSTS 不能是 *，请写明网站的域名。", hint=HOW, id="yishiting.E002")


def _address() -> Iterator[CheckMessage]:
    parts = urlsplit(settings.SITE["address"])
    host = parts.hostname or ""
    wanted = ("http", "https") if settings.BEHIND_PLAIN_HTTP else ("https",)
    if parts.scheme not in wanted or not host or host in HERE:
        yield Error(
            f"YISHITING_ADDRESS 现在是 {settings.SITE['address']}，短信和二维码里的网址别人打不开。"
            "请写居民打开网站用的地址，以 https:// 开头。",
            hint=HOW,
            id="yishiting.E003",
        )
    elif not validate_host(host, settings.ALLOWED_HOSTS):
        yield Error(f"YISHITING_ADDRESS 的域名 {host} 不在 YISHITING_HOSTS 里。", hint=HOW, id="yishiting.E004")


def _sending() -> Iterator[CheckMessage]:
    yield from _gateway()
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Warning("YISHITING_MAIL_FROM 没有设置，邮件多半会被拒收。", hint=HOW, id="yishiting.W001")


def _sign_on() -> Iterator[CheckMessage]:
    told = settings.SIGN_ON
    names = {"client": "YISHITING_SIGN_ON_CLIENT", "secret": "YISHITING_SIGN_ON_SECRET"}
    for name in [names[key] for key in names if told["issuer"] and not told[key]]:
        yield Error(f"设置了统一登录，还缺 {name}。", hint=HOW, id="yishiting.E010")
    if told["issuer"] and urlsplit(told["issuer"]).scheme != "https":
        yield Error("YISHITING_SIGN_ON_ISSUER 要以 https:// 开头。", hint=HOW, id="yishiting.E011")


def _gateway() -> Iterator[CheckMessage]:
    gateway = settings.SMS_GATEWAY.removeprefix(GATEWAYS)
    if gateway == "OutboxGateway":
        yield Error(
            "短信网关是 OutboxGateway：验证码会显示“已发送”，其实哪里也没有去。请设置 SMS_GATEWAY。",
            hint=HOW,
            id="yishiting.E005",
        )
    if gateway == "HttpGateway":
        for name in ("SMS_GATEWAY_URL", "SMS_GATEWAY_SECRET"):
            if not getattr(settings, name):
                yield Error(f"短信网关 HttpGateway 还缺 {name}。", hint=HOW, id="yishiting.E006")
        if settings.SMS_GATEWAY_URL and urlsplit(settings.SMS_GATEWAY_URL).scheme not in {"http", "https"}:
            yield Error("SMS_GATEWAY_URL 要以 https:// 或 http:// 开头。", hint=HOW, id="yishiting.E007")
    try:
        import_string(settings.SMS_GATEWAY)
    except ImportError:
        yield Error(f"SMS_GATEWAY 写的 {settings.SMS_GATEWAY} 不存在。", hint=HOW, id="yishiting.E008")
