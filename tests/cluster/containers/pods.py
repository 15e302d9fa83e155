"""A pod of one container as the kubelet would start it: what the template says becomes options of podman."""
import json
import os
import re

UNITS = {"": 1, "m": 1e-3, "Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "k": 1e3, "M": 1e6, "G": 1e9}


def quantity(text):
    number, unit = re.fullmatch(r"([0-9.]+)([A-Za-z]*)", str(text)).groups()
    return float(number) * UNITS[unit]


def options_of(template, volumes, environment):
    """`volumes` has the options that mount each of the template's volumes, as a function of path and read-only."""
    spec = template["spec"]
    container = spec["containers"][0]
    security = {**spec.get("securityContext", {}), **container.get("securityContext", {})}
    options = ["--cgroupns", "private"]
    if security.get("runAsNonRoot") and not security.get("runAsUser"):
        raise RuntimeError("runAsNonRoot, and no runAsUser: the kubelet refuses an image whose user has no number")
    if "runAsUser" in security:
        options += ["--user", f"{security['runAsUser']}:{security.get('runAsGroup', 0)}"]
    if "fsGroup" in security:
        options += ["--group-add", str(security["fsGroup"])]
    if security.get("readOnlyRootFilesystem"):
        options += ["--read-only", "--read-only-tmpfs=false"]
    if security.get("allowPrivilegeEscalation") is False:
        options += ["--security-opt", "no-new-privileges"]
    for capability in security.get("capabilities", {}).get("drop", []):
        options += ["--cap-drop", capability]
    limits = container.get("resources", {}).get("limits", {})
    if "cpu" in limits:
        options += ["--cpus", f"{quantity(limits['cpu']):g}"]
    if "memory" in limits:
        bytes_ = int(quantity(limits["memory"]))
        options += ["--memory", str(bytes_), "--memory-swap", str(bytes_)]
    for mount in container.get("volumeMounts", []):
        options += volumes[mount["name"]](mount["mountPath"], mount.get("readOnly", False))
    for variable in container.get("env", []):
        options += ["--env", f"{variable['name']}={variable.get('value', '')}"]
    for name, value in environment.items():
        options += ["--env", f"{name}={value}"]
    # command replaces the image's entry point, args its command.
    if "command" in container:
        options += ["--entrypoint", json.dumps(container["command"])]
    return options


def bind(source):
    def mount(path, read_only):
        return ["--volume", f"{source}:{path}{':ro' if read_only else ''}"]
    return mount


def memory(size):
    def mount(path, _read_only):
        limit = f",tmpfs-size={int(size)}" if size else ""
        return ["--mount", f"type=tmpfs,destination={path},tmpfs-mode=1777{limit}"]
    return mount


def write_files(folder, files, group, mode=0o644):
    """As the kubelet writes secrets and config maps: root's, readable for all unless told otherwise."""
    os.makedirs(folder)
    for name, text in files.items():
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chown(path, 0, group)
        os.chmod(path, mode)
    return folder
