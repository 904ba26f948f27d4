#!/bin/sh
# Builds mediasoup's media worker from the npm package's own source against Debian's libraries.
#
#   build.sh SRC_WORKER_DIR OUT_DIR [SRTP_DIR]
#
# SRC_WORKER_DIR  the package's worker/ folder (left untouched)
# OUT_DIR         gets `mediasoup-worker`; written only when the build succeeded
# SRTP_DIR        source of libsrtp 2, built with OpenSSL; left out, Debian's library is taken, which is slower
#
# Needs: meson ninja-build pkg-config g++ libuv1-dev libssl-dev libsrtp2-dev libflatbuffers-dev flatbuffers-compiler
# libabsl-dev. Downloads nothing. About four minutes on two cores. JOBS limits the number of compilers.
set -eu

say() { printf '%s\n' "mediasoup-worker: $*" >&2; }
die() { say "$*"; exit 1; }

[ $# -eq 2 ] || [ $# -eq 3 ] || die "usage: build.sh SRC_WORKER_DIR OUT_DIR [SRTP_DIR]"
src=$1
out=$2
srtp=${3:-}
here=$(cd "$(dirname "$0")" && pwd)

[ -f "$src/meson.build" ] || die "no worker source in $src; install the npm package mediasoup first"
for tool in meson ninja pkg-config g++ flatc; do
  command -v "$tool" >/dev/null || die "the program $tool is missing; install the Debian packages named in $0"
done

mkdir -p "$out"
work=$(mktemp -d "$out/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

cp -R "$src" "$work/worker"
rm -rf "$work/worker/subprojects"
cp -R "$here/subprojects" "$work/worker/subprojects"
if [ -n "$srtp" ]; then cp -R "$srtp" "$work/worker/subprojects/libsrtp2"; fi

# Replaces one exact line, and stops when the source no longer has it: a silent miss would surface as a crash in class.
replace() {
  grep -qF -- "$2" "$work/worker/$1" || die "$1 has changed: this build script does not fit this version of mediasoup"
  sed -i "s|$3|$4|" "$work/worker/$1"
  if grep -qF -- "$2" "$work/worker/$1"; then die "could not change $1"; fi
}

# Debian 12 has meson 1.0.1, which builds it.
replace meson.build "meson_version: '>= 1.1.0'" "meson_version: '>= 1\.1\.0'" "meson_version: '>= 1.0.0'"

# The callback must hand every operation's own result back on return. Answering 1 to each BIO_ctrl makes an OpenSSL
# with kernel TLS (Debian's) take the memory BIO for a kernel-TLS socket and write to a null buffer in the handshake.
replace src/RTC/DtlsTransport.cpp '(operationType == BIO_CB_RETURN) ?' \
  '(operationType == BIO_CB_RETURN) ?' '((operationType \& BIO_CB_RETURN) != 0) ?'

meson setup --buildtype=release -Db_ndebug=true --wrap-mode=nodownload "$work/build" "$work/worker" >"$work/log" 2>&1 \
  || { cat "$work/log" >&2; die "meson could not set the build up (above)"; }
ninja -C "$work/build" ${JOBS:+-j "$JOBS"} mediasoup-worker >"$work/log" 2>&1 \
  || { tail -n 60 "$work/log" >&2; die "the compiler failed (above)"; }

strip "$work/build/mediasoup-worker"
mv "$work/build/mediasoup-worker" "$out/mediasoup-worker"
say "built $out/mediasoup-worker"
