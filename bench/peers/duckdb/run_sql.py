"""Runs the statements of a JSON file, given as the only argument, in a DuckDB with its settings."""

import json
import sys

import duckdb

job = json.load(open(sys.argv[1], encoding="utf-8"))
connection = duckdb.connect(config=job["settings"])
for statement in job["statements"]:
    connection.execute(statement)
