"""Every query obeys the scope of its reader, on both sample provinces.

Each public function of `dashboard.queries` has a case: a new one without a case fails the first test. Each runs with
narrow scopes and is aimed at what the reader may not see.
"""

import importlib
import inspect
import pkgutil

import pytest

import dashboard.queries
from dashboard.queries.scope import EVERYTHING, Connection, Scope
from tests.integration.access.answers import Words, found_in, is_nothing, plain
from tests.integration.access.query_cases import CASES, HEADS, OF_AIM, OF_SNAPSHOT, PARTS, PUBLIC, RECORDS
from tests.integration.access.worlds import World, foreign_words, only_own_records
from warehouse.access.roles import Grant, Role


def test_every_query_has_a_case() -> None:
    """Every public function that reads from a snapshot is a case, or one of the two lists of exceptions."""
    found = set()
    for module in pkgutil.iter_modules(dashboard.queries.__path__):
        loaded = importlib.import_module(f"{dashboard.queries.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isroutine):
            if function.__module__ == loaded.__name__ and not name.startswith("_"):
                given = inspect.get_annotations(inspect.unwrap(function), eval_str=True).values()
                assert Scope in given or f"{module.name}.{name}" not in CASES, f"{module.name}.{name} has no scope"
                found |= {f"{module.name}.{name}"} if Connection in given else set()
    assert found == {*CASES, *OF_SNAPSHOT, *PARTS}


def test_a_steward_sees_the_unit_with_all_units_now_below(world: World) -> None:
    scope = world.scope(Grant(Role.UNIT_STEWARD, world.own))
    assert scope == Scope(None, world.members, world.members)
    assert world.other not in world.members
    assert world.scope(Grant(Role.STEWARD)) == Scope(None, None, None)
    assert world.scope(Grant(Role.REVIEWER)) == Scope(None, None, ())
    assert world.scope(Grant(Role.VIEWER)) == Scope(None, (), (), 5, ())
    assert world.scope(Grant(Role.ADMINISTRATOR)) == Scope((), (), (), 5, ())


def test_a_steward_gets_nothing_of_other_units(world: World) -> None:
    """Aimed at another unit, every query on records is empty; answers on the province have no foreign row or text. The
    same queries with every right show that the search finds them."""
    scope, foreign = world.scope(Grant(Role.UNIT_STEWARD, world.own)), foreign_words(world)
    there, everywhere = world.aim(world.other), world.aim("", at=world.other)
    for name, case in CASES.items():
        answer = case(world.con, scope, there)
        assert name not in OF_AIM or is_nothing(answer), f"{name}: {answer}"
        assert not found_in((answer, case(world.con, scope, everywhere)), foreign), name
    for name in ("petitions.petition_list", "petitions.petition", "provenance.newest_feeds", "provenance.row_versions"):
        assert found_in(CASES[name](world.con, EVERYTHING, there), foreign), name


def test_a_steward_gets_what_a_province_of_own_records_would_show(world: World) -> None:
    """Counts too depend on no record of others: without them the answers stay the same."""
    scope = world.scope(Grant(Role.UNIT_STEWARD, world.own))
    with only_own_records(world) as alone:
        for aim in (world.aim(world.own), world.aim("", at=world.other)):
            for name in sorted(RECORDS):
                assert plain(CASES[name](world.con, scope, aim)) == plain(CASES[name](alone, EVERYTHING, aim)), name


@pytest.mark.parametrize("world", ["district", "commune after the mergers"], indirect=True)
def test_without_rights_there_is_nothing(world: World) -> None:
    """A viewer gets figures only, an administrator only what is public, a reviewer no text of petitions."""
    texts, aim = Words(world.codes("select distinct summary from fct_petitions")), world.aim(world.own)
    for role, empty in ((Role.VIEWER, RECORDS | HEADS), (Role.ADMINISTRATOR, set(CASES) - PUBLIC)):
        scope = world.scope(Grant(role))
        for name in sorted(empty):
            assert is_nothing(answer := CASES[name](world.con, scope, aim)), f"{role}, {name}: {answer}"
    reviewer = world.scope(Grant(Role.REVIEWER))
    for name, case in CASES.items():
        assert not found_in(case(world.con, reviewer, aim), texts), name
    assert found_in(CASES["petitions.petition_list"](world.con, EVERYTHING, aim), texts)
