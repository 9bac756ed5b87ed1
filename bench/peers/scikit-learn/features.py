"""Fits and applies the same features with scikit-learn; answers one line of JSON for each line it reads."""

import json
import sys
import time

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler, TargetEncoder

folder = sys.argv[1]


def load(name):
    """A table as start-scikit-learn.ts wrote it."""
    columns = {}
    with open(f"{folder}/{name}.json", encoding="utf-8") as file:
        heads = json.load(file)
    for index, head in enumerate(heads):
        path = f"{folder}/{name}.{index}.bin"
        if head["kind"] == "text":
            codes = np.fromfile(path, dtype=np.int32)
            levels = np.array(head["levels"], dtype=object)
            # Whole numbers are what TargetEncoder sorts fastest, and what our columns hold too.
            columns[head["name"]] = pd.Series(codes if name == "flights" else levels[codes])
        elif head["kind"] == "datetime":
            seconds = np.fromfile(path, dtype=np.float64)
            columns[head["name"]] = pd.Series(seconds.astype("datetime64[s]"))
        else:
            columns[head["name"]] = pd.Series(np.fromfile(path, dtype=np.float64))
    frame = pd.DataFrame(columns)
    return frame.drop(columns="y"), frame["y"].to_numpy()


def time_parts(frame):
    outputs = []
    for name in frame.columns:
        times = frame[name].dt
        for values, length in ((times.hour, 24), (times.weekday, 7), (times.month - 1, 12)):
            angles = 2 * np.pi * values.to_numpy() / length
            outputs += [np.sin(angles), np.cos(angles)]
    return np.column_stack(outputs).astype(np.float32)


def elapsed(frame):
    return frame.astype("int64").to_numpy(dtype=np.float64)


def transformer(frame):
    numbers = [name for name in frame if frame[name].dtype == np.float64]
    times = [name for name in frame if frame[name].dtype.kind == "M"]
    texts = [name for name in frame if frame[name].dtype in (object, np.int32) and name != "note"]
    few = [name for name in texts if frame[name].nunique() <= 64]
    many = [name for name in texts if name not in few]
    scaled = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    parts = [
        ("numbers", scaled, numbers),
        ("elapsed", make_pipeline(FunctionTransformer(elapsed), StandardScaler()), times),
        ("times", FunctionTransformer(time_parts), times),
        ("few", OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype=np.float32), few),
        ("many", TargetEncoder(target_type="continuous", cv=5), many),
    ]
    if "note" in frame:
        words = HashingVectorizer(n_features=64, ngram_range=(1, 2), dtype=np.float32)
        parts.append(("note", words, "note"))
    return ColumnTransformer(parts, sparse_threshold=0, n_jobs=1)


flights, flights_y = load("flights")
mixed, mixed_y = load("mixed")
fitted = transformer(mixed).fit(mixed, mixed_y)
rows = [mixed.iloc[[index]] for index in range(200)]

print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    started = time.perf_counter()
    if line.strip() == "fitAndApply":
        fresh = transformer(flights)
        fresh.fit_transform(flights, flights_y).astype(np.float32)
        fresh.transform(flights).astype(np.float32)
        print(json.dumps({"seconds": time.perf_counter() - started}), flush=True)
    else:
        for row in rows:
            fitted.transform(row)
        print(json.dumps({"seconds": (time.perf_counter() - started) / len(rows)}), flush=True)
