#!/bin/sh
# Print the path of a Chromium that can show Chinese, installing Debian's when it is missing and we may.
set -eu

say() { printf '%s\n' "$*" >&2; }

find_browser() {
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome; do
        if command -v "$name"; then return; fi
    done
}

speaks_chinese() { fc-list :lang=zh-cn 2>/dev/null | grep -q .; }

if { [ -z "$(find_browser)" ] || ! speaks_chinese; } && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing Chromium and Chinese fonts …"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >&2
fi
if [ -z "$(find_browser)" ]; then
    say "没有找到 Chromium，请先安装（Debian：apt install chromium），或用 CHROMIUM=… 指明。"
    say "Chromium was not found: install it first (Debian: apt install chromium) or name it with CHROMIUM=…"
    exit 1
fi
if ! speaks_chinese; then
    say "没有中文字体，请先安装（Debian、Ubuntu：apt install fonts-noto-cjk fontconfig）。"
    say "No Chinese font was found: install one first (Debian, Ubuntu: apt install fonts-noto-cjk fontconfig)."
    exit 1
fi
find_browser
