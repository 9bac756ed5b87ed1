"""Extracts what the TensorFlow binding needs from a wheel: extract-members.py WHEEL FOLDER"""

import os
import shutil
import sys
import zipfile

LIBRARIES = ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2")
HEADERS = ("tensorflow/c/", "tensorflow/core/platform/", "tsl/", "xla/tsl/")


def target(name):
    """Path below the folder for a member of the wheel, or None when it is not needed."""
    inner = name.removeprefix("tensorflow/")
    if inner in LIBRARIES:
        return os.path.join("lib", inner)
    header = inner.removeprefix("include/")
    if header != inner and header.startswith(HEADERS) and not name.endswith("/"):
        return os.path.join("include", header)
    return None


def main(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            inner = target(name)
            if inner is None:
                continue
            path = os.path.join(folder, inner)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            # Reading to the end makes zipfile check the CRC of every member.
            with archive.open(name) as source, open(path, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)


main(*sys.argv[1:])
