#!/bin/sh
# Makes sure that there is a Chromium for the tests, and fonts that hold Chinese.
set -eu
has_chromium() {
  for place in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    [ -n "$place" ] && [ -x "$place" ] && return 0
  done
  return 1
}
has_font() {
  command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh)" ]
}
has_chromium && has_font && exit 0
packages="fontconfig fonts-wqy-microhei"
has_chromium || packages="chromium $packages"
as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
  $as_root apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $packages &&
    exit 0
fi
# Without the font the tests pass; their pictures show boxes.
has_chromium && exit 0
echo "The browser tests need Chromium: install it, or name it in CHROMIUM. The tests in Node have passed." >&2
exit 1
