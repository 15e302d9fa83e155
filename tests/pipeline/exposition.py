"""Reads Prometheus' text format, strictly: what is no sample, or a sample of a family without HELP and TYPE, is an
error. Written from the description of the format, not from src/."""
import re

SAMPLE = re.compile(r'([a-z_]+)\{((?:[a-z]+="(?:[^"\\\n]|\\.)*",?)*)\} (\S+)')
LABEL = re.compile(r'([a-z]+)="((?:[^"\\\n]|\\.)*)"')


class Exposition:
    def __init__(self, text):
        if not text.endswith("\n"):
            raise ValueError(f"the last line is cut: ...{text[-80:]!r}")
        self.types, self.samples, helps = {}, {}, set()
        for line in text.splitlines():
            if line.startswith("# HELP "):
                helps.add(line.split()[2])
            elif line.startswith("# TYPE "):
                _, _, name, kind = line.split()
                self.types[name] = kind
            else:
                self._take(line, helps)

    def _take(self, line, helps):
        parts = SAMPLE.fullmatch(line)
        if not parts:
            raise ValueError(f"no sample: {line!r}")
        name, labels, value = parts.groups()
        family = name if name in self.types else re.sub("_(bucket|sum|count)$", "", name)
        if family not in self.types or family not in helps:
            raise ValueError(f"no HELP or TYPE before {line!r}")
        key = (name, frozenset(LABEL.findall(labels)))
        if key in self.samples:
            raise ValueError(f"twice: {line!r}")
        self.samples[key] = float(value)

    def value(self, name, **labels):
        """The one sample of that name with these labels among its own."""
        found = self.all(name, **labels)
        if len(found) != 1:
            raise KeyError(f"{name} {labels}: {len(found)} samples")
        return found[0][1]

    def by(self, name, label):
        """The samples of a name, by the value of one label."""
        return {labels[label]: value for labels, value in self.all(name)}

    def all(self, name, **labels):
        return [(dict(has), value) for (of, has), value in self.samples.items()
                if of == name and set(labels.items()) <= has]


def read(path):
    with open(path, encoding="utf-8") as file:
        return Exposition(file.read())
