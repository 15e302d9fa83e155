"""What the tests of abuse share: a small store, and what has to hold whatever strangers send."""
import re
import resource

from asking import AnswerTest, line_of, without_micros
from service import Service, statuses

RANKS = (None, 2)
NEAREST = {"op": "nearest", "at": [-73.98, 40.75], "k": 3}


def allow_open_files(wanted):
    """Raises the limit as far as it goes; how many there may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        soft = min(wanted, hard) if hard != resource.RLIM_INFINITY else wanted
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(soft, wanted)


def head_of(method="GET", target="/healthz", version="1.1", **headers):
    """A request's head as bytes; names of headers with _ for -."""
    fields = {"Host": "localhost", **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"{method} {target} HTTP/{version}", *(f"{name}: {value}" for name, value in fields.items() if value is not None)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class AbuseTest(AnswerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.question = line_of(NEAREST)
        cls.wanted = cls.answers(cls.question)[0]

    def start(self, ranks=None, *options):
        return Service(self.program, "t.h5", *options, ranks=ranks)

    def check_alive(self, service, client=None):
        """Another client gets its answer."""
        reply = service.post(self.question, client=client)
        self.assertEqual((reply.status, without_micros(reply.body)), (200, self.wanted))

    def check_refused(self, reply, *wanted):
        """An error of the client's as all errors are: JSON, and nothing of the machine in it."""
        self.assertIn(reply.status, wanted or range(400, 500), str(reply))
        self.assertEqual(reply.headers["Content-Type"], "application/json")
        self.assertEqual(reply.headers["X-Content-Type-Options"], "nosniff")
        self.assertIsNotNone(reply.error, str(reply))
        self.assertNotIn(self.folder, reply.body.decode())

    def check_refused_or_closed(self, data, sent):
        """What came back for garbage: nothing, or replies of which each but good ones is an error."""
        if not data:
            return
        self.assertRegex(data[:20], rb"^HTTP/1\.1 \d{3} ", sent)
        for status in statuses(data):
            self.assertIn(status, (100, 200, 304, *range(400, 500)), (sent, data[:300]))
        for body in re.findall(rb"^HTTP/1\.1 4.*?\r\n\r\n(.*?\n)", data, re.DOTALL | re.MULTILINE):
            self.assertTrue(body.startswith((b'{"error":{"code":"', b'{"id"', b"HTTP/1.1 ")), (sent, body))  # HEAD has none
