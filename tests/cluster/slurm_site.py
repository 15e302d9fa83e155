"""A real Slurm on the hosts of hosts.py: munge, slurmctld on `head`, slurmd on each other host. Everything is in a folder
of its own and ends with this process.

    with SlurmSite(2, cpus=2) as site:
        job = site.submit("-N", 2, "-n", 4, "slurm/ingest.sbatch", ...)
        site.wait(job)
"""
import os
import re
import shutil
import subprocess
import time

import hosts

PACKAGES = "slurmctld slurmd slurm-client munge"
ENDED = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY", "BOOT_FAIL"}


def missing():
    for tool in ("slurmctld", "slurmd", "sbatch", "munged"):
        if not shutil.which(tool):
            return f"{tool} is missing (Debian: {PACKAGES})"
    return hosts.missing()


class SlurmSite:
    def __init__(self, nodes, cpus):
        self.hosts, self.cpus = hosts.Hosts(nodes), cpus

    def __enter__(self):
        self.hosts.__enter__()
        try:
            self.base = self.hosts.path("slurm")
            for folder in ("state", "spool", "log", "pmix", "munge"):
                os.makedirs(os.path.join(self.base, folder))
            self.write_settings()
            self.start_munge()
            self.on("head", ["slurmctld"], check=True)
            for name in self.nodes:
                # A folder of the node's own for PMIx, which would else find another node's files there.
                self.on(name, ["sh", "-c", f"mount -t tmpfs tmpfs {self.base}/pmix && slurmd"], check=True)
            self.hosts.wait_for(self.all_idle, "not all nodes became idle")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.hosts.__exit__()  # the hosts take all of Slurm with them

    @property
    def nodes(self):
        return [name for name in self.hosts.names if name != "head"]

    def write_settings(self):
        base = self.base
        with open(f"{base}/slurm.conf", "w") as file:
            file.write(f"""ClusterName=tessera
SlurmctldHost=head({self.hosts.address('head')})
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={base}/munge/socket
StateSaveLocation={base}/state
SlurmdSpoolDir={base}/spool/%n
SlurmctldPidFile={base}/slurmctld.pid
SlurmdPidFile={base}/slurmd.%n.pid
SlurmctldLogFile={base}/log/slurmctld.log
SlurmdLogFile={base}/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=pmix
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SlurmdParameters=config_overrides
PropagateResourceLimits=NONE
SlurmdTimeout=10
SlurmctldTimeout=10
KillWait=3
MinJobAge=3600
NodeName={','.join(self.nodes)} CPUs={self.cpus} State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
""")
        with open(f"{base}/mpi.conf", "w") as file:
            file.write(f"PMIxCliTmpDirBase={base}/pmix\n")

    def start_munge(self):
        folder = f"{self.base}/munge"
        with open(f"{folder}/key", "wb") as key:
            key.write(os.urandom(1024))
        os.chmod(f"{folder}/key", 0o600)
        # In `head`, so that it ends with it; its socket is a file, which all hosts see.
        self.on("head", ["munged", "--force", f"--socket={folder}/socket", f"--key-file={folder}/key",
                         f"--pid-file={folder}/pid", f"--log-file={folder}/log", f"--seed-file={folder}/seed"], check=True)

    def on(self, name, command, check=False, **how):
        done = self.hosts.run(name, command, SLURM_CONF=f"{self.base}/slurm.conf", **how)
        if check and done.returncode != 0:
            raise RuntimeError(f"{name}: {command}: {done.stderr}{done.stdout}")
        return done

    def all_idle(self):
        return self.on("head", ["sinfo", "-h", "-N", "-o", "%T"]).stdout.split() == ["idle"] * len(self.nodes)

    def submit(self, *words, **how):
        """The number of the job."""
        done = self.on("head", ["sbatch", "--parsable", *words], check=True, **how)
        return done.stdout.strip().split(";")[0]

    def show(self, job):
        text = self.on("head", ["scontrol", "-o", "show", "job", job]).stdout
        return dict(re.findall(r"(\w+)=(\S*)", text))

    def wait(self, job, states=ENDED, patience_s=60):
        """What scontrol shows of the job once it is in one of the states."""
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            shown = self.show(job)
            if shown.get("JobState") in states:
                return shown
            time.sleep(0.1)
        raise AssertionError(f"job {job} is {shown.get('JobState')} ({shown.get('Reason')}) after {patience_s} s")
