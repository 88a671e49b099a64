"""The lake read by Spark, for an authority (or a country) that outgrows one machine: the same figures by the same conditions.

Needs the extra: `uv pip install 'oppidum[spark]'`, and Java 17.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oppidum.figures.lake.dialects import for_spark
from oppidum.figures.lake.tables import TABLES, VIEWS
from oppidum.figures.lake.writing import FILE, lake_folder
from oppidum.figures.tallying import Run

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_KINDS = {"int64": "bigint", "string": "string", "bool": "boolean", "date32[day]": "date", "decimal128(26, 6)": "decimal(26,6)"}


def local_session(cores: int = 2) -> "SparkSession":
    """A Spark on this machine alone, listening to nobody else."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(f"local[{cores}]").appName("oppidum")
    for name, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
    }.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def read_lake(spark: "SparkSession", folder: Path | None = None) -> Run:
    """Make each table of the lake a view of the session, and give what `compute_all` reads it with."""
    folder = folder or lake_folder()
    for table in TABLES:
        files = sorted(str(path) for path in (folder / table.name).glob(f"**/{FILE}"))
        schema = ", ".join(f"`{name}` {_KINDS.get(str(kind), 'timestamp')}" for name, (_, kind) in table.columns.items())
        frame = spark.read.schema(schema).parquet(*files) if files else spark.createDataFrame([], schema)
        if table.name == "cases_case":
            frame = frame.selectExpr("*", "cast(id as string) as code")
        frame.createOrReplaceTempView(table.name)
    for name, sql in VIEWS.items():
        spark.sql(f"create or replace temporary view {name} as {sql}")

    def run(sql: str, params: dict[str, Any]) -> list[tuple]:
        return [tuple(row) for row in spark.sql(for_spark(sql, params)).collect()]

    return run
