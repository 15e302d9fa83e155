"""/openapi.json is true: what it describes is accepted and answered as it says, and what it rules out is refused."""
import json
import unittest

from abuse_case import AbuseTest
from asking import line_of
from described import Description, example_of, target_of, wrong_values
from program import run_tests
from service import Reply, statuses

try:
    import jsonschema
except ImportError:  # Debian: python3-jsonschema
    jsonschema = None


class ServeOpenApi(AbuseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.enterClassContext(cls.start(cls))
        cls.about = Description(cls.service.get("/openapi.json").json)

    def ask(self, path, method, operation, values, body=None):
        """A reply that is one of those described."""
        target = target_of(path, self.about.parameters(operation), values)
        if "text/event-stream" in self.about.resolve(operation["responses"]["200"]).get("content", {}):
            return self.ask_stream(target)
        reply = self.service.ask(method, target, body=body)
        self.check_described(operation, reply, target)
        return reply

    def ask_stream(self, target):
        with self.service.connect() as connection:
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            status = statuses(connection.recv(10_000))[0]
        return Reply(status, {}, b"")

    def check_described(self, operation, reply, target):
        self.assertIn(str(reply.status), operation["responses"], f"{target}: {reply}")
        described = self.about.resolve(operation["responses"][str(reply.status)])
        kind = reply.headers["Content-Type"].split(";")[0]
        self.assertIn(kind, described["content"], target)
        if jsonschema and kind.endswith("json"):
            self.validate(described["content"][kind]["schema"], reply.json)

    def validate(self, schema, value):
        jsonschema.Draft7Validator(self.about.schema(schema)).validate(value)

    def test_the_description_is_whole(self):
        names = [operation["operationId"] for _, _, operation in self.about.operations()]
        self.assertEqual(len(names), len(set(names)))
        for reference in self.about.references():
            self.about.resolve(reference)
        for path, _, operation in self.about.operations():
            for parameter in self.about.parameters(operation):
                self.assertIsNotNone(example_of(parameter), (path, parameter))

    @unittest.skipIf(jsonschema is None, "needs python3-jsonschema")
    def test_the_schemas_are_schemas(self):
        for name, schema in self.about.document["components"]["schemas"].items():
            with self.subTest(name):
                jsonschema.Draft7Validator.check_schema(self.about.schema(schema))
        with self.assertRaises(jsonschema.ValidationError):
            self.validate({"$ref": "#/components/schemas/Error"}, {"error": {"code": "x"}})

    def test_what_is_described_is_answered(self):
        """The required parameters alone, each of the others with them, and all together."""
        for path, method, operation in self.about.operations():
            if method != "GET":
                continue
            parameters = self.about.parameters(operation)
            needed = {p["name"]: example_of(p) for p in parameters if p["required"]}
            sets = [needed, {p["name"]: example_of(p) for p in parameters}]
            sets += [{**needed, p["name"]: example_of(p)} for p in parameters if not p["required"]]
            for parameter in parameters:
                sets += [{**needed, parameter["name"]: value} for value in parameter["schema"].get("enum", [])]
                ends = [parameter["schema"][end] for end in ("minimum", "maximum") if end in parameter["schema"]]
                if parameter["in"] == "query":
                    sets += [{**needed, parameter["name"]: value, **self.beside(parameter)} for value in ends]
            for values in sets:
                with self.subTest(path=path, values=values):
                    self.assertEqual(self.ask(path, method, operation, values).status, 200)

    @staticmethod
    def beside(parameter):
        """The fastest replay is one of long windows."""
        return {"every": "31d"} if parameter["name"] == "speed" else {}

    def test_what_is_ruled_out_is_refused(self):
        for path, method, operation in self.about.operations():
            parameters = self.about.parameters(operation)
            if not parameters:
                continue
            needed = {p["name"]: example_of(p) for p in parameters if p["required"]}
            for parameter in parameters:
                if parameter["name"] == "id":  # may be any text
                    continue
                for wrong in wrong_values(parameter["schema"]):
                    with self.subTest(path=path, parameter=parameter["name"], wrong=wrong):
                        reply = self.ask(path, method, operation, {**needed, parameter["name"]: wrong})
                        self.assertEqual(reply.status, 404 if parameter["in"] == "path" else 400)
            target = target_of(path, parameters, needed)
            for more in ("nothing=1", "from=2014-04-02&from=2014-04-02"):
                reply = self.service.get(target + ("&" if "?" in target else "?") + more)
                self.assertEqual(reply.status, 400, (target, more))
            for name in needed if "{" not in path else ():
                reply = self.service.get(target_of(path, parameters, {n: v for n, v in needed.items() if n != name}))
                self.assertEqual(reply.status, 400, (path, name))

    def test_tiles_outside_of_the_pyramid(self):
        for tile in ("0/1/0", "0/0/1", "11/2048/0", "11/0/2048", "21/0/0"):
            self.assertEqual(self.service.get(f"/tiles/{tile}.png").status, 404, tile)

    def test_requests_by_post(self):
        operation = self.about.document["paths"]["/api/requests"]["post"]
        taken = operation["requestBody"]["content"]["application/json"]
        for name, example in taken["examples"].items():
            with self.subTest(name):
                reply = self.ask("/api/requests", "POST", operation, {}, line_of(example["value"]))
                self.assertEqual((reply.status, reply.json["op"]), (200, name))
                if jsonschema:
                    self.validate(taken["schema"], example["value"])
                self.check_described(operation, self.service.post(2 * line_of(example["value"])), name)
                for member, value in (("nothing", 1), ("source", ["bus"]), ("box", [1, 2, 3]), ("on", "moon"), ("from", "soon")):
                    reply = self.ask("/api/requests", "POST", operation, {}, line_of({**example["value"], member: value}))
                    self.assertEqual(reply.status, 400, member)

    @unittest.skipIf(jsonschema is None, "needs python3-jsonschema")
    def test_many_answers_are_as_described(self):
        for request in self.make_requests(100, 3):
            self.validate({"$ref": "#/components/schemas/Request"}, request)
            self.validate({"$ref": "#/components/schemas/Answer"}, self.service.post(line_of(request)).json)

    @unittest.skipIf(jsonschema is None, "needs python3-jsonschema")
    def test_windows_are_as_described(self):
        events = self.service.events("/events?from=2014-04-03&to=2014-04-04&every=6h&speed=1000000&points=5")
        for name, data in events[:-1]:
            self.assertEqual(name, "window")
            self.validate({"$ref": "#/components/schemas/Window"}, json.loads(data))

    def test_nothing_else_is_there(self):
        for path in ("/api", "/api/", "/api/sing", "/tiles", "/event", "/health", "/docs", "/openapi.yaml", "/metrics/"):
            self.assertEqual(self.service.get(path).status, 404, path)


if __name__ == "__main__":
    run_tests()
