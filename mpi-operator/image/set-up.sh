#!/bin/sh
# What both ways to build the image do to Debian's packages: the user, ssh, and the removal of what is not needed or is
# secret. Runs as root within the image (Containerfile), or on its folder: set-up.sh ROOT (rootfs.sh).
set -eu
root=${1:-}

# By number: the volume's files belong to it, whatever the image.
if [ -n "$root" ]; then in_root="chroot $root"; else in_root=; fi
$in_root groupadd --gid 1000 mpiuser
$in_root useradd --uid 1000 --gid 1000 --create-home --shell /bin/bash mpiuser
$in_root install -d -m 700 -o 1000 -g 1000 /home/mpiuser/.ssh
$in_root install -d -m 755 -o 1000 -g 1000 /data
$in_root install -d -m 755 /run/sshd /etc/ssh/ssh_config.d

# Host keys that Debian made while it installed would be the same for all who have the image.
rm -f "$root"/etc/ssh/ssh_host_*
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/var/log/* "$root"/usr/share/doc/* \
    "$root"/usr/share/man/* "$root"/usr/share/locale/* "$root"/usr/share/info/* "$root"/var/cache/debconf/*
# Perl's modules, a fifth of it all, come with Open MPI's packages for scripts that nobody calls; perl-base, which Debian's own
# tools need, stays.
rm -rf "$root"/usr/share/perl "$root"/usr/lib/*/perl
