#!/bin/sh
# Run a command beside a private, throw-away PostgreSQL: its own folder, port and password, gone afterwards.
#   sh tools/postgres.sh .venv/bin/python -m pytest …      DATABASE_URL is set for the command
# It need not survive the machine; with POSTGRES_DURABLE=on it writes as carefully as one that must.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

find_binaries() {
    newest=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -name initdb 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$newest" ]; then dirname "$newest"; return; fi
    if command -v initdb >/dev/null && command -v postgres >/dev/null; then dirname "$(command -v initdb)"; fi
}

binaries=$(find_binaries)
if [ -z "$binaries" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing PostgreSQL …"
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >&2
    binaries=$(find_binaries)
fi
if [ -z "$binaries" ]; then
    say "没有找到 PostgreSQL，请先安装（Debian、Ubuntu：apt install postgresql）。"
    say "PostgreSQL was not found: install it first (Debian, Ubuntu: apt install postgresql)."
    exit 1
fi

# PostgreSQL refuses to run as root: give the folder to an ordinary account.
if [ "$(id -u)" = 0 ]; then
    owner=nobody
    id postgres >/dev/null 2>&1 && owner=postgres
    as_owner() { setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups -- "$@"; }
else
    as_owner() { "$@"; }
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/yishiting-postgres.XXXXXX")
durable=${POSTGRES_DURABLE:-off}
# Nothing is recovered and nothing copied from it; compiling a statement costs more than small tables ever give back.
quick="-c jit=off -c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=256MB -c max_wal_size=4GB"
[ "$durable" = off ] || quick=
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
python=.venv/bin/python
[ -x "$python" ] || python=python3
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

stop() {
    as_owner "$binaries/pg_ctl" -D "$folder/data" -m immediate -s stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

printf '%s\n' "$password" > "$folder/password"
[ "$(id -u)" = 0 ] && chown -R "$owner" "$folder"
(
    cd "$folder"
    as_owner "$binaries/initdb" -D "$folder/data" -U yishiting --pwfile="$folder/password" --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync > "$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
    as_owner "$binaries/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -s -o \
        "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c fsync=$durable \
         -c synchronous_commit=$durable -c full_page_writes=$durable -c max_connections=60 $quick" start \
        || { cat "$folder/server.log" >&2; exit 1; }
)
DATABASE_URL="postgres://yishiting:$password@127.0.0.1:$port/postgres"
export DATABASE_URL
say "$("$binaries/postgres" --version) on port $port"
"$@"
