"""Trains with LightGBM's own Python package.

Reads one request as JSON on each line of stdin: {"folder", "width", "outputs", "parameters", "iterations", "patience"};
the folder holds `train.x.bin`, `train.y.bin`, `validation.x.bin` and `validation.y.bin` with 32-bit floats, which are
read before anything is timed. Answers with one line of JSON: the seconds from the matrices to the text of the model,
the best iteration and the metric in it.
"""

import json
import sys
import time

import lightgbm
import numpy

loaded = {}


def load(folder, width):
    if folder not in loaded:
        read = lambda name: numpy.fromfile(f"{folder}/{name}.bin", dtype="<f4")
        loaded[folder] = [
            (read(f"{part}.x").reshape(-1, width), read(f"{part}.y")) for part in ("train", "validation")
        ]
    return loaded[folder]


def fit(request):
    (train_x, train_y), (validation_x, validation_y) = load(request["folder"], request["width"])
    parameters = request["parameters"]
    started = time.perf_counter()
    train = lightgbm.Dataset(train_x, train_y, params=parameters)
    validation = train.create_valid(validation_x, validation_y)
    stopping = lightgbm.early_stopping(request["patience"], verbose=False)
    model = lightgbm.train(
        parameters, train, request["iterations"], valid_sets=[validation], callbacks=[stopping]
    )
    model.model_to_string()
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "iterations": model.best_iteration,
        "best": model.best_score["valid_0"][parameters["metric"]],
    }


for line in sys.stdin:
    print(json.dumps(fit(json.loads(line))), flush=True)
