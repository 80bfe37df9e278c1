#!/usr/bin/env bash
# Installs one lock file into .venv: `scripts/install.sh runtime` or `scripts/install.sh dev`.
# A stamp file holds the digest of what was installed, so that a second call needs neither network nor time.
set -euo pipefail
cd "$(dirname "$0")/.."

kind="${1:?runtime or dev}"
case "$kind" in
    runtime) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) echo "install.sh: runtime or dev, not '$kind'" >&2; exit 2 ;;
esac
python="${PYTHON:-python3}"
venv=.venv

say() { printf '%s\n' "$*" >&2; }

# pip prints the URLs of its package index, which may contain internal host names or passwords: keep them out of logs.
pip_quietly() {
    PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv/bin/python" -m pip -qq --no-input "$@" 2>&1 \
        | sed -E -e '/^Looking in /d' -e 's#[a-z+]+://[^ ,)"'"'"']+#(address)#g' >&2
}

require_python() {
    if ! command -v "$python" >/dev/null; then
        say "Python 3.11 or newer is needed and '$python' was not found. On Debian: sudo apt-get install python3 python3-venv"
        exit 1
    fi
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        say "Python 3.11 or newer is needed; '$python' is $("$python" -c 'import platform; print(platform.python_version())')."
        say "Name another one: make demo PYTHON=python3.12"
        exit 1
    fi
}

# Debian ships the modules that create virtual environments in a separate package.
require_venv_module() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing Debian's python3-venv …"
        { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y python3-venv; } >/dev/null
        "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    fi
    say "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv, then try again."
    exit 1
}

digest_of() {
    { cat "$1" pyproject.toml; pwd; "$venv/bin/python" -VV; } | sha256sum | cut -d' ' -f1
}

stamped() {
    [ -x "$venv/bin/python" ] && [ -x "$venv/bin/doithoai" ] && [ -f "$venv/stamp.$1" ] \
        && [ "$(cat "$venv/stamp.$1")" = "$(digest_of "$2")" ]
}

# The dev lock contains everything in the runtime lock, in the same versions.
if stamped "$kind" "$lock" || { [ "$kind" = runtime ] && stamped dev requirements-dev.lock; }; then
    exit 0
fi

require_python
require_venv_module
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    say "Making $venv …"
    "$python" -m venv --clear "$venv"
fi
rm -f "$venv"/stamp.*
say "Installing $lock into $venv (one to three minutes the first time) …"
if ! pip_quietly install --require-hashes --no-deps -r "$lock"; then
    say "Installing from $lock failed: see the lines above. Nothing else was changed; the same command can be given again."
    exit 1
fi
pip_quietly install --no-deps --no-build-isolation -e .
digest_of "$lock" >"$venv/stamp.$kind"
say "Installed."
