"""`yishiting ledger verify EXPORT`: is this history whole and unchanged? Needs no database and no network."""

import argparse
import re
from pathlib import Path

from yishiting.methods.commands.main import BadFile, show
from yishiting.methods.ledger_export import Verdict, read_checkpoint, verify_export

KEY = re.compile(r"[0-9a-f]{64}")
SOUND, CHANGED, PROVES_NOTHING = 0, 1, 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """The export, and what the reader trusts: a key, checkpoints from the notice board, an earlier export."""
    parser.add_argument("export", type=Path, help="the exported ledger 导出的账册文件")
    parser.add_argument("--key", default="", help="the public key printed on the notice board 公示栏上的公钥")
    parser.add_argument(
        "--checkpoint",
        action="append",
        default=[],
        metavar="DAY:SIZE:ROOT",
        help="a checkpoint you have 公示栏上的存证",
    )
    parser.add_argument("--against", type=Path, help="an export you took earlier 您以前下载的账册文件")


def run(args: argparse.Namespace) -> int:
    """0: every entry and checkpoint agrees. 1: something was changed, and it is named. 3: there is no checkpoint."""
    published = [read_checkpoint(text) for text in args.checkpoint]
    verdict = verify_export(args.export, key=_key(args.key), published=published, against=args.against)
    show(verdict.as_dict(), as_json=args.json, text=_says(verdict, key=args.key, trusted=bool(args.key or published)))
    if verdict.bad is not None:
        return CHANGED
    return SOUND if verdict.proves else PROVES_NOTHING


def _key(text: str) -> str:
    """A public key in hex, 32 bytes; empty where none was given."""
    key = text.strip().lower()
    if text and not KEY.fullmatch(key):
        raise BadFile("公钥应为 64 位十六进制数，请照公示栏上的抄全。")
    return key


def _says(verdict: Verdict, *, key: str, trusted: bool) -> str:
    if verdict.bad is not None:
        return f"核对不通过。{verdict.bad.sentence}"
    kept = f"前 {verdict.kept} 条与您以前下载的一致。" if verdict.kept else ""
    if not verdict.proves:
        by_key = "用这个公钥签名的存证" if key else "签名存证"
        return (
            f"什么也证明不了：{verdict.entries} 条记录里没有{by_key}，文件只和它自己一致。{kept}"
            "请下载有每日存证的账册，或把公示栏上的存证抄来核对（--checkpoint 日期:条数:总指纹）。"
        )
    return f"核对通过：{verdict.entries} 条记录，{verdict.checkpoints} 个存证，{_how_far(verdict)}{kept}{_by_whom(verdict, trusted=trusted)}"


def _how_far(verdict: Verdict) -> str:
    """How many entries are signed, how many are not, how many are fingerprints alone."""
    rest = "这几条改了也查不出来，等下一次存证后再核对。" if verdict.unsigned else ""
    withheld = f"其中 {verdict.withheld} 条是个人账号事项，只有指纹。" if verdict.withheld else ""
    return f"已签署到第 {verdict.signed} 条，其后 {verdict.unsigned} 条未签署；签署的部分没有改动。{rest}{withheld}"


def _by_whom(verdict: Verdict, *, trusted: bool) -> str:
    """Which keys signed, and what the reader has to compare with the notice board."""
    if not verdict.keys:
        return "文件里没有签名，只按您抄来的存证核对。"
    compare = "" if trusted else "请与公示栏上的公钥核对，一致才算数。"
    return f"签名公钥：{'、'.join(verdict.keys)}。{compare}"
