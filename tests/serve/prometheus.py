"""A real Prometheus, that scrapes what it is told to, once a second."""
import json
import os
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

import yaml

from serving import free_port

PATIENCE_S = 60


class Prometheus:
    def __init__(self, folder, jobs, rules):
        """`jobs`: name -> more of its scrape configuration, `targets` among it."""
        self.origin = f"http://127.0.0.1:{free_port()}"
        configuration = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": rules,
            "scrape_configs": [{"job_name": name, "static_configs": [{"targets": job.pop("targets")}], **job}
                               for name, job in jobs.items()]}
        with open(os.path.join(folder, "prometheus.yml"), "w", encoding="utf-8") as file:
            yaml.safe_dump(configuration, file)
        self.log = open(os.path.join(folder, "prometheus.log"), "wb")
        self.process = subprocess.Popen(
            ["prometheus", "--config.file=prometheus.yml", f"--storage.tsdb.path={os.path.join(folder, 'series')}",
             f"--web.listen-address={self.origin.removeprefix('http://')}", "--log.level=warn"],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.wait_for("it answers", lambda: urllib.request.urlopen(f"{self.origin}/-/ready", timeout=PATIENCE_S).read())

    def ask(self, path, **query):
        """What its API answers; an error is its own text."""
        try:
            with urllib.request.urlopen(f"{self.origin}{path}?{urllib.parse.urlencode(query)}", timeout=PATIENCE_S) as reply:
                return json.load(reply)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{query or path}: {error.read().decode()}") from error

    def query(self, expression):
        """The samples of an instant: [(labels, value)]."""
        found = self.ask("/api/v1/query", query=expression)
        if found["resultType"] == "scalar":
            return [({}, float(found["result"][1]))]
        return [(each["metric"], float(each["value"][1])) for each in found["result"]]

    def wait_for(self, what, is_so):
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                if found := is_so():
                    return found
            except (urllib.error.URLError, ConnectionError):
                pass
            if self.process.poll() is not None or time.monotonic() > end:
                with open(self.log.name, encoding="utf-8", errors="replace") as file:
                    raise AssertionError(f"Prometheus: not so after {PATIENCE_S} s: {what}\n{file.read()}")
            time.sleep(0.1)

    def wait_for_scrapes(self, jobs):
        """Until every job has been scraped anew, after all that was done before."""
        begin = time.time() + 0.01  # which Prometheus may round its times by
        expression = f'timestamp(up{{job=~"{"|".join(jobs)}"}} == 1) > {begin}'
        self.wait_for(f"a scrape of {', '.join(jobs)}", lambda: len(self.query(expression)) == len(jobs))

    def end(self):
        self.process.kill()
        self.process.wait()
        self.log.close()
