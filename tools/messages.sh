#!/bin/sh
# Collect the Chinese sentences people see into the catalogues, and compile the English.
set -eu
cd "$(dirname "$0")/.."
if ! command -v msgfmt >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing gettext …" >&2
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq gettext >&2
fi
if ! command -v msgfmt >/dev/null; then
    echo "缺少 gettext，请先安装（Debian、Ubuntu：apt install gettext）。" >&2
    echo "gettext was not found: install it first (Debian, Ubuntu: apt install gettext)." >&2
    exit 1
fi
cd yishiting
python=../.venv/bin/python
mkdir -p locale
$python -m django makemessages --locale en --no-obsolete --no-location --settings=config.settings.test
$python -m django compilemessages --locale en --settings=config.settings.test
