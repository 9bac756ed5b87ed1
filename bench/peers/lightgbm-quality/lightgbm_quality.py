"""LightGBM as people use it: learning rate 0.05, early stopping on a fifth of the training rows, otherwise defaults.

Reads one request as JSON on each line of stdin: {"files", "target", "log", "drop", "task", "metric", "test",
"validation", "skip", "output"}. Writes its answers for the test rows as 64-bit floats to `output` (the value, the
probability of the second class, or the number of the class in the order of the sorted labels) and one line of JSON.
"""

import json
import sys
import time

import lightgbm
import numpy
import pandas

ROUNDS = 10_000
PATIENCE = 100


def load(request):
    parts = [pandas.read_csv(path, na_values=["?"], keep_default_na=True) for path in request["files"]]
    frame = pandas.concat(parts, ignore_index=True)
    target = frame.pop(request["target"])
    frame = frame.drop(columns=request["drop"])
    for name in frame.columns:
        if frame[name].dtype == bool:
            frame[name] = frame[name].astype(int)
        elif not pandas.api.types.is_numeric_dtype(frame[name]):
            frame[name] = frame[name].astype("category")
    return frame, target


def fit(request):
    frame, target = load(request)
    is_class = request["task"] == "classification"
    if is_class:
        target = target.astype("category").cat.codes
    elif request["log"]:
        target = numpy.log(target.where(target > 0))
    held = {name: numpy.array(request[name], dtype=int) for name in ("test", "validation", "skip")}
    train = numpy.setdiff1d(numpy.arange(len(frame)), numpy.concatenate(list(held.values())))
    classes = int(target.max()) + 1 if is_class else 0
    kind = lightgbm.LGBMClassifier if is_class else lightgbm.LGBMRegressor
    model = kind(n_estimators=ROUNDS, learning_rate=0.05, num_threads=1, verbosity=-1)
    metric = "auc" if request["metric"] == "auc" else None
    started = time.perf_counter()
    model.fit(
        frame.iloc[train],
        target.iloc[train],
        eval_X=frame.iloc[held["validation"]],
        eval_y=target.iloc[held["validation"]],
        eval_metric=metric,
        callbacks=[lightgbm.early_stopping(PATIENCE, first_metric_only=metric is not None, verbose=False)],
    )
    seconds = time.perf_counter() - started
    rows = frame.iloc[held["test"]]
    if not is_class:
        answers = model.predict(rows)
    elif classes == 2:
        answers = model.predict_proba(rows)[:, 1]
    else:
        answers = model.predict(rows)
    numpy.asarray(answers, dtype="<f8").tofile(request["output"])
    return {"seconds": seconds, "trees": int(model.best_iteration_)}


for line in sys.stdin:
    print(json.dumps(fit(json.loads(line))), flush=True)
