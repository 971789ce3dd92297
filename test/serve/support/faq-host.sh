# Makes this mount namespace the machine that the entries of the FAQ are for, with the real programs in their places, serves
# a configuration on it and talks to what is served. Leaves the daemon's messages in FOLDER/log.
# usage: faq-host.sh FOLDER CONFIGURATION TALKS      (in a network and mount namespace of its own; etc is in FOLDER)
set -eu
folder=$1 configuration=$2 talks=$3
PATH=$PATH:/usr/sbin

for table in passwd group services; do mount --bind "$folder/etc/$table" "/etc/$table"; done
for rules in /etc/hosts.allow /etc/hosts.deny; do
  [ ! -e "$rules" ] || mount --bind /dev/null "$rules"
done

# An entry may pass no environment on: the libraries have to be found without it.
ldconfig -X -C "$folder/ld.so.cache" $(find "$LIBRARIES" -name '*-linux-gnu' -type d)
mount --bind "$folder/ld.so.cache" /etc/ld.so.cache

# put_beside FOLDER PROGRAM NAME...: what is in the folder stays there, and these programs are there besides.
put_beside() {
  behind=$folder/behind$1 front=$folder/front$1 place=$1
  mkdir -p "$behind" "$front"
  mount --bind "$place" "$behind"
  mount -t tmpfs -o mode=755 tmpfs "$front"
  ln -s "$behind"/* "$front"
  shift
  while [ $# -gt 0 ]; do
    # Replaces a link instead of writing to what it points to.
    install "$1" "$front/$2"
    shift 2
  done
  mount --bind "$front" "$place"
}
put_beside /usr/sbin "$TCPD" tcpd "$TELNETD" in.telnetd
put_beside /usr/bin "$CVS" cvs
mount -t tmpfs -o mode=755 tmpfs /srv
mount -t tmpfs -o mode=755 tmpfs /var

mkdir /srv/cvs
for root in /srv/cvs/one /srv/cvs/two; do
  cvs -f -d "$root" init
  # cvs complains of what it has read for another root before.
  rm "$root/CVSROOT/config"
  echo 'reader::nobody' >"$root/CVSROOT/passwd"
done

jail=/var/public/servers
mkdir -p "$jail/usr/libexec" "$jail/dev" "$jail/etc"
install "$TELNETD" "$jail/usr/libexec/telnetd"
cp "$folder/ld.so.cache" "$jail/etc"
cp -L --parents $(ldd "$TELNETD" | grep -o '/[^ ]*') "$jail"
mount --rbind /dev "$jail/dev"

# qmail is in no archive.
mkdir -p /var/qmail/bin
printf '#!/bin/sh\necho "$0 $*"\n' >/var/qmail/bin/tcp-env
chmod 755 /var/qmail/bin/tcp-env

"$NODE" "$XCFG" serve -f "$configuration" 2>"$folder/log" &
daemon=$!
status=0
timeout 40 "$NODE" "$EXCHANGE" "$talks" || status=$?
kill $daemon
wait $daemon
exit $status
