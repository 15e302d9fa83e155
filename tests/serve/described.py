"""An OpenAPI description, as far as a test of its truth needs it."""
import json
import urllib.parse


class Description:
    def __init__(self, document):
        self.document = document

    def resolve(self, node):
        """What a reference means."""
        while "$ref" in node:
            found = self.document
            for name in node["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            node = found
        return node

    def references(self):
        return self.references_in(self.document)

    def references_in(self, node):
        if isinstance(node, dict):
            if "$ref" in node:
                yield node
            node = list(node.values())
        if isinstance(node, list):
            for part in node:
                yield from self.references_in(part)

    def operations(self):
        """Path, method and operation of each."""
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                yield path, method.upper(), operation

    def parameters(self, operation):
        return [self.resolve(parameter) for parameter in operation.get("parameters", [])]

    def schema(self, node):
        """As JSON Schema, which has no `nullable`, with all references resolved."""
        if isinstance(node, list):
            return [self.schema(part) for part in node]
        if not isinstance(node, dict):
            return node
        node = {name: self.schema(part) for name, part in self.resolve(node).items()}
        return {"anyOf": [node, {"type": "null"}]} if node.pop("nullable", False) is True else node


def example_of(parameter):
    schema = parameter["schema"]
    return parameter.get("example", schema.get("default", schema.get("enum", [None])[0]))


def text_of(value):
    if isinstance(value, list):
        return ",".join(map(text_of, value))
    return value if isinstance(value, str) else json.dumps(value)


def target_of(path, parameters, values):
    """A request's target: values by name, as the path and the query take them."""
    for parameter in parameters:
        if parameter["in"] == "path":
            path = path.replace("{%s}" % parameter["name"], urllib.parse.quote(text_of(values[parameter["name"]]), safe=""))
    query = {p["name"]: text_of(values[p["name"]]) for p in parameters if p["in"] == "query" and p["name"] in values}
    return path + ("?" + urllib.parse.urlencode(query) if query else "")


def wrong_values(schema):
    """Texts that a parameter of this schema must refuse."""
    kind = schema["type"]
    wrong = [""]
    if kind in ("integer", "number"):
        wrong += ["x", "NaN", "1e999", "1,2", " 1", "0x1"]
        wrong += ["1.5"] if kind == "integer" else []
        wrong += [text_of(schema["minimum"] - 1)] if "minimum" in schema else []
        wrong += [text_of(schema["maximum"] + 1)] if "maximum" in schema else []
    if kind == "boolean":
        wrong += ["1", "yes", "TRUE"]
    if kind == "string" and ("enum" in schema or "pattern" in schema):
        wrong += ["moon", "-1", "<b>"]
    if kind == "array":
        items = schema["items"]
        if items["type"] == "number":
            good = ["0"] * schema["minItems"]
            wrong += [",".join(good[1:]), ",".join(good + ["0"]), ",".join(["x"] + good[1:]), ",".join(["NaN"] + good[1:])]
        else:
            wrong += ["moon", ",", "moon,sun"]
    return wrong
