"""Run dbt in process on one warehouse file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.errors import BuildError
from warehouse.suite_results import PassedCheck

PROJECT = Path(__file__).parent.parent / "dbt_project"


@dataclass(frozen=True)
class DbtOutcome:
    """How many nodes (models, seeds, tests) ran well, and the data tests among them, which passed."""

    succeeded: int
    tests: tuple[PassedCheck, ...] = ()


def dbt(
    command: Sequence[str], warehouse: Path, variables: Mapping[str, str | int | float], workdir: Path
) -> DbtOutcome:
    """Run one dbt command; BuildError names every node that failed and what it said.

    `workdir` keeps dbt's parsed project and log. An empty selection is an error too: dbt itself would report success.
    """
    from dbt.cli.main import dbtRunner

    result = dbtRunner().invoke([*command, *_arguments({**variables, "warehouse": str(warehouse)}, workdir)])
    if result.exception is not None:
        raise BuildError(f"dbt dừng giữa chừng: {result.exception}.", _remedy(workdir)) from result.exception
    nodes = list(getattr(result.result, "results", ()))
    failed = [f"{node.node.name}: {node.message}" for node in nodes if str(node.status) in {"error", "fail"}]
    if failed or not result.success:
        raise BuildError("Tính toán không qua: " + "; ".join(failed or ["không rõ bước nào"]) + ".", _remedy(workdir))
    if not nodes:
        raise BuildError("Không có mô hình nào được chạy.", _remedy(workdir))
    tests = [_passed_check(each.node) for each in nodes if each.node.resource_type == "test"]
    return DbtOutcome(succeeded=len(nodes), tests=tuple(tests))


def _passed_check(node: Any) -> PassedCheck:
    """A data test in words: its own description, else its name."""
    said = " ".join((node.description or node.name.replace("_", " ")).split())
    examined = sorted(each.rpartition(".")[2] for each in node.depends_on.nodes)
    return PassedCheck("dbt", node.unique_id, said, ", ".join(examined))


def _remedy(workdir: Path) -> str:
    return f"Bản công bố trước vẫn giữ nguyên. Chi tiết trong {workdir / 'logs' / 'dbt.log'}."


def _arguments(variables: Mapping[str, str | int | float], workdir: Path) -> list[str]:
    return [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(workdir / "target"), "--log-path", str(workdir / "logs")),
        *("--log-level", "none", "--log-level-file", "info"),
        *("--vars", json.dumps(dict(variables))),
    ]
