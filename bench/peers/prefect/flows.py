"""The same two shapes as the benchmark's own workflows: five trivial steps, and a fan-out."""

import os
import time

from prefect import flow, serve, task


@task
def note_time(step: int) -> float:
    return time.time() * 1000


@flow
def five_steps() -> None:
    first = note_time(0)
    for step in range(1, 5):
        note_time(step)
    with open(os.environ["FIRST_STEP_FILE"], "w") as file:
        file.write(str(first))


@flow
def fan_out(width: int) -> None:
    for future in note_time.map(range(width)):
        future.result()


if __name__ == "__main__":
    serve(five_steps.to_deployment("bench"), fan_out.to_deployment("bench"))
