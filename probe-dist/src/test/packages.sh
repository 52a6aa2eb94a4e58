#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tries the packages as an operator would: unpacks and runs the tar.gz, installs, upgrades, removes and purges the .deb.
#
#   packages.sh TARGET VERSION     TARGET holds the packages
#   DIST_LONG=true                 installs also in a new Debian, and builds everything a second time
set -eu

target=$1
version=$2
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

say() {
    printf 'packages: %s\n' "$*"
}

fail() {
    say "FAILED: $*"
    exit 1
}

# --- tar.gz ---------------------------------------------------------------------------------------

# Unpacks it, runs the demo, and looks whether a native library was unpacked to where nothing may be executed.
try_tar() {
    mkdir -p "$work/tar/tmp"
    tar -xzf "$1" -C "$work/tar"
    probe=$work/tar/dpi-probe-$version/dpi-probe
    "$probe" --version | grep -q "$version" || fail "$1: --version"
    DPI_PROBE_JAVA_OPTS="-Djava.io.tmpdir=$work/tar/tmp" "$probe" demo --for 3s >"$work/tar/out" 2>&1 ||
        { cat "$work/tar/out"; fail "$1: demo"; }
    if find "$work/tar/tmp" -name '*.so*' | grep .; then
        fail "$1: native libraries were unpacked"
    fi
    if [ -d "$work/tar/dpi-probe-$version/lib/runtime" ]; then
        DPI_PROBE_JAVA_OPTS=-XshowSettings:properties "$probe" --version 2>&1 | grep -q "java.home = $work" ||
            fail "$1: it does not use its own Java"
    fi
    rm -rf "$work/tar"
    say "ok: $(basename "$1") runs the demo"
}

for package in "$target"/dpi-probe-"$version"-*.tar.gz; do
    try_tar "$package"
done

# --- .deb -----------------------------------------------------------------------------------------

find "$target" -name "dpi-probe_${version}_*.deb" | grep -q . || fail "there is no .deb"

# A later version of a package: the same with another number.
later() {
    dpkg-deb -R "$1" "$work/later"
    sed -i "s/^Version: .*/Version: $version+later/" "$work/later/DEBIAN/control"
    dpkg-deb -Znone -b "$work/later" "$2" >/dev/null
    rm -rf "$work/later"
}

installed() {
    dpkg-query -W -f '${Status}\n' "$@" 2>/dev/null | grep -q '^install ok installed'
}

why_not() {
    if [ "$(id -u)" -ne 0 ]; then
        echo "root is needed"
    elif ! command -v dpkg >/dev/null || ! command -v unshare >/dev/null || ! command -v ip >/dev/null; then
        echo "dpkg, unshare and ip are needed"
    elif ! unshare -m -n true 2>/dev/null; then
        echo "namespaces cannot be made here"
    elif ! installed libpcap0.8 && ! installed libpcap0.8t64; then
        echo "libpcap is not installed as a package"
    fi
}

# The host's own root under a layer that is thrown away, so that a test takes seconds and changes nothing.
in_layer() {
    mkdir -p "$work/layer"
    unshare -m sh -eu -c '
        mount -t tmpfs layer "$1"
        mkdir "$1/upper" "$1/work" "$1/root"
        mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
        exec sh "$2" "$1/root" "$3" "$4"' layer "$work/layer" "$here/lifecycle.sh" "$1" "$2"
}

reason=$(why_not)
own=$(find "$target" -name "dpi-probe_${version}_*.deb" ! -name '*_all.deb')
all=$target/dpi-probe_${version}_all.deb
if [ -n "$reason" ]; then
    say "skipped: installing, upgrading, removing: $reason"
elif ! unshare -m sh -c "mount -t tmpfs t '$work' && mkdir '$work/u' '$work/w' '$work/r' &&
        mount -t overlay o -o 'lowerdir=/,upperdir=$work/u,workdir=$work/w' '$work/r'" 2>/dev/null; then
    say "skipped: installing, upgrading, removing: overlays cannot be mounted here"
else
    later "$own" "$work/later.deb"
    if installed openjdk-17-jre-headless; then
        in_layer "$all" "$work/later.deb"
    else
        say "without a Java package here, only the .deb with a run time of its own is installed"
        in_layer "$own" "$work/later.deb"
    fi
    say "ok: .deb: installed, run, upgraded with events in the buffer, removed, purged"
fi

# --- The long form --------------------------------------------------------------------------------

if [ "${DIST_LONG:-}" = true ]; then
    . "$here/long.sh"
fi
