"""What machine and what program it was, and when, in a few lines."""
import os
import platform
import re
import subprocess
import time


def first_match(path, pattern):
    try:
        with open(path) as lines:
            found = re.search(pattern, lines.read(), re.MULTILINE)
            return found[1].strip() if found else None
    except OSError:
        return None


def describe(tessera):
    system = first_match("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)') or platform.system()
    memory_kib = int(first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)") or 0)
    return {
        "measured": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "program": subprocess.run([tessera, "--version"], check=True, capture_output=True, text=True).stdout.strip(),
        "processor": first_match("/proc/cpuinfo", r"^model name\s*:\s*(.*)$") or platform.machine(),
        "cores this process may use": len(os.sched_getaffinity(0)),
        "memory": f"{memory_kib / 2 ** 20:.1f} GiB",
        "system": f"{system}, Linux {platform.release()}",
    }
