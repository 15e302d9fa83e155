"""The MPIJob's CRD, the real one, out of the operator's Go module, and what it says of an object. Unknown fields are
errors, as with kubectl --validate=strict. The pod template within it has Kubernetes' own schemas of pods and of volume
claims, so that those are checked by it, too."""
import json
import os
import shutil
import subprocess

import jsonschema
import yaml

MODULE = "github.com/kubeflow/mpi-operator@v0.8.2"


def find_crd():
    """The CRD, and why there is none."""
    given = os.environ.get("TESSERA_MPIJOB_CRD")
    if given:
        return load(given), None
    if shutil.which("go") is None:
        return None, "no Go to fetch the operator's CRD with (or name the file in TESSERA_MPIJOB_CRD)"
    try:
        done = subprocess.run(["go", "mod", "download", "-json", MODULE], capture_output=True, text=True, timeout=100)
        folder = json.loads(done.stdout).get("Dir") if done.stdout else None
    except (subprocess.TimeoutExpired, ValueError):
        folder = None
    if not folder:
        return None, f"go mod download does not get {MODULE} here (or name the file in TESSERA_MPIJOB_CRD)"
    return load(os.path.join(folder, "manifests/base/kubeflow.org_mpijobs.yaml")), None


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def strict(schema):
    """Of a structural schema what jsonschema understands; objects whose fields are listed have no others."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("x-kubernetes-int-or-string"):
        return {"type": ["integer", "string"]}
    out = {key: strict(value) for key, value in schema.items() if not (key == "format" and isinstance(value, str))}
    if "properties" in schema and isinstance(schema.get("properties"), dict) and schema.get("type") == "object" \
            and "additionalProperties" not in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        out["additionalProperties"] = False
    return out


def errors(schema, value, at):
    found = jsonschema.Draft4Validator(schema).iter_errors(value)
    return [f"{'.'.join([at, *map(str, each.absolute_path)])}: {each.message.splitlines()[0][:200]}" for each in found]


class Schemas:
    def __init__(self, crd):
        self.kind = crd["spec"]["names"]["kind"]
        self.versions = {f"{crd['spec']['group']}/{each['name']}": strict(each["schema"]["openAPIV3Schema"])
                         for each in crd["spec"]["versions"] if each["served"]}
        for schema in self.versions.values():
            schema["properties"]["metadata"] = {"type": "object"}  # of Kubernetes itself; see kubernetes.py
        pod = next(iter(self.versions.values()))
        for name in ("spec", "mpiReplicaSpecs"):
            pod = pod["properties"][name]
        self.pod_spec = pod["additionalProperties"]["properties"]["template"]["properties"]["spec"]
        volume = self.pod_spec["properties"]["volumes"]["items"]["properties"]
        self.claim_spec = volume["ephemeral"]["properties"]["volumeClaimTemplate"]["properties"]["spec"]

    def errors_of(self, each):
        """Of an MPIJob, a Pod or a PersistentVolumeClaim; of others nothing is known here."""
        if each["kind"] == self.kind:
            if each["apiVersion"] not in self.versions:
                return [f"apiVersion: {each['apiVersion']} is none of {', '.join(self.versions)}"]
            return errors(self.versions[each["apiVersion"]], each, self.kind)
        if each["kind"] == "Pod":
            return errors(self.pod_spec, each.get("spec"), "Pod.spec")
        if each["kind"] == "PersistentVolumeClaim":
            return errors(self.claim_spec, each.get("spec"), "PersistentVolumeClaim.spec")
        return []
