#!/bin/sh
# Put the reference libraries of requirements/oracle.txt into an environment of their own, var/oracles.
# The list is complete, so pip looks for no others: some are left out on purpose (requirements/oracle-overrides.txt).
set -eu
cd "$(dirname "$0")/.."
[ -x var/oracles/bin/python ] || .venv/bin/python -m venv var/oracles
var/oracles/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/oracle.txt
touch var/oracles/.ready
echo "the reference libraries are in var/oracles; tests marked oracle find them there (or set YISHITING_ORACLES)"
