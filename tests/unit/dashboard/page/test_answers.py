"""Each question is computed once, the last used are kept, and errors are not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from dashboard.page.answers import Answers


def test_a_question_is_computed_once_even_if_two_threads_ask_at_the_same_time() -> None:
    answers, computed, may_end = Answers(), [], Event()

    def slow() -> int:
        computed.append(1)
        may_end.wait(5)
        return 7

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(answers.of, "a", slow) for _ in range(2)]
        may_end.set()
    assert [each.result() for each in asked] == [7, 7]
    assert computed == [1]


def test_the_answers_used_longest_ago_are_dropped() -> None:
    answers = Answers(most=2)
    for question in ("a", "b", "a", "c"):
        answers.of(question, lambda: 1)
    assert [answers.of(question, lambda: 2) for question in ("a", "c", "b")] == [1, 1, 2]


def test_an_error_is_raised_and_asked_again() -> None:
    answers = Answers()
    with pytest.raises(ZeroDivisionError):
        answers.of("a", lambda: 1 // 0)
    assert answers.of("a", lambda: 3) == 3
