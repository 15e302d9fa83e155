"""A peer that speaks SQL and its turns with the mixed requests."""
import json

from contestant import take_turns, tell, time_of
from request_sql import agrees, queries, read_requests


def run(who, dialect, ask, requests_path, answers_path, threads=2):
    """ask(sql) -> rows. Answers are compared with ours, then the turns begin."""
    requests = read_requests(requests_path)
    work = [(request, queries(request, dialect)) for request in requests]
    same = 0
    for (request, texts), answer in zip(work, open(answers_path)):
        found = [ask(text) for text in texts]
        if agrees(request, found, json.loads(answer)):
            same += 1
        else:
            tell(differs=request["id"], who=who, sql=texts[-1][:300])
    tell(case="mixed", who=who, agreement=same / len(work))

    def turn():
        seconds = dict.fromkeys(("nearest", "range", "aggregate"), 0.0)
        for request, texts in work:
            seconds[request["op"]] += time_of(lambda: [ask(text) for text in texts])
        tell(case="mixed", who=who, threads=threads, items=len(work), seconds=sum(seconds.values()))
        for operation, took in seconds.items():
            count = sum(request["op"] == operation for request in requests)
            tell(case=f"of these {operation}", who=who, threads=threads, items=count, seconds=took)

    take_turns(turn)
