"""Run dbt in process on one warehouse file."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import BuildError

PROJECT = Path(__file__).parent.parent / "dbt_project"


@dataclass(frozen=True)
class DbtOutcome:
    """How many nodes (models, seeds, tests) ran well."""

    succeeded: int


def dbt(
    command: Sequence[str], warehouse: Path, variables: Mapping[str, str | int | float], workdir: Path
) -> DbtOutcome:
    """Run one dbt command; BuildError names every node that failed and what it said.

    An empty selection is an error too: dbt itself would report success.
    """
    from dbt.cli.main import dbtRunner

    with _environment(warehouse):
        result = dbtRunner().invoke([*command, *_arguments(variables, workdir)])
    if result.exception is not None:
        raise BuildError(f"dbt dừng giữa chừng: {result.exception}.", _REMEDY) from result.exception
    nodes = list(getattr(result.result, "results", ()))
    failed = [f"{node.node.name}: {node.message}" for node in nodes if str(node.status) in ("error", "fail")]
    if failed or not result.success:
        raise BuildError("Tính toán không qua: " + "; ".join(failed or ["không rõ bước nào"]) + ".", _REMEDY)
    if not nodes:
        raise BuildError("Không có mô hình nào được chạy.", _REMEDY)
    return DbtOutcome(succeeded=len(nodes))


_REMEDY = "Bản công bố trước vẫn giữ nguyên. Xem chi tiết trong logs/dbt.log của kho dữ liệu."


def _arguments(variables: Mapping[str, str | int | float], workdir: Path) -> list[str]:
    import json

    return [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(workdir / "target"), "--log-path", str(workdir / "logs")),
        *("--log-level", "none", "--log-level-file", "info"),
        *("--vars", json.dumps(dict(variables))),
    ]


@contextmanager
def _environment(warehouse: Path) -> Iterator[None]:
    """dbt's profile reads the file's path from the environment: set for the run, put back after it."""
    before = os.environ.get("DOITHOAI_WAREHOUSE")
    os.environ["DOITHOAI_WAREHOUSE"] = str(warehouse)
    try:
        yield
    finally:
        if before is None:
            del os.environ["DOITHOAI_WAREHOUSE"]
        else:
            os.environ["DOITHOAI_WAREHOUSE"] = before
