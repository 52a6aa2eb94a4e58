#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The life of a package in a root directory: installed, run, upgraded with events in its buffer, removed, purged. There
# is no systemd in it: what the unit asks for (user, capability, settings) is done by setpriv; that the service is
# stopped and started around an upgrade is not seen here.
#
#   lifecycle.sh ROOT FIRST.deb LATER.deb      in a mount namespace of its own, as root
set -eu

root=$1
log=$root/tmp/dpi-probe.log
env=$root/etc/dpi-probe/dpi-probe.env

fail() {
    echo "packages: FAILED: $*"
    [ -f "$log" ] && tail -n 20 "$log"
    exit 1
}

if [ -z "${DPI_PROBE_LAB:-}" ]; then
    mount --rbind /proc "$root/proc"
    mount --rbind /dev "$root/dev"
    DPI_PROBE_LAB=1 exec unshare -n sh "$0" "$@" # traffic of the test alone
fi
running=
# shellcheck disable=SC2086 # several, or none
trap '[ -z "$running" ] || kill -9 $running 2>/dev/null || true' EXIT
ip link set lo up
mount -t sysfs sysfs "$root/sys"
# Never start or stop anything by the service manager of the host.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mkdir -p "$root/run/systemd"
mount -t tmpfs none "$root/run/systemd"
cp "$2" "$root/tmp/first.deb"
cp "$3" "$root/tmp/later.deb"

within() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"
}

# With the rights that the unit gives; in the place of the (sub)shell that asks.
become_service() {
    exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        DPI_PROBE_ENV_FILE=/etc/dpi-probe/dpi-probe.env \
        setpriv --reuid dpi-probe --regid dpi-probe --clear-groups --no-new-privs \
        --inh-caps -all,+net_raw --ambient-caps -all,+net_raw --bounding-set -all,+net_raw "$@"
}

# until_true SECONDS WHAT COMMAND...
until_true() {
    left=$(($1 * 5))
    what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "$what"
        sleep 0.2
    done
}

start() {
    : >"$log"
    become_service dpi-probe run >"$log" 2>&1 &
    pid=$!
    running="$running $pid"
    until_true 60 "it does not capture" grep -q ' capturing: lo' "$log"
}

stop() {
    kill "$1"
    wait "$1" || fail "exit code $?"
}

# --- install
within dpkg --no-triggers -i /tmp/first.deb >"$log" 2>&1 || fail "install"
within getent passwd dpi-probe >/dev/null || fail "there is no user"
[ -L "$root/etc/systemd/system/multi-user.target.wants/dpi-probe.service" ] || fail "the unit is not enabled"
[ "$(within stat -c '%U %G %a' /etc/dpi-probe/dpi-probe.env)" = "root dpi-probe 640" ] || fail "owner of the settings"
[ "$(within stat -c '%U %G %a' /var/lib/dpi-probe)" = "dpi-probe dpi-probe 750" ] || fail "owner of the state"
cat >>"$env" <<END
CAPTURE_IFACE=lo
CORE_API_URL=http://127.0.0.1:8080
MAX_BUFFER_SIZE_MB=16
MAX_DISK_BUFFER_MB=64
END

# --- run, while Core is away; first what an operator does first
(become_service dpi-probe check) >"$log" 2>&1 || fail "check"
start
for i in $(seq 40); do
    bash -c "echo $i >/dev/udp/127.0.0.1/$((4000 + i))"
done
until_true 30 "no packets" sh -c \
    "exec 2>&1; chroot $root dpi-probe status | grep -qE 'captured.*[4-9][0-9]|[4-9][0-9].*captured|captured.*[0-9]{3}'"
stop "$pid"
epoch=$(sed -n 's/.* started: .* epoch \([0-9a-f]*\),.*/\1/p' "$log")
waiting=$(sed -n 's/.* stopped: .* \([0-9]*\) on disk .*/\1/p' "$log")
[ "${waiting:-0}" -ge 40 ] || fail "only ${waiting:-no} events on disk"

# --- upgrade: settings and buffer stay
within dpkg --no-triggers -i /tmp/later.deb >"$log" 2>&1 || fail "upgrade"
grep -q '^CAPTURE_IFACE=lo' "$env" || fail "the upgrade lost the settings"
become_service dpi-probe core --listen 127.0.0.1:8080 --store /var/lib/dpi-probe/store.ndjson >/dev/null 2>&1 &
core=$!
running="$running $core"
start
until_true 60 "the events from before the upgrade are not delivered" sh -c \
    "[ \$(grep -c '\"epoch\":\"$epoch\"' $root/var/lib/dpi-probe/store.ndjson) = $waiting ]"
stop "$pid"
kill "$core"
wait "$core" || true

# --- remove, purge
within dpkg --no-triggers -r dpi-probe >"$log" 2>&1 || fail "remove"
[ ! -e "$root/usr/bin/dpi-probe" ] && [ ! -e "$root/usr/lib/dpi-probe" ] || fail "remove leaves the program"
[ -e "$env" ] && [ -d "$root/var/lib/dpi-probe/buffer" ] || fail "remove takes settings or events"
within dpkg --no-triggers -P dpi-probe >"$log" 2>&1 || fail "purge"
[ ! -e "$root/etc/dpi-probe" ] && [ ! -e "$root/var/lib/dpi-probe" ] || fail "purge leaves settings or events"
[ ! -L "$root/etc/systemd/system/multi-user.target.wants/dpi-probe.service" ] || fail "purge leaves the unit enabled"
echo "packages: ok: $waiting events waited through the upgrade in $(within sh -c '. /etc/os-release; echo "$PRETTY_NAME"')"
