#!/usr/bin/env bash
# Makes the image's file system from Debian 12 packages alone, without a registry: ROOTFS.tar for Containerfile.scratch.
#   bash mpi-operator/image/rootfs.sh ROOTFS.tar
# Needs mmdebstrap, and root or unprivileged user namespaces.
set -euo pipefail

[[ $# == 1 && $1 != -* ]] || { sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages=$(grep -v '^#' "$here/packages.txt" | paste -sd,)

# Debian's documentation and translations are a third of it. The set-up is what Containerfile runs, too.
mmdebstrap --quiet --variant=essential --include="$packages" \
    --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --customize-hook="sh '$here/set-up.sh' \"\$1\"" \
    bookworm "$1"
