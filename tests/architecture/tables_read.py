"""Which published tables a page reads: its queries, found by following names from its screen through the dashboard."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

Definition = tuple[str, str]
"""A module of the dashboard and a name at its top level."""


def tables_read(roots: frozenset[Definition], tables: frozenset[str]) -> set[str]:
    """Return those of `tables` that are named in the SQL of the queries that `roots` use, directly or indirectly."""
    found: set[Definition] = set()
    waiting = list(roots)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += _used_by(*each)
    texts = "\n".join(text for each in found if each[0].startswith("dashboard.queries.") for text in _texts(*each))
    return {table for table in tables if re.search(rf"\b(?:from|join) {table}\b|^{table}$", texts, re.MULTILINE)}


def definitions(module: str) -> frozenset[Definition]:
    """Everything that a module defines at its top level."""
    return frozenset((module, name) for name in _defined(module))


def _used_by(module: str, name: str) -> Iterator[Definition]:
    """The definitions that a name refers to, in its own module and in imported ones."""
    imported = _imported(module)
    for statement in _defined(module).get(name, ()):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and node.id in _defined(module):
                yield module, node.id
            elif isinstance(node, ast.Name) and node.id in imported:
                yield imported[node.id]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported:
                yield ".".join(imported[node.value.id]), node.attr


def _texts(module: str, name: str) -> Iterator[str]:
    """The texts in the definition of a name, without docstrings."""
    for statement in _defined(module).get(name, ()):
        comments = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Expr)}
        for node in ast.walk(statement):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments:
                yield node.value


@cache
def _defined(module: str) -> Mapping[str, tuple[ast.stmt, ...]]:
    """The statements that define each top-level name of a module; empty for modules outside the project."""
    found: dict[str, tuple[ast.stmt, ...]] = {}
    for statement in _tree(module).body:
        for name in _names(statement):
            found[name] = (*found.get(name, ()), statement)
    return found


def _names(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    return []


@cache
def _imported(module: str) -> Mapping[str, Definition]:
    """The module and name behind each name that is imported from the dashboard."""
    return {
        alias.asname or alias.name: (statement.module, alias.name)
        for statement in _tree(module).body
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("dashboard")
        for alias in statement.names
        if statement.module
    }


@cache
def _tree(module: str) -> ast.Module:
    path = ROOT / f"{module.replace('.', '/')}.py"
    return ast.parse(path.read_text(encoding="utf-8") if path.exists() else "")
