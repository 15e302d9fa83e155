"""What machine it was, in a few lines."""
import os
import platform
import re


def first_match(path, pattern):
    try:
        with open(path) as lines:
            found = re.search(pattern, lines.read(), re.MULTILINE)
            return found[1].strip() if found else None
    except OSError:
        return None


def describe():
    system = first_match("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)') or platform.system()
    memory_kib = int(first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)") or 0)
    return {
        "processor": first_match("/proc/cpuinfo", r"^model name\s*:\s*(.*)$") or platform.machine(),
        "cores this process may use": len(os.sched_getaffinity(0)),
        "memory": f"{memory_kib / 2 ** 20:.1f} GiB",
        "system": f"{system}, Linux {platform.release()}",
    }
