#!/usr/bin/env bash
# Offer what watch and verify learned as one pull request: open it, or renew it. Merges nothing, and touches no other
# file. Takes the folder of what was learned and the report. Needs gh, git, GH_TOKEN, GH_REPO and RUN (address).
set -euo pipefail

learned="$1"
report="$2"
branch=living-evidence
name="The nightly run"
mail=nightly@users.noreply.github.com

# Only these are taken, whatever else came along; claims, findings and decisions are for people.
for file in runs.yml queue.yml checks.yml; do
    if [ -f "$learned/$file" ]; then
        cp "$learned/$file" "evidence/$file"
        git add -- "evidence/$file"
    fi
done
if git diff --cached --quiet; then
    echo "Nothing was learned."
    exit 0
fi

gh auth setup-git
if git fetch --quiet origin "$branch" 2>/dev/null; then
    others=$(git log --format=%ae HEAD..FETCH_HEAD | grep --invert-match --line-regexp --fixed-strings "$mail" || true)
    if [ -n "$others" ]; then
        echo "Somebody works on the branch $branch; it is left alone until it is merged or deleted."
        exit 0
    fi
fi
git -c user.name="$name" -c user.email="$mail" commit --quiet --message "Add what the nightly run learned

Records found, and checks of the sources; see the run for its log."
git push --quiet --force origin "HEAD:refs/heads/$branch"

body=$(mktemp)
{
    echo "Learned by [the nightly run]($RUN). This text and the branch are renewed each night until somebody merges."
    echo
    echo "Records in \`queue.yml\` wait for \`evidencebook screen\`. No claim was touched."
    echo "Where a source was retracted, the build fails until each claim on it was weighed again."
    if [ -s "$report" ]; then
        echo
        cat "$report"
    fi
} >"$body"
number=$(gh pr list --head "$branch" --state open --limit 1 --json number --jq '.[].number')
if [ -n "$number" ]; then
    gh pr edit "$number" --body-file "$body"
else
    gh pr create --head "$branch" --title "What the nightly run learned" --body-file "$body"
fi
