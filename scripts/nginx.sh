#!/usr/bin/env bash
# Looks for nginx, behind which a test serves the dashboard; installs Debian's package as root, else says how to.
set -euo pipefail

PATH="$PATH:/usr/sbin"
command -v nginx >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's nginx …" >&2
    # without the policy file Debian would start it as a service
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends nginx-light; } >/dev/null
    rm -f /usr/sbin/policy-rc.d
    command -v nginx >/dev/null && exit 0
fi
echo "The tests need nginx. On Debian: sudo apt-get install nginx-light, then 'make test' again." >&2
exit 1
