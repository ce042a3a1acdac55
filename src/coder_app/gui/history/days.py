"""Days and times of the history as the person at this machine reads them."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale

from coder_app.i18n import tr

_MINUTE = len("2026-03-12T14:03")


@lru_cache(maxsize=4096)
def _local_minute(minute: str) -> tuple[date, str]:
    moment = datetime.fromisoformat(minute).replace(tzinfo=UTC).astimezone()
    return moment.date(), moment.strftime("%H:%M")


def day_of(made_at: str) -> date:
    """Return the local day of a moment of the journal."""
    return _local_minute(made_at[:_MINUTE])[0]


def clock_of(made_at: str) -> str:
    """Return the local hour and minute of a moment of the journal."""
    return _local_minute(made_at[:_MINUTE])[1]


def day_words(day: date) -> str:
    """Return a day as a heading, such as "Today" or "Thursday, 12 March 2026"."""
    today = datetime.now().astimezone().date()
    if day == today:
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")


def moment_words(made_at: str) -> str:
    """Return a moment as one says it in a sentence, such as "12 March 2026, 14:03"."""
    day = day_of(made_at)
    return f"{QLocale().toString(QDate(day.year, day.month, day.day), 'd MMMM yyyy')}, {clock_of(made_at)}"


def start_of(day: date) -> str:
    """Return the start of a local day as the journal writes moments."""
    local = datetime.combine(day, time()).astimezone()
    return local.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
