"""Run dbt on one warehouse file, within this process."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.errors import BuildError
from warehouse.suite_results import PassedCheck

PROJECT = Path(__file__).parent.parent / "dbt_project"
_PARAMETERS = "source.doithoai.build.parameters"


@dataclass(frozen=True)
class DbtOutcome:
    """The number of nodes (models, seeds, tests) that succeeded, and the passed data tests."""

    succeeded: int
    tests: tuple[PassedCheck, ...] = ()


def dbt(command: Sequence[str], warehouse: Path, workdir: Path) -> DbtOutcome:
    """Run one dbt command; raise BuildError naming every failed node and its message.

    `workdir` holds the parsed project, dbt's manifest and its log. A selection without nodes, which dbt reports as
    success, raises BuildError too.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    runner = dbtRunner(manifest=_parsed_project(workdir).deepcopy())
    try:
        result = runner.invoke([*command, *_arguments(warehouse, workdir)])
    finally:
        DuckDBConnectionManager.close_all_connections()
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


_PARSED: dict[Path, Any] = {}
"""The manifests of the projects that this process has parsed."""


def _parsed_project(workdir: Path) -> Any:
    """The project's manifest, parsed once per process; dbt skips files unchanged since the last parse in `workdir`.

    The arguments are the same for every home, because dbt parses the whole project again if one changes.
    """
    from dbt.cli.main import dbtRunner

    if PROJECT not in _PARSED:
        result = dbtRunner().invoke(["parse", "--no-write-json", *_arguments(Path("warehouse.duckdb"), workdir)])
        if result.exception is not None:
            raise BuildError(f"dbt không đọc được các mô hình: {result.exception}.", _remedy(workdir))
        _PARSED[PROJECT] = result.result
    return _PARSED[PROJECT]


def _passed_check(node: Any) -> PassedCheck:
    """Return a passed data test: its description, or its name if it has none, and the models that it examined."""
    said = " ".join((node.description or node.name.replace("_", " ")).split())
    examined = sorted(each.rpartition(".")[2] for each in node.depends_on.nodes if each != _PARAMETERS)
    return PassedCheck("dbt", node.unique_id, said, ", ".join(examined))


def _remedy(workdir: Path) -> str:
    return f"Bản công bố trước vẫn giữ nguyên. Chi tiết trong {workdir / 'logs' / 'dbt.log'}."


def _arguments(warehouse: Path, workdir: Path) -> list[str]:
    return [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(workdir / "target"), "--log-path", str(workdir / "logs")),
        *("--log-level", "none", "--log-level-file", "info"),
        *("--vars", json.dumps({"warehouse": str(warehouse)})),
    ]
