"""Python runs this at the start of every process that finds it: nothing may speak to another machine.

Whatever tries is written to the file that QUIET_LOG names and refused.
"""

import os
import socket
import sys

ASKED = {
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
    "urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect",
}  # fmt: skip


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    of_this_machine = any(getattr(one, "family", None) == getattr(socket, "AF_UNIX", "") for one in arguments)
    if event in ASKED and not of_this_machine:
        with open(os.environ["QUIET_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123 (pathlib would be imported)
            log.write(f"{event} {arguments}\n")
        raise PermissionError("no network in this test")


sys.addaudithook(refuse)
