#!/usr/bin/env bash
# Fetches the real daemons and converters that tests and benches compare with, from the package archive of this Debian
# system, and unpacks them into .daemons/ (or the folder named). Nothing is installed, nothing is started.
set -euo pipefail

project=$(cd "$(dirname "$0")/.." && pwd)
target=${1:-${XCFG_DAEMONS:-$project/.daemons}}
programs=(xinetd openbsd-inetd inetutils-inetd tcpd ucspi-tcp augeas-tools)
# What those need and a small system lacks; all unpacked into one folder, which becomes LD_LIBRARY_PATH.
libraries=(libwrap0 libaugeas0 libtirpc3 libbsd0 augeas-lenses)

if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
  echo "fetch-daemons: this is no Debian system (apt-get and dpkg-deb are missing)" >&2
  exit 1
fi

downloads=$(mktemp -d)
trap 'rm -rf "$downloads"' EXIT
# apt-get drops its privileges for the download; the folder has to let it in.
chmod 755 "$downloads"

download() {
  (cd "$downloads" && apt-get -qq -o APT::Sandbox::User=root download "$1" >/dev/null)
}

unpack() { # package folder
  [ ! -d "$2/.packages/$1" ] || return 0
  if ! download "$1" 2>/dev/null; then
    # The list of packages is missing or old.
    apt-get -qq update >/dev/null
    download "$1"
  fi
  mkdir -p "$2"
  dpkg-deb -x "$downloads/$1"_*.deb "$2"
  mkdir -p "$2/.packages/$1"
}

for package in "${programs[@]}"; do unpack "$package" "$target/$package"; done
for package in "${libraries[@]}"; do unpack "$package" "$target/libraries"; done

for program in xinetd/usr/sbin/xinetd xinetd/usr/bin/itox xinetd/usr/bin/xconv.pl openbsd-inetd/usr/sbin/inetd \
  inetutils-inetd/usr/sbin/inetutils-inetd tcpd/usr/sbin/tcpd ucspi-tcp/usr/bin/tcpserver \
  augeas-tools/usr/bin/augparse; do
  if [ -x "$target/$program" ]; then echo "found $program"; else echo "missing $program"; fi
done
