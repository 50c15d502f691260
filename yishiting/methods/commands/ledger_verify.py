"""`yishiting ledger verify EXPORT`: is this history whole and unchanged? Needs no database and no network."""

import argparse
from pathlib import Path

from yishiting.methods.commands.main import BadFile, show
from yishiting.methods.errors import Unusable
from yishiting.methods.ledger_export import Verdict, verify_export


def arguments(parser: argparse.ArgumentParser) -> None:
    """The export, and the public key the reader trusts."""
    parser.add_argument("export", type=Path, help="the exported ledger 导出的账册文件")
    parser.add_argument("--key", default="", help="the public key printed on the notice board 公示栏上的公钥")


def run(args: argparse.Namespace) -> int:
    """0 when every entry and checkpoint agrees, 1 when something was changed; the first bad entry is named."""
    try:
        verdict = verify_export(args.export, key=args.key)
    except Unusable as problem:
        raise BadFile(problem.chinese) from None
    show(verdict.as_dict(), as_json=args.json, text=_says(verdict))
    return 0 if verdict.sound else 1


def _says(verdict: Verdict) -> str:
    if verdict.bad is not None:
        return f"核对不通过。{verdict.bad.sentence}"
    keys = "、".join(verdict.keys) or "无"
    return f"核对通过：{verdict.entries} 条记录、{verdict.checkpoints} 个每日存证，没有改动。签名公钥：{keys}"
