# SPDX-License-Identifier: Apache-2.0
# The long form of packages.sh, read by it: a new Debian, and a second build.

# --- A Debian with nothing in it but what the package asks for
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(sed -n 's/^URIs: *\(http[^ ]*\).*/\1/p; s/^deb [^h]*\(http[^ ]*\) .*/\1/p' \
    /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null | head -n 1)
if [ -n "$reason" ] || ! command -v debootstrap >/dev/null || [ -z "$suite" ] || [ -z "$mirror" ]; then
    say "skipped: a new Debian: ${reason:-debootstrap and a mirror of Debian are needed}"
else
    debootstrap --variant=minbase "$suite" "$work/debian" "$mirror" >"$work/log" 2>&1 ||
        { tail -n 20 "$work/log"; fail "debootstrap"; }
    cp /etc/resolv.conf "$work/debian/etc/" 2>/dev/null || true
    cp -r /etc/apt/apt.conf.d/. "$work/debian/etc/apt/apt.conf.d/"
    cp "$all" "$work/debian/tmp/all.deb"
    # Its dependencies come from the mirror; it itself is installed by what follows.
    # Java is not set up without /proc.
    unshare -m sh -eu -c '
        mount --rbind /proc "$1/proc"
        export DEBIAN_FRONTEND=noninteractive
        chroot "$1" apt-get update -q
        chroot "$1" apt-get install -y -q --no-install-recommends /tmp/all.deb
        chroot "$1" dpkg -P dpi-probe' debian "$work/debian" >"$work/log" 2>&1 </dev/null ||
        { tail -n 20 "$work/log"; fail "dependencies"; }
    # Java finds out about a file system only of what is a mount point.
    unshare -m sh -eu -c 'mount --bind "$1" "$1"; exec sh "$2" "$1" "$3" "$4"' debian "$work/debian" \
        "$here/lifecycle.sh" "$all" "$work/later.deb"
    say "ok: .deb: the same in a new $suite"
fi

# --- The same sources give the same packages, whatever place, clock and time zone; jars hold the modes of files, so the
# umask must be the same
cp -a "$here/../../.." "$work/again" 2>/dev/null || fail "copying the sources"
find "$work/again" -name target -type d -prune -exec rm -rf {} +
(
    cd "$work/again" && TZ=Pacific/Auckland mvn -B -q -Pdist package -pl probe-dist -am \
        -Dmaven.test.skip=true -Djacoco.skip=true -Denforcer.skip=true -Dspotless.check.skip=true -Dcheckstyle.skip=true
) >"$work/log" 2>&1 </dev/null || { tail -n 20 "$work/log"; fail "second build"; }
for package in "$target"/dpi-probe[-_]"$version"*; do
    cmp -s "$package" "$work/again/probe-dist/target/$(basename "$package")" ||
        fail "$(basename "$package") differs when it is built again"
done
say "ok: a second build gives the same packages, byte for byte"
