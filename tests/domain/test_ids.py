"""Ids are UUIDs of version 7 that rise, whoever asks and however fast."""

import threading
import time
import uuid

from coder_app.domain.ids import new_id


def test_an_id_is_a_uuid_of_version_7():
    made = uuid.UUID(new_id())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert str(made) == str(made).lower()


def test_an_id_carries_the_time_it_was_made():
    before = time.time_ns() // 1_000_000
    millisecond = uuid.UUID(new_id()).int >> 80
    assert before <= millisecond <= time.time_ns() // 1_000_000 + 1_000


def test_ids_rise_even_within_one_millisecond():
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(set(made))
    assert all(uuid.UUID(id_).version == 7 for id_ in made)


def test_ids_rise_when_the_clock_is_set_back(monkeypatch):
    first = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    made = [first, *(new_id() for _ in range(5_000))]
    assert made == sorted(set(made))


def test_threads_never_get_the_same_time_and_counter():
    made = []

    def ask():
        made.extend([new_id() for _ in range(2_000)])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id_[:18] for id_ in made}) == 8_000
