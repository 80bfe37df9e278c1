#!/usr/bin/env bash
# Looks for Chromium, which the browser tests need; installs Debian's package as root, else says how to install it.
set -euo pipefail

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's chromium …" >&2
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium; } >/dev/null
    command -v chromium >/dev/null && exit 0
fi
echo "The browser tests need chromium. On Debian: sudo apt-get install chromium, then 'make test' again." >&2
exit 1
