"""The operator's real controller, built out of its Go module with our main.go within, as a function of a manifest."""
import json
import os
import shutil
import subprocess
import tempfile

from crd import MODULE

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD_PATIENCE_S = 540  # some 2 minutes of work the first time, seconds from then on


class RealController:
    def __init__(self):
        """Raises OSError with the reason where it cannot be had."""
        self.folder = tempfile.mkdtemp(prefix="tessera-controller-")
        try:
            self.build()
        except BaseException:
            self.close()
            raise

    def build(self):
        if shutil.which("go") is None:
            raise OSError("no Go to build the operator's controller with")
        done = subprocess.run(["go", "mod", "download", "-json", MODULE], capture_output=True, text=True, timeout=100)
        module = json.loads(done.stdout or "{}").get("Dir")
        if not module:
            raise OSError(f"go mod download does not get {MODULE} here")
        source = os.path.join(self.folder, "source")
        shutil.copytree(module, source, copy_function=shutil.copyfile)
        for folder, _, _ in os.walk(source):
            os.chmod(folder, 0o755)
        os.makedirs(f"{source}/cmd/tessera")
        shutil.copy(f"{HERE}/controller/main.go", f"{source}/cmd/tessera")
        self.binary = os.path.join(self.folder, "controller")
        try:
            done = subprocess.run(["nice", "go", "build", "-o", self.binary, "./cmd/tessera"], cwd=source, capture_output=True,
                                  text=True, timeout=BUILD_PATIENCE_S)
        except subprocess.TimeoutExpired as error:
            raise OSError(f"the operator's controller is not built within {BUILD_PATIENCE_S} s") from error
        if done.returncode:
            if "main.go" in done.stderr:
                raise AssertionError(done.stderr)
            raise OSError(f"the operator's controller cannot be built here: {done.stderr.strip().splitlines()[-1]}")

    def reconcile(self, objects):
        import yaml
        text = "\n---\n".join(yaml.safe_dump(each) for each in objects)
        done = subprocess.run([self.binary], input=text, capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise AssertionError(done.stderr[-2000:])
        return json.loads(done.stdout)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)
