"""Kubernetes' own rules for the plain objects, as far as they can be told without a server: versions, names, labels,
fields. (The insides of pods and claims are checked by the schemas in the CRD.)"""
import re

VERSIONS = {"Namespace": "v1", "ConfigMap": "v1", "PersistentVolumeClaim": "v1", "Pod": "v1",
            "MPIJob": "kubeflow.org/v2beta1", "LocalQueue": "kueue.x-k8s.io/v1beta1", "Service": "v1",
            "NetworkPolicy": "networking.k8s.io/v1", "PodMonitor": "monitoring.coreos.com/v1"}
FIELDS = {"Namespace": {"spec"}, "ConfigMap": {"data", "binaryData", "immutable"}, "PersistentVolumeClaim": {"spec"},
          "Pod": {"spec"}, "MPIJob": {"spec"}, "LocalQueue": {"spec"}, "Service": {"spec"}, "NetworkPolicy": {"spec"},
          "PodMonitor": {"spec"}}
METADATA = {"name", "namespace", "labels", "annotations"}
ACCESS = {"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"}
NAME = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
LABEL_KEY = re.compile(r"([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")
LABEL_VALUE = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")
CONFIG_MAP_BYTES = 1 << 20


def errors_of(each):
    kind = each.get("kind")
    if kind not in VERSIONS:
        return [f"kind: {kind!r} is nothing that belongs here"]
    found = []
    if each.get("apiVersion") != VERSIONS[kind]:
        found.append(f"apiVersion: {each.get('apiVersion')!r} where {kind} is of {VERSIONS[kind]}")
    unknown = set(each) - FIELDS[kind] - {"apiVersion", "kind", "metadata"}
    found += [f"{name}: unknown field" for name in sorted(unknown)]
    metadata = each.get("metadata", {})
    found += [f"metadata.{name}: unknown field" for name in sorted(set(metadata) - METADATA)]
    name = str(metadata.get("name", ""))
    if len(name) > 253 or not NAME.fullmatch(name):
        found.append(f"metadata.name: {name!r} is no name")
    if (kind != "Namespace") != ("namespace" in metadata):
        found.append("metadata.namespace: of all but the namespace itself")
    for key, value in metadata.get("labels", {}).items():
        if not LABEL_KEY.fullmatch(key) or not isinstance(value, str) or not LABEL_VALUE.fullmatch(value):
            found.append(f"metadata.labels: {key}: {value!r}")
    return found + {"ConfigMap": of_map, "PersistentVolumeClaim": of_claim}.get(kind, lambda _: [])(each)


def of_map(each):
    data = each.get("data", {})
    found = [f"data.{key}: must be a text" for key, value in data.items() if not isinstance(value, str)]
    found += [f"data: {key!r} is no file name" for key in data if not re.fullmatch(r"[-._a-zA-Z0-9]{1,253}", key)]
    if sum(len(str(value).encode()) for value in data.values()) > CONFIG_MAP_BYTES:
        found.append("data: more than 1 MiB")
    return found


def of_claim(each):
    spec = each.get("spec", {})
    modes = spec.get("accessModes") or ["none"]
    found = [f"spec.accessModes: {mode!r} is none of {', '.join(sorted(ACCESS))}" for mode in modes if mode not in ACCESS]
    storage = spec.get("resources", {}).get("requests", {}).get("storage", "")
    if not re.fullmatch(r"[1-9][0-9]*[KMGTP]i?", str(storage)):
        found.append(f"spec.resources.requests.storage: {storage!r} is no size")
    return found
