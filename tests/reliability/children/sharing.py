"""Runs one command in a forked child for each line on stdin, which whoever started this kills midway."""

import os
import sys

from coder_app.cli.program import main

for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        # What the command says is not what the parent waits for.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(main(sys.argv[1:]))
    os.write(1, f"child {child}\n".encode())
    _, status = os.waitpid(child, 0)
    os.write(1, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())
