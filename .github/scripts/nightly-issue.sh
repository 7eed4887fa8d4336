#!/usr/bin/env bash
# Keep one issue about what broke in the night: open it, renew its text, close it when all is well again.
# Takes the report on the sources. Needs gh, GH_TOKEN, GH_REPO, and TEST, NEXT, ASK (how the jobs ended) and RUN (address).
set -euo pipefail

report="$1"
label=nightly
# A run that somebody stopped says nothing about the book.
if [ "$TEST" = cancelled ] || [ "$NEXT" = cancelled ] || [ "$ASK" = cancelled ]; then
    echo "The run was cancelled; the issue stays as it is."
    exit 0
fi

number=$(gh issue list --label "$label" --state open --limit 1 --json number --jq '.[].number')
if [ "$TEST" = success ] && [ "$NEXT" = success ] && [ "$ASK" = success ]; then
    if [ -n "$number" ]; then
        gh issue close "$number" --comment "Nothing is broken any more: $RUN"
    fi
    exit 0
fi

body=$(mktemp)
{
    echo "Found by [the nightly run]($RUN). This text is renewed each night; the issue is closed when nothing is broken."
    echo
    echo "- Build and tests: $TEST"
    echo "- The newest Sphinx: $NEXT"
    echo "- Records, sources and addresses: $ASK"
    if [ "$ASK" != success ]; then
        echo
        if [ -s "$report" ]; then cat "$report"; else echo "The check left no report; its log says why."; fi
    fi
} >"$body"

if [ -n "$number" ]; then
    gh issue edit "$number" --body-file "$body"
else
    gh label create "$label" --force --color 8A6414 --description "Found by the nightly run"
    gh issue create --title "The nightly run found something broken" --label "$label" --body-file "$body"
fi
