"""What mpi-operator/monitoring asks of Prometheus."""
import json
import os
import re

import yaml

FOLDER = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../mpi-operator/monitoring"))
ALERTS = os.path.join(FOLDER, "alerts.yaml")


def load_dashboard():
    with open(os.path.join(FOLDER, "dashboard.json"), encoding="utf-8") as file:
        return json.load(file)


def load_alerts():
    with open(ALERTS, encoding="utf-8") as file:
        return [rule for group in yaml.safe_load(file)["groups"] for rule in group["rules"]]


def as_grafana_asks(expression, job, instance):
    """The expression with Grafana's variables put in."""
    for name, value in (("$__rate_interval", "1m"), ("$job", job), ("$instance", instance)):
        expression = expression.replace(name, value)
    return expression


def without_thresholds(expression):
    """An alert's expression that has a value whether it fires or not: comparisons tell 0 or 1 instead of filtering."""
    return re.sub(r"(==|<|>)(?= )", r"\1 bool", expression)


def metrics_in(expression):
    """The names of metrics that an expression asks for."""
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', expression)
    return set(re.findall(r"\b(?:tessera_[a-z_]+|up)\b", plain))
