#!/usr/bin/env bash
# Fetches the real daemons, servers and converters that tests and benches run, from the package archive of this Debian
# system, and unpacks them into .daemons/ (or the folder named). Nothing is installed, nothing is started. What cannot be
# fetched is named at the end, and what was fetched before stays.
set -uo pipefail

project=$(cd "$(dirname "$0")/.." && pwd)
target=${1:-${XCFG_DAEMONS:-$project/.daemons}}
programs=(xinetd openbsd-inetd inetutils-inetd tcpd ucspi-tcp augeas-tools inetutils-telnetd cvs)
# What those need and a small system lacks; all unpacked into one folder, which becomes LD_LIBRARY_PATH.
libraries=(libwrap0 libaugeas0 libtirpc3 libbsd0 libmd0 augeas-lenses
  libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 libcom-err2 libkeyutils1)

if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
  echo "fetch-daemons: this is no Debian system (apt-get and dpkg-deb are missing)" >&2
  exit 1
fi

downloads=$(mktemp -d) || exit 1
trap 'rm -rf "$downloads"' EXIT
# apt-get drops its privileges for the download; the folder has to let it in.
chmod 755 "$downloads"

download() {
  (cd "$downloads" && apt-get -qq -o APT::Sandbox::User=root download "$1" >/dev/null)
}

# The list of packages is missing or old, which once is enough to find out.
updated=
update() {
  [ -z "$updated" ] || return 1
  updated=yes
  apt-get -qq update >/dev/null
}

unpack() { # package folder
  [ ! -d "$2/.packages/$1" ] || return 0
  download "$1" 2>/dev/null || { update && download "$1"; } || return 1
  mkdir -p "$2" && dpkg-deb -x "$downloads/$1"_*.deb "$2" && mkdir -p "$2/.packages/$1"
}

missing=0
for package in "${programs[@]}"; do unpack "$package" "$target/$package"; done
for package in "${libraries[@]}"; do
  unpack "$package" "$target/libraries" || { echo "missing $package" && missing=1; }
done

for program in xinetd/usr/sbin/xinetd xinetd/usr/bin/itox xinetd/usr/bin/xconv.pl openbsd-inetd/usr/sbin/inetd \
  inetutils-inetd/usr/sbin/inetutils-inetd tcpd/usr/sbin/tcpd ucspi-tcp/usr/bin/tcpserver \
  augeas-tools/usr/bin/augparse inetutils-telnetd/usr/sbin/telnetd cvs/usr/bin/cvs; do
  if [ -x "$target/$program" ]; then
    echo "found $program"
  else
    echo "missing $program"
    missing=1
  fi
done
exit $missing
