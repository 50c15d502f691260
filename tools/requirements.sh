#!/bin/sh
# Compile requirements/*.in into *.txt: exact versions, every hash, no registry address.
#   sh tools/requirements.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never

compile() {
    name=$1; shift
    echo "requirements/$name.txt …"
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links "$@" -o "requirements/$name.txt" "requirements/$name.in"
}

compile base "$@"
compile build "$@"
compile test -c requirements/base.txt -c requirements/build.txt "$@"
if [ -f requirements/oracle.in ]; then
    overrides=
    [ -f requirements/oracle-overrides.txt ] && overrides="--overrides requirements/oracle-overrides.txt"
    # shellcheck disable=SC2086 # an empty word must vanish
    compile oracle $overrides "$@"
fi

if grep -nE '://|^--(index|extra-index|find-links)' requirements/*.txt; then
    echo "a registry address got into the compiled requirements" >&2
    exit 1
fi
