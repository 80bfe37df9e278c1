"""Run dbt in process on one warehouse file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.errors import BuildError
from warehouse.suite_results import SuiteResult

PROJECT = Path(__file__).parent.parent / "dbt_project"


@dataclass(frozen=True)
class DbtOutcome:
    """How many nodes (models, seeds, tests) ran well, and the data tests among them."""

    succeeded: int
    tests: tuple[SuiteResult, ...] = ()


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
    tests = [_test_result(node) for node in nodes if node.node.resource_type == "test"]
    return DbtOutcome(succeeded=len(nodes), tests=tuple(tests))


def _test_result(result: Any) -> SuiteResult:
    """A data test in words: its own description, else its name."""
    node, failed_rows = result.node, int(result.failures or 0)
    said = " ".join((node.description or node.name.replace("_", " ")).split())
    return SuiteResult("dbt", node.unique_id, said, failed_rows == 0, failed_rows)


def _remedy(workdir: Path) -> str:
    return f"Bản công bố trước vẫn giữ nguyên. Chi tiết trong {workdir / 'logs' / 'dbt.log'}."


def _arguments(variables: Mapping[str, str | int | float], workdir: Path) -> list[str]:
    return [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(workdir / "target"), "--log-path", str(workdir / "logs")),
        *("--log-level", "none", "--log-level-file", "info"),
        *("--vars", json.dumps(dict(variables))),
    ]
