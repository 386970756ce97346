#!/bin/sh
# Prints the path of a Chromium to test with: $CHROMIUM, else one that is installed, else Debian's, installed now.
set -eu
for found in "${CHROMIUM:-}" chromium /usr/bin/chromium chromium-browser google-chrome; do
  if [ -n "$found" ] && command -v "$found" >/dev/null 2>&1; then
    command -v "$found"
    exit 0
  fi
done
if command -v apt-get >/dev/null 2>&1; then
  run=""
  [ "$(id -u)" = 0 ] || run="sudo -n"
  if { $run apt-get update && $run apt-get install -y --no-install-recommends chromium fonts-noto-core; } >&2; then
    command -v chromium
    exit 0
  fi
fi
echo "No Chromium was found and none could be installed: install one and name it in CHROMIUM." >&2
exit 1
