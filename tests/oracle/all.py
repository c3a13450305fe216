"""Runs the programs named on the command line, each in a process of its own.

The processes are forks of this one, which has imported asyncio: that takes longer than any
of the programs. Prints a line of JSON for each: its path, what it printed, and its status.
"""

import asyncio  # noqa: F401  (for the forks)
import json
import os
import runpy
import sys
import tempfile


def run(path):
    """The program's output and exit status."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            os.dup2(output.fileno(), 1)
            runpy.run_path(path, run_name="__main__")
            sys.exit()
        _, status = os.waitpid(child, 0)
        output.seek(0)
        return output.read().decode(), os.waitstatus_to_exitcode(status)


for path in sys.argv[1:]:
    printed, status = run(path)
    print(json.dumps({"path": path, "printed": printed, "status": status}), flush=True)
