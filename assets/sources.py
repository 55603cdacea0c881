"""Two assets a source: `mentah_<source>`, its files as rows, and `baris_<source>`, its rows in the common form."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetsDefinition,
    Failure,
    MaterializeResult,
    MetadataValue,
    asset,
)

from assets.partitions import PERIODS
from assets.stages import lineage
from pipelines.declaration import Source
from pipelines.plan import Stage
from pipelines.preflight import told
from pipelines.reading.errors import without_numbers
from resources.gate import refused_by_schema
from resources.office import Office
from resources.preflight import views

_LONG = 100_000  # rows: half a second to two


def read_asset(source: Source) -> AssetsDefinition:
    """The asset `mentah_<source>`."""

    @asset(
        name=f"mentah_{source.name}",
        group_name=source.name,
        partitions_def=PERIODS,
        description=f"{source.title} ({source.publisher}): baris berkas apa adanya.",
    )
    def mentah(context: AssetExecutionContext, office: Office) -> MaterializeResult:
        delivered, files = office.drop.delivery(context.partition_key, source)
        if source.at(context.partition_key).mandatory and not files:
            raise Failure(
                f"Tidak ada berkas {source.title} untuk periode {context.partition_key}; "
                f"taruh berkasnya di {context.partition_key}/{source.name}/ lalu jalankan ulang.",
                allow_retries=False,
            )
        with TemporaryDirectory(dir=office.state.scratch) as work:
            reading = office.intake.take_in(context.partition_key, source, Path(work), _logged(context))
        if reading.failures:
            sentences = [str(failure) for failure in reading.failures]
            raise Failure(
                f"{len(sentences)} berkas {source.title} tidak dapat dibaca:\n" + "\n".join(sentences),
                metadata={
                    "berkas_gagal": len(sentences),
                    "pesan": MetadataValue.md("\n".join(f"- {s}" for s in sentences)),
                },
                allow_retries=False,
            )
        return MaterializeResult(
            metadata={
                "berkas": len(reading.files),
                "dagster/row_count": int(reading.files.dibaca.sum()),
                "periode_kiriman": delivered if files else "-",
            }
        )

    return mentah


def _logged(context: AssetExecutionContext) -> Callable[[str, int], None]:
    """What a reading tells, in the run's log: counts and paths of files. A small file is read before it is told."""

    def log(berkas: str, rows: int) -> None:
        if rows >= _LONG:
            context.log.info("%s: %d baris terbaca", without_numbers(berkas), rows)

    return log


_SHOWN = 400  # lines; `perlinsos periksa` says the rest


def _understood(office: Office, source: Source) -> str:
    """What `perlinsos periksa` says of the source's files, from this run's tables: counts and header words."""
    if not office.engine.count(f"berkas_{source.name}"):
        return "-"
    seen = views(office.engine, source, office.periode.kini, office.warehouse)
    lines = [line for view in seen for line in told(view, source.max_drift)]
    return "\n".join(["```", *lines[:_SHOWN], *(["..."] if len(lines) > _SHOWN else []), "```"])


_UNLAWFUL = (
    "Baris yang lolos semua aturan masih melanggar skema sumber; jangan ubah berkasnya, laporkan kepada pengelola "
    "sistem:\n"
)


def rows_asset(source: Source, stage: Stage) -> AssetsDefinition:
    """The asset `baris_<source>` with its blocking check `skema`: every row that the rules let pass is lawful."""

    @asset(
        name=stage.name,
        group_name=source.name,
        partitions_def=PERIODS,
        deps=lineage([stage], (source,)),
        description=f"{source.title}: setiap baris data dalam bentuk baku, dengan alasannya bila ditolak.",
        check_specs=[
            AssetCheckSpec(
                "skema",
                asset=stage.name,
                blocking=True,
                description="Setiap baris yang lolos sah menurut skema sumber.",
            ),
        ],
    )
    def baris(office: Office) -> MaterializeResult:
        """Run the stage, ask the schema, and say what was understood of each file."""
        office.engine.run(stage)
        rows = office.engine.table(stage.name)
        lawful = rows.filter(rows.alasan == "")
        read = office.engine.count(stage.name)
        passed = lawful.count().to_pyarrow().as_py() if read else 0
        broken = refused_by_schema(lawful, source) if passed else ()
        counts = {"baris": read, "sah": passed, "ditolak": read - passed}
        said = {"pesan": MetadataValue.md(_UNLAWFUL + "\n".join(f"- {check}" for check in broken))} if broken else {}
        said["bentuk"] = MetadataValue.md(_understood(office, source))
        return MaterializeResult(
            metadata={"dagster/row_count": read, **counts},
            check_results=[AssetCheckResult(check_name="skema", passed=not broken, metadata={**counts, **said})],
        )

    return baris
