#!/usr/bin/env bash
# Installs the Debian 12 packages that are missing, as root or through sudo, and says what it does.
#   bash tests/setup.sh build     what the program needs
#   bash tests/setup.sh test      what the tests need on top (the default)
#   bash tests/setup.sh browser   what the tests of the page in a real browser need on top of that
#   bash tests/setup.sh cluster   what the tests with Slurm, several hosts and containers need on top of all that
# A script or a shell may also source it (`source tests/setup.sh build`): it then gets the variables below as well.
[[ ${BASH_SOURCE[0]} != "$0" ]] || set -euo pipefail

# Root may start mpirun, more ranks than cores may run, and messages in shared memory do without the system call that
# containers forbid.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl_vader_single_copy_mechanism=none

tessera_build_packages=(g++ cmake ninja-build libopenmpi-dev openmpi-bin libhdf5-openmpi-dev hdf5-tools
    libboost-program-options-dev libboost-dev libgtest-dev libfmt-dev nlohmann-json3-dev libpng-dev zlib1g-dev libisal-dev
    libsimdjson-dev prometheus-cpp-dev librdkafka-dev libjs-leaflet libjs-chart.js)
tessera_test_packages=(clang-format python3 python3-h5py python3-yaml python3-jsonschema kcat prometheus libbenchmark-dev libnanoflann-dev
    clang libclang-rt-14-dev libomp-dev)
tessera_browser_packages=(chromium chromium-driver python3-selenium fonts-dejavu-core)
tessera_cluster_packages=(slurmctld slurmd slurm-client munge openssh-server openssh-client iproute2 util-linux shellcheck
    gnuplot-nox mmdebstrap buildah podman runc netavark)
command -v kubectl >/dev/null || tessera_cluster_packages+=(kubernetes-client)  # it conflicts with other makers' kubectl
# Of these only the programs are wanted: on a machine that did not have them, no service of theirs is to start.
declare -A tessera_services=([prometheus]=prometheus [openssh-server]=ssh [slurmctld]=slurmctld [slurmd]=slurmd [munge]=munge)

tessera_missing_packages() {
    local installed name
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for name in "$@"; do
        grep -qxF "installed $name" <<<"$installed" || printf '%s\n' "$name"
    done
}

tessera_set_up() {
    local wanted=("${tessera_build_packages[@]}") missing name as_root=()
    case ${1:-test} in
        build) ;;
        test) wanted+=("${tessera_test_packages[@]}") ;;
        browser) wanted+=("${tessera_test_packages[@]}" "${tessera_browser_packages[@]}") ;;
        cluster) wanted+=("${tessera_test_packages[@]}" "${tessera_browser_packages[@]}" "${tessera_cluster_packages[@]}") ;;
        *)
            echo "setup: '$1' is none of build, test, browser, cluster" >&2
            return 2
            ;;
    esac
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        echo "setup: this is no Debian, so nothing is installed; the packages meant are: ${wanted[*]}" >&2
        return 0
    fi
    mapfile -t missing < <(tessera_missing_packages "${wanted[@]}")
    if ((${#missing[@]} == 0)); then
        echo "setup: all ${#wanted[@]} packages are there"
        return 0
    fi
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "setup: packages are missing and this is neither root nor is there sudo; as root, run" >&2
            echo "    apt-get install --no-install-recommends ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    # env, because sudo drops the variables of its caller
    as_root+=(env DEBIAN_FRONTEND=noninteractive)

    echo "setup: installing ${#missing[@]} missing packages: ${missing[*]}"
    for name in "${missing[@]}"; do
        [[ -n ${tessera_services[$name]:-} && -d /run/systemd/system ]] || continue
        "${as_root[@]}" systemctl mask --quiet "${tessera_services[$name]}.service" || true
    done
    if ! "${as_root[@]}" apt-get update -qq; then
        echo "setup: apt-get update failed (no network, or a mirror that does not answer: see above)." >&2
        echo "    Once it works, run this again, or install by hand: ${missing[*]}" >&2
        return 1
    fi
    # A machine that has just started may still be updating itself: wait for it.
    if ! "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
        echo "setup: apt-get install failed (see above; 'Unable to locate' means that the update got no lists:" >&2
        echo "    is there a network?). These packages are needed: ${missing[*]}" >&2
        return 1
    fi
    echo "setup: installed"
}

tessera_set_up "$@"
