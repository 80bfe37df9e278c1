"""Answers kept in memory: each question of a snapshot is computed once, whoever asks it first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer")
MOST = 3000


class Answers:
    """The answers last used, shared by all threads and handed out without copying: nobody changes them.

    They belong to one snapshot and go with it, so that nothing of an older snapshot stays in memory.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = Lock()

    def of(self, question: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return the answer to a question. The first thread computes it, others wait; errors are not kept."""
        kept, is_new = self._kept_or_new(question)
        if is_new:
            try:
                kept.set_result(compute())
            except BaseException as error:
                self._forget(question)
                kept.set_exception(error)
                raise
        return cast("Answer", kept.result())

    def _kept_or_new(self, question: Hashable) -> tuple[Future[Any], bool]:
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
                return self._kept[question], False
            self._kept[question] = Future()
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return self._kept[question], True

    def _forget(self, question: Hashable) -> None:
        with self._lock:
            self._kept.pop(question, None)
