#!/bin/sh
# Ledgerform in any pipeline that has a shell, Git and Node: copy this file and call it with what is to be done.
#
#   sh ledgerform.sh plan     on every change: validates, plans, saves plan.json and a report (ledgerform-plan.md)
#   sh ledgerform.sh apply    after the merge: applies exactly that plan.json, and records the commit as applied
#   sh ledgerform.sh drift    on a schedule: ends with 2 when somebody changed what the configuration declares
#   sh ledgerform.sh repair   puts that back
#
# Between `plan` and `apply` keep plan.json, with the reviewed commit in its name: whoever reviews it approves exactly it. The
# exit code is that of ledgerform: 0 done, 2 drift, 3 bad input, 4 refused (plan again), 5 begun and not finished (run it again;
# of several plans one that was refused: plan again, the others are applied).
#
# Environment: TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET (only here, never in a file), and where the defaults do not fit
# LEDGERFORM_CONFIG (a file, a folder or a pattern), LEDGERFORM_PLAN (for a pattern a folder), LEDGERFORM_VERSION.
set -eu

config=${LEDGERFORM_CONFIG:-ledgerform.yaml}
plan=${LEDGERFORM_PLAN:-plan.json}
version=${LEDGERFORM_VERSION:-0.1.0} # npm run generate writes it

if ! command -v ledgerform > /dev/null; then
  npm install --global --ignore-scripts --no-audit --no-fund "ledgerform@$version"
fi
# What was applied last. A shallow clone lacks that commit.
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
  git fetch --no-tags --unshallow origin
fi
git fetch --no-tags origin '+refs/ledgerform/*:refs/ledgerform/*'

case ${1-} in
  plan)
    ledgerform validate --config "$config"
    ledgerform plan --config "$config" --base applied --out "$plan" --report markdown=ledgerform-plan.md
    ;;
  apply)
    ledgerform apply "$plan" --record --report markdown=ledgerform-apply.md
    ;;
  drift)
    ledgerform drift --config "$config" --report markdown=ledgerform-drift.md
    ;;
  repair)
    ledgerform drift --config "$config" --repair --auto-approve --report markdown=ledgerform-drift.md
    ;;
  *)
    echo 'usage: sh ledgerform.sh plan|apply|drift|repair' >&2
    exit 3
    ;;
esac
