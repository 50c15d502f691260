"""`yishiting ledger verify EXPORT`: is this history whole and unchanged? Needs no database and no network."""

import argparse
from pathlib import Path

from yishiting.methods.commands.main import BadFile, show
from yishiting.methods.errors import Unusable
from yishiting.methods.ledger_export import Verdict, read_checkpoint, verify_export

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
    try:
        published = [read_checkpoint(text) for text in args.checkpoint]
        verdict = verify_export(args.export, key=args.key, published=published, against=args.against)
    except Unusable as problem:
        raise BadFile(problem.chinese) from None
    show(verdict.as_dict(), as_json=args.json, text=_says(verdict, trusted=bool(args.key or published)))
    if verdict.bad is not None:
        return CHANGED
    return SOUND if verdict.proves else PROVES_NOTHING


def _says(verdict: Verdict, *, trusted: bool) -> str:
    if verdict.bad is not None:
        return f"核对不通过。{verdict.bad.sentence}"
    withheld = f"其中 {verdict.withheld} 条是个人账号事项，只有指纹。" if verdict.withheld else ""
    if not verdict.proves:
        return f"什么也证明不了：{verdict.entries} 条记录里没有签名存证，文件只和它自己一致。请下载有每日存证的账册。"
    rest = f"其余 {verdict.unsigned} 条还没有签名，不能证明。" if verdict.unsigned else ""
    keys = "、".join(verdict.keys) or "无"
    compare = "" if trusted else "请与公示栏上的公钥核对，一致才算数。"
    return (
        f"核对通过：{verdict.entries} 条记录，{verdict.checkpoints} 个存证，签名到第 {verdict.signed} 条，没有改动。"
        f"{rest}{withheld}签名公钥：{keys}。{compare}"
    )
