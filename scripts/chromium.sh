#!/usr/bin/env bash
# Makes sure that the browser tests find a chromium: Debian's package when we may install it, else one clear sentence.
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
