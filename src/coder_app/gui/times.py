"""Times as the person at this machine reads them; in the project they are UTC."""

from datetime import datetime


def clock(moment: str) -> str:
    """Return the local time of day of an ISO 8601 moment, such as "10:42:07"."""
    return _local(moment).strftime("%H:%M:%S")


def day_and_clock(moment: str) -> str:
    """Return the local day and time of an ISO 8601 moment, such as "2026-11-22 10:42"."""
    return _local(moment).strftime("%Y-%m-%d %H:%M")


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone()
