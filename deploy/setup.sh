#!/bin/sh
# Sets up a clean Debian machine: `environment` makes .venv with the locked dependencies,
# `browser` provides Chromium and Japanese fonts for the tests. As root it installs what the
# system lacks, otherwise it prints the command to run and fails.
set -eu

PYTHON=${PYTHON:-python3}
UV_VERSION=0.13.9

say() { echo "$*" >&2; }

# Usage: system_packages NAME...
system_packages() {
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        say "Installing $* ..."
        apt-get update -q >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
    else
        say "This machine lacks: $*. Run this, then the same make command again:"
        say "  sudo apt-get update && sudo apt-get install -y $*"
        exit 1
    fi
}

# uv does not read pip's settings: hand it the package index that this machine has chosen for pip.
use_index_of_pip() {
    index=$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)
    extra=$(.venv/bin/python -m pip config get global.extra-index-url 2>/dev/null || true)
    index=${PIP_INDEX_URL:-$index}
    extra=${PIP_EXTRA_INDEX_URL:-$extra}
    if [ -n "$index" ]; then export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"; fi
    if [ -n "$extra" ]; then export UV_INDEX="${UV_INDEX:-$extra}"; fi
}

environment() {
    if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        say "customer360 needs Python 3.11 or newer as $PYTHON (make PYTHON=/path/to/python ... names another)."
        exit 1
    fi
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || system_packages python3-venv
    # The README's examples use curl; nothing else does, so its lack stops nobody who cannot install it.
    command -v curl >/dev/null || [ "$(id -u)" -ne 0 ] || system_packages curl
    if [ ! -x .venv/bin/uv ]; then
        say "Making .venv ..."
        "$PYTHON" -m venv .venv
        .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
    fi
    use_index_of_pip
    say "Installing the locked dependencies ..."
    export VIRTUAL_ENV="$PWD/.venv"
    .venv/bin/uv pip sync --quiet --compile-bytecode --native-tls requirements.txt
    .venv/bin/uv pip install --quiet --native-tls --no-deps --editable .
}

# What others match with needs pandas, with which each start of the program would take a second longer.
quality() {
    [ -x .venv-quality/bin/python ] || "$PYTHON" -m venv .venv-quality
    use_index_of_pip
    export VIRTUAL_ENV="$PWD/.venv-quality"
    .venv/bin/uv pip sync --quiet --native-tls bench/identity/requirements.txt
    .venv/bin/uv pip install --quiet --native-tls --no-deps --editable .
}

browser() {
    missing=""
    command -v chromium >/dev/null || missing="chromium"
    [ -d /usr/share/fonts/opentype/noto ] || missing="$missing fonts-noto-cjk"
    # shellcheck disable=SC2086  (a list of names)
    [ -z "$missing" ] || system_packages $missing
}

case "${1:-}" in
    environment) environment ;;
    browser) browser ;;
    quality) quality ;;
    *) say "Usage: sh deploy/setup.sh environment|browser|quality"; exit 2 ;;
esac
