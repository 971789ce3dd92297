# Runs a daemon with each configuration of FOLDER/cases in turn and leaves what it said beside it: NAME.log, NAME.dump.
# usage: run-in-namespace.sh xinetd|inetd PROGRAM FOLDER      (in a network and mount namespace of its own)
set -eu
kind=$1 program=$2 folder=$3
ip link set lo up
for table in passwd group services rpc; do
  [ -e "/etc/$table" ] && mount --bind "$folder/etc/$table" "/etc/$table"
done
mount -t tmpfs tmpfs /run

# until PATTERN is in FILE, but no longer than ten seconds
await() {
  tries=0
  until grep -qsE "$1" "$2" || [ $tries -ge 200 ]; do
    tries=$((tries + 1))
    sleep 0.05
  done
}

for conf in "$folder"/cases/*.conf; do
  log=${conf%.conf}.log dump=${conf%.conf}.dump
  : > "$log"
  case $kind in
    xinetd)
      rm -f /run/xinetd.dump
      "$program" -f "$conf" -dontfork -filelog "$log" -pidfile /run/daemon.pid &
      pid=$!
      await 'Started working|no services|Exiting' "$log"
      kill -USR1 $pid
      await 'END OF DUMP' /run/xinetd.dump
      cp /run/xinetd.dump "$dump"
      ;;
    inetd)
      "$program" -d "$conf" > "$log" 2>&1 &
      pid=$!
      # The last line of every configuration has a port of its own.
      await '\b64999\b' "$log"
      # GNU inetd opens the port of tcpmux by itself, when it has read everything.
      case $program in
        *inetutils-inetd) if grep -q '^tcpmux/' "$conf"; then await 'tcpmux proto=' "$log"; fi ;;
      esac
      ss -Hlntu > "$dump"
      ;;
  esac
  kill -TERM $pid
  wait $pid || true
done
