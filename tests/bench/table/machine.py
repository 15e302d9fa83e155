"""The machine and the versions, for the head of the table."""
import datetime
import importlib.metadata
import os
import pathlib
import re
import subprocess

PACKAGES = ["libnanoflann-dev", "libboost-dev", "libcgal-dev", "postgresql-15", "postgresql-15-postgis-3", "pigz", "isal",
            "libdeflate-tools", "libhdf5-openmpi-dev", "openmpi-bin"]
MODULES = ["duckdb", "duckdb-cli", "polars", "pyspark", "apache-sedona"]


def said(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        return ""


def version_of(module):
    try:
        return importlib.metadata.version(module)
    except importlib.metadata.PackageNotFoundError:
        return None


def describe(folder):
    cpu = {key.strip(): value.strip() for key, value in
           (line.split(":", 1) for line in said("lscpu").splitlines() if ":" in line)}
    memory = int(re.search(r"MemTotal: +(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) / 2**20
    system = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())[1]
    caches = ", ".join(f"{level} {cpu[level + ' cache'].split(' (')[0]}" for level in ("L2", "L3") if level + " cache" in cpu)
    cache = pathlib.Path(__file__).parents[3] / "build-bench/CMakeCache.txt"
    flags = "with -march=native" if "TESSERA_PEERS_NATIVE:BOOL=ON" in cache.read_text() else "as ours"
    kernel = ".".join(os.uname().release.split(".")[:2])
    packages = [f"{name} {version}" for name in PACKAGES
                if (version := said("dpkg-query", "-W", "-f=${Version}", name))]
    modules = [f"{name} {version}" for name in MODULES if (version := version_of(name))]
    missing = (pathlib.Path(folder) / "results/missing.txt").read_text().split()
    return [f"- {datetime.date.today()}; {cpu.get('Model name', 'a processor')} family {cpu.get('CPU family', '?')}, "
            f"{os.cpu_count()} cores, {caches}, {memory:.0f} GiB; {system}, Linux {kernel}",
            f"- {said('c++', '--version').splitlines()[0]}, -O3, ours without -march, the peers' C++ {flags}",
            "- Debian: " + ", ".join(packages), "- PyPI: " + ", ".join(modules),
            "- left out, for they could not be had: " + (", ".join(missing) or "none")]
