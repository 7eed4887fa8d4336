#!/bin/sh
# Look for what pip cannot install: a Chromium, a TeX Live with XeTeX, a Java, or just the packages named as arguments.
# As root on Debian, install what is missing; elsewhere say what to install, and the tests that need it show as skipped
# (in CI they fail instead).
set -eu

missing="${*:+ $*}"
if [ -z "$missing" ]; then
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$missing chromium"
    if ! command -v xelatex >/dev/null || ! command -v latexmk >/dev/null || ! command -v kpsewhich >/dev/null \
        || [ -z "$(kpsewhich fncychap.sty)" ] || [ -z "$(kpsewhich polyglossia.sty)" ]; then
        missing="$missing texlive-xetex texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended latexmk"
    fi
    [ -n "$(fc-list FreeSerif 2>/dev/null)" ] || missing="$missing fonts-freefont-otf fontconfig"
    command -v pdftotext >/dev/null || missing="$missing poppler-utils"
    command -v java >/dev/null || missing="$missing default-jre-headless" # epubcheck runs on it
    # The Node.js inside the playwright package needs it, and a minimal Debian leaves it out.
    [ -n "$(find /lib /usr/lib -name 'libatomic.so.1' 2>/dev/null | head -n 1)" ] || missing="$missing libatomic1"
fi

[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of package names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Not found:$missing. Install these packages (names as in Debian); the tests that need them are skipped now."
fi
