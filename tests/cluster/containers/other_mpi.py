"""Files that make a container of our image look as if it had another Open MPI: path in the image -> file that lies there
instead. What is different is what the other side sees of it, not how it works."""
import glob
import os

from engine import must

LIBRARIES = "/usr/lib/x86_64-linux-gnu"
NAMES_ITSELF = """
extern "C" int MPI_Get_library_version(char* text, int* length) {
    char const name[] = "Open MPI v4.1.9, package: a test";
    for (*length = 0; name[*length] != 0; ++*length) text[*length] = name[*length];
    text[*length] = 0;
    return 0;
}
"""


def near(folder):
    """The next release: daemons get on with each other, and programs start. Any program there is told the other name."""
    write(f"{folder}/name.cpp", NAMES_ITSELF)
    must("g++", "-shared", "-fPIC", "-o", f"{folder}/name.so", f"{folder}/name.cpp")
    write(f"{folder}/ld.so.preload", "/usr/local/lib/name.so\n")
    return {"/etc/ld.so.preload": f"{folder}/ld.so.preload", "/usr/local/lib/name.so": f"{folder}/name.so"}


def far(folder):
    """A release whose daemons greet each other by another version: all of Open MPI 4 say 4.0.0."""
    plugin, = glob.glob(f"{LIBRARIES}/openmpi/lib/openmpi*/mca_oob_tcp.so")
    with open(plugin, "rb") as file:
        code = file.read()
    if code.count(b"\0004.0.0\0") != 1:
        raise RuntimeError(f"{plugin} does not say 4.0.0 once")
    write(f"{folder}/oob.so", code.replace(b"\0004.0.0\0", b"\0003.1.0\0"))
    write(f"{folder}/mpirun", "#!/bin/sh\necho 'mpirun (Open MPI) 3.1.6'\n")
    return {plugin: f"{folder}/oob.so", "/usr/bin/mpirun.openmpi": f"{folder}/mpirun"}


def write(path, content):
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
    os.chmod(path, 0o755)
