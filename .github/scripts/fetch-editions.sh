#!/usr/bin/env bash
# Fetch the site of every release into a folder, as <version>.zip. A release whose site cannot be fetched stops the
# deployment: the addresses of its pages were promised to stay.
# Needs gh, GH_TOKEN and GH_REPO.
set -euo pipefail

folder="$1"
mkdir -p "$folder"
tags=$(gh release list --exclude-drafts --limit 1000 --json tagName --jq '.[].tagName')
for tag in $tags; do
    gh release download "$tag" --pattern '*-site.zip' --output "$folder/${tag#v}.zip"
done
