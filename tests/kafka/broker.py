"""A real Apache Kafka broker for tests: one node in KRaft mode on loopback, on free ports, with its data in a temporary
folder. It ends with the test, however that ends.

    with Broker(cache) as broker:               # raises Unavailable where there is no Java, no Maven or no network
        broker.create_topic("requests", partitions=3)
        ... f"kafka://{broker.address}/requests?group=g" ...

    broker.py CACHE [--topic NAME[:PARTITIONS[:PROPERTY=VALUE]]]... -- COMMAND...
        runs a command with the address in TESSERA_KAFKA_BROKER; exits with 77 and the reason where there is no broker.

Maven fetches Kafka into CACHE once; later runs find it there."""
import base64
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid

from gate import Gate

VERSION = "3.9.1"
SKIPPED = 77  # CTest's SKIP_RETURN_CODE of these tests
FETCH_PATIENCE_S = 400
START_PATIENCE_S = 90
POM = f"""<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>tessera</groupId><artifactId>kafka-for-tests</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-reload4j</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
"""
LOGGING = """log4j.rootLogger=WARN, err
log4j.appender.err=org.apache.log4j.ConsoleAppender
log4j.appender.err.Target=System.err
log4j.appender.err.layout=org.apache.log4j.PatternLayout
log4j.appender.err.layout.ConversionPattern=%d %p %c: %m%n
"""


class Unavailable(Exception):
    """There can be no broker here; the text says why."""


def fetch_jars(cache):
    """The folder with Kafka and what it needs, which Maven fills on the first call."""
    for tool, package in (("java", "default-jre-headless"), ("mvn", "maven")):
        if not shutil.which(tool):
            raise Unavailable(f"there is no {tool} (Debian: {package})")
    cache = os.path.abspath(cache)
    jars = os.path.join(cache, f"kafka-{VERSION}")
    if os.path.isdir(jars):
        return jars
    os.makedirs(cache, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        with open(os.path.join(folder, "pom.xml"), "w") as pom:
            pom.write(POM)
        fetched = os.path.join(folder, "jars")
        command = ["mvn", "-B", "-q", "-Dstyle.color=never", "dependency:copy-dependencies", "-DincludeScope=runtime",
                   f"-DoutputDirectory={fetched}"]
        try:
            run = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, timeout=FETCH_PATIENCE_S, text=True, errors="replace")
        except subprocess.TimeoutExpired:
            raise Unavailable(f"Maven did not fetch Kafka within {FETCH_PATIENCE_S} s") from None
        if run.returncode != 0:
            said = next((line for line in run.stdout.splitlines() if "ERROR" in line), "it does not say why")
            raise Unavailable(f"Maven cannot fetch Kafka: {said}")
        try:
            os.rename(fetched, jars)  # whole or not at all
        except OSError:
            if not os.path.isdir(jars):  # another test was faster
                raise
    return jars


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for s in sockets:
            s.bind(("127.0.0.1", 0))
        return [s.getsockname()[1] for s in sockets]
    finally:
        for s in sockets:
            s.close()


def die_with_parent():
    """In the child, before its program: nothing outlives a test that was killed (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Broker:
    def __init__(self, cache):
        self.jars = fetch_jars(cache)
        self.folder = tempfile.mkdtemp(prefix="tessera-kafka-")
        self.process = None
        self.port, self.controller_port, gated_port = free_ports(3)
        self.gate = Gate(gated_port)

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    @property
    def gated_address(self):
        """The way through the gate; who goes it is led back to it by the broker."""
        return f"127.0.0.1:{self.gate.port}"

    def __enter__(self):
        try:
            self.format()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def java(self, *words):
        return ["java", "-Xms64m", "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                f"-Dlog4j.configuration=file:{self.path('log4j.properties')}", "-cp", f"{self.jars}/*", *words]

    def run_tool(self, *words):
        run = subprocess.run(self.java(*words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, timeout=START_PATIENCE_S, text=True, errors="replace")
        if run.returncode != 0:
            raise RuntimeError(f"{' '.join(words)} failed:\n{run.stdout}\nthe broker's log:\n{self.log()}")
        return run.stdout

    def format(self):
        """Lays out the data folder of a new cluster of one."""
        controller = f"127.0.0.1:{self.controller_port}"
        properties = {
            "process.roles": "broker,controller", "node.id": 1, "controller.quorum.voters": f"1@{controller}",
            "listeners": f"PLAINTEXT://{self.address},GATED://127.0.0.1:{self.gate.to},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{self.address},GATED://{self.gated_address}",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,GATED:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "PLAINTEXT", "controller.listener.names": "CONTROLLER",
            "log.dirs": self.path("data"), "auto.create.topics.enable": "false",
            "offsets.topic.replication.factor": 1, "offsets.topic.num.partitions": 1,
            "transaction.state.log.replication.factor": 1, "transaction.state.log.min.isr": 1,
            "group.initial.rebalance.delay.ms": 0,
        }
        with open(self.path("server.properties"), "w") as file:
            file.writelines(f"{name}={value}\n" for name, value in properties.items())
        with open(self.path("log4j.properties"), "w") as file:
            file.write(LOGGING)
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=").replace("-", "A")
        self.run_tool("kafka.tools.StorageTool", "format", "-t", cluster, "-c", self.path("server.properties"))

    def start(self):
        """Starts it and waits until it answers. After `kill` it comes back with its data, at its address."""
        with open(self.path("log"), "ab") as log:
            self.process = subprocess.Popen(self.java("kafka.Kafka", self.path("server.properties")),
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                                            preexec_fn=die_with_parent)
        end = time.monotonic() + START_PATIENCE_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"Kafka did not start:\n{self.log()}") from None
                time.sleep(0.1)

    def kill(self):
        """Ends it at once, as a crash would; what it acknowledged is still on the disk."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def log(self):
        if not os.path.exists(self.path("log")):
            return "(it was not started)"
        with open(self.path("log"), errors="replace") as file:
            return file.read()[-4000:]

    def create_topic(self, name, partitions=1, property=None):
        self.run_tool("org.apache.kafka.tools.TopicCommand", "--bootstrap-server", self.address, "--create", "--topic",
                      name, "--partitions", str(partitions), "--replication-factor", "1",
                      *(["--config", property] if property else []))


def leave_in_order(*_):
    """By way of __exit__, which a second signal must not cut short: timeout(1) sends two."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)


def main(arguments):
    if len(arguments) < 3 or "--" not in arguments:
        sys.exit(__doc__)
    end = arguments.index("--")
    signal.signal(signal.SIGTERM, leave_in_order)
    topics = [arguments[i + 1].split(":") for i in range(1, end) if arguments[i] == "--topic"]
    try:
        with Broker(arguments[0]) as broker:
            for topic in topics:
                broker.create_topic(*topic)
            environment = dict(os.environ, TESSERA_KAFKA_BROKER=broker.address)
            code = subprocess.run(arguments[end + 1:], env=environment, check=False,
                                  preexec_fn=die_with_parent).returncode
            if code != 0:
                print(f"the broker's log:\n{broker.log()}", file=sys.stderr)
            return code if code >= 0 else 1
    except Unavailable as reason:
        print(f"skipped: {reason}")
        return SKIPPED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
