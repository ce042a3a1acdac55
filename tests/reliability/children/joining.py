"""Merges or syncs once in a forked child for each line on stdin, which whoever started this kills midway."""

import os
import sys
from pathlib import Path

from coder_app.store.project import Project
from coder_app.team import folder
from coder_app.team.merge import merge

how, path, other = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])


def work() -> None:
    with Project.open(path) as project:
        if how == "merge":
            merge(project, [other])
        else:
            folder.sync(project)


for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    os.write(1, f"child {child}\n".encode())
    _, status = os.waitpid(child, 0)
    os.write(1, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())
