#!/bin/sh
# Make .venv from any python3 of 3.11 or newer, with every package checked against its hash.
#   sh tools/setup.sh         what running Yishiting needs
#   sh tools/setup.sh test    what the checks and tests need besides
set -eu
cd "$(dirname "$0")/.."
kind=${1:-base}
venv=.venv

say() { printf '%s\n' "$*" >&2; }

new_enough() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 /usr/bin/python3; do
        if new_enough "$name"; then command -v "$name"; return; fi
    done
    say "找不到 Python 3.11 或更新的版本。请先安装（Debian、Ubuntu：apt install python3 python3-venv），或用 PYTHON=… 指明。"
    say "No Python 3.11 or newer was found. Install one (Debian, Ubuntu: apt install python3 python3-venv) or name it with PYTHON=…"
    exit 1
}

need_venv_module() {
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1 && return
    package="python$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing $package …"
        apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >&2
    fi
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1 && return
    say "$1 缺少 venv 与 ensurepip，请先安装软件包 $package。"
    say "$1 lacks venv and ensurepip: install the package $package first."
    exit 1
}

if ! { [ -x "$venv/bin/python" ] && new_enough "$venv/bin/python" && [ -x "$venv/bin/pip" ]; }; then
    python=$(find_python)
    need_venv_module "$python"
    say "making .venv with $("$python" --version) …"
    "$python" -m venv --clear "$venv"
fi

install() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }

say "installing the packages of requirements/$kind.txt …"
install --require-hashes -r "requirements/$kind.txt" -r requirements/build.txt
install --no-build-isolation --no-deps -e .
: > "$venv/.ready-$kind"
