"""Optuna's default sampler, asked trial by trial.

Reads one JSON object on each line of stdin: {"start": {"space", "seed"}?, "add": [{"parameters", "value"}, ...],
"tell": [{"number", "value"}, ...]}. `start` begins a new study; `add` appends finished trials that were not asked for;
`tell` ends trials that were. Each line is answered by the parameters of the next trial, which runs from then on, and by
the seconds that the suggestion took.
"""

import json
import sys
import time

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

optuna.logging.set_verbosity(optuna.logging.ERROR)


def to_distribution(spec):
    if spec["kind"] == "categorical":
        return CategoricalDistribution(spec["choices"])
    kind = IntDistribution if spec["kind"] == "int" else FloatDistribution
    step = {"step": spec["step"]} if "step" in spec else {}
    return kind(spec["low"], spec["high"], log=spec.get("log", False), **step)


def answer(request):
    global study, space
    if "start" in request:
        sampler = optuna.samplers.TPESampler(seed=request["start"]["seed"])
        study = optuna.create_study(sampler=sampler)
        space = {spec["name"]: to_distribution(spec) for spec in request["start"]["space"]}
    for trial in request["tell"]:
        study.tell(trial["number"], trial["value"])
    for trial in request["add"]:
        study.add_trial(
            optuna.trial.create_trial(params=trial["parameters"], distributions=space, value=trial["value"])
        )
    started = time.perf_counter()
    trial = study.ask(space)
    seconds = time.perf_counter() - started
    return {"number": trial.number, "parameters": trial.params, "seconds": seconds}


study = None
space = {}
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
