"""The two ends of a run: what was published before it, and the gate and the publication after it."""

import json
from pathlib import Path

import pandas as pd
from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    Failure,
    MaterializeResult,
    MetadataValue,
    RetryRequested,
    asset,
)

from assets.partitions import PERIODS
from assets.stages import BEFORE
from pipelines import plan
from pipelines.confirmation import Question, questions, told
from pipelines.plausibility import FRAMES
from pipelines.reading.errors import without_numbers
from pipelines.tables import VERSIONED
from resources.confirmations import keep_questions, read_confirmations
from resources.fingerprint import content_hash
from resources.last_run import PASSED, keep_drop
from resources.office import Office
from resources.pair_decisions import standing_decisions
from resources.standing import passed_over
from resources.verdict import FailedRule
from resources.warehouse import WarehouseUnreachable

PUBLISHED = tuple(VERSIONED)
_ATTEMPTS, _PAUSE_S = 3, 10


@asset(
    name=BEFORE,
    group_name="terbitan",
    partitions_def=PERIODS,
    check_specs=[
        AssetCheckSpec(
            "urutan", asset=BEFORE, description="Tidak ada periode yang dilewati antara periode ini dan pembandingnya."
        )
    ],
)
def terbitan_lalu(office: Office) -> MaterializeResult:
    """Yang sudah ada sebelum periode ini: register identitas, keluarga, kepesertaan, ukuran, dan putusan petugas."""
    period = office.periode.kini
    keep_drop(office.state.work(period), office.drop.root)
    standing_decisions(office.drop, period).to_parquet(office.engine.path(plan.DECIDED), index=False)
    _base_file(office).write_text(json.dumps(office.warehouse.base_before(period)))
    remembered = {name: office.engine.path(f"{name}{plan.BEFORE}") for name in plan.remembered(office.sources)}
    office.warehouse.export_before(remembered, period)
    skipped = passed_over(office.warehouse, office.drop, period, office.periode.sebelum)
    return MaterializeResult(
        metadata={"periode_sebelum": office.periode.sebelum or "belum ada"},
        check_results=[
            AssetCheckResult(
                check_name="urutan",
                passed=not skipped,
                severity=AssetCheckSeverity.WARN,
                metadata={"peringatan": MetadataValue.md(skipped or "-")},
            )
        ],
    )


@asset(group_name="acuan", partitions_def=PERIODS)
def wilayah(office: Office) -> MaterializeResult:
    """Tabel desa dan kelurahan: milik kantor di folder kiriman `wilayah/`, atau tabel bawaan."""
    regions = office.drop.regions()
    regions.to_parquet(office.engine.path("wilayah"), index=False)
    for stage in plan.by_asset(office.sources)[plan.REGIONS]:
        office.engine.run(stage)
    unread = office.drop.unread(office.periode.kini, office.sources)
    return MaterializeResult(metadata={"dagster/row_count": len(regions), "tidak_dibaca": ", ".join(unread) or "-"})


@asset(
    group_name="terbitan",
    partitions_def=PERIODS,
    deps=[name for name in PUBLISHED if plan.asset_of(name) == name],
    check_specs=[
        AssetCheckSpec(
            "kelayakan",
            asset="gerbang",
            blocking=True,
            description="Kiriman wajar dan tabel yang dibangun utuh.",
        )
    ],
)
def gerbang(office: Office) -> MaterializeResult:
    """Penilaian sebelum terbit oleh Great Expectations: kewajaran kiriman dan keutuhan tabel."""
    _judged_file(office).unlink(missing_ok=True)
    period = office.periode.kini
    confirmed = read_confirmations(office.drop.root / period)
    confirmed.to_parquet(office.engine.path(plan.CONFIRMED), index=False)
    for stage in plan.by_asset(office.sources)[plan.GATE]:
        office.engine.run(stage)
    frames: dict[str, pd.DataFrame] = {name: office.engine.frame(name) for name in FRAMES}
    verdict = office.call_judge().judge(frames, office.state.docs / period)
    if verdict.success:
        _judged_file(office).write_text(office.engine.state(PUBLISHED))
    asked = {rule.code: questions(rule.code, rule.labels, frames[rule.frame]) for rule in verdict.failed if rule.asks}
    every = [question for of in asked.values() for question in of]
    keep_questions(office.state.work(period), every, office.drop.root / period)
    failed = [_said(rule, asked.get(rule.code, []), period) for rule in verdict.failed]
    repeated = office.engine.frame("isi_sama").sort_values(["berkas", "sama_dengan"])
    lost = office.engine.frame("semua_dikarantina").sort_values("berkas")
    notes = [
        *(_same(str(row.berkas), str(row.sama_dengan), period) for row in repeated.itertuples()),
        *(_lost(berkas, rows, period) for berkas, rows in lost[["berkas", "dikarantina"]].to_numpy()),
    ]
    return MaterializeResult(
        metadata={
            "aturan": verdict.rules,
            "gagal": len(failed),
            "dikonfirmasi": office.engine.count("konfirmasi"),
            "halaman": MetadataValue.path(str(verdict.docs / "index.html")),
        },
        check_results=[
            AssetCheckResult(
                check_name="kelayakan",
                passed=verdict.success,
                metadata={
                    "aturan": verdict.rules,
                    "gagal": len(failed),
                    "pesan": MetadataValue.md("\n".join(f"- {s}" for s in failed) or "-"),
                    "peringatan": MetadataValue.md("\n".join(notes) or "-"),
                },
            )
        ],
    )


@asset(group_name="terbitan", partitions_def=PERIODS, deps=[gerbang])
def terbitan(context: AssetExecutionContext, office: Office) -> MaterializeResult:
    """Penerbitan ke gudang dalam satu transaksi; isi yang sama tidak diterbitkan dua kali.

    Hanya yang lolos penilaian: tabel yang sesudah itu ditulis lagi, oleh proses lain atau sebagian, tidak terbit.
    """
    judged = _judged_file(office)
    if not judged.exists() or judged.read_text() != office.engine.state(PUBLISHED):
        raise Failure(
            f"Tabel periode {office.periode.kini} belum dinilai, atau ditulis lagi sesudah dinilai; "
            "jalankan seluruh periode itu dari awal.",
            allow_retries=False,
        )
    tables = {name: office.engine.path(name) for name in PUBLISHED}
    base = json.loads(_base_file(office).read_text())
    try:
        if context.retry_number:
            office.reopen_warehouse()
        publication = office.warehouse.publish(
            office.periode.kini, context.run.run_id, content_hash(tables), tables, base
        )
    except WarehouseUnreachable as error:  # a server that restarts is worth another try, bad content is not
        raise RetryRequested(max_retries=_ATTEMPTS, seconds_to_wait=_PAUSE_S) from error
    withdrawn = ", ".join(publication.withdrawn) or "-"
    return MaterializeResult(
        metadata={"publikasi_id": publication.publikasi_id, "baru": publication.new, "ditarik": withdrawn}
    )


def _same(berkas: str, other: str, period: str) -> str:
    """What two files of the same bytes mean: a copy of this period, or a list of a period before sent once more."""
    means = "barisnya dihitung satu kali" if other.startswith(f"{period}/") else "pastikan ini daftar bulan ini"
    return without_numbers(f"{berkas} isinya sama dengan {other}; {means}")


def _lost(berkas: str, rows: int, period: str) -> str:
    return without_numbers(
        f"{berkas}: {rows} baris datanya dikarantina semua, tidak seorang pun darinya terhitung; sebabnya: "
        f"perlinsos karantina --periode {period}"
    )


def _said(rule: FailedRule, asked: list[Question], periode: str) -> str:
    """The sentence of a rule that does not hold, and of whom; with the way to confirm where a person may."""
    if not asked:
        return f"{rule.kalimat} ({', '.join(rule.labels)})"
    return "\n".join([rule.kalimat, *(f"  - {line}" for line in told(asked, periode))])


def _base_file(office: Office) -> Path:
    """Which publications the tables of this period are built on, as `terbitan_lalu` found them."""
    return office.engine.path("dasar").with_suffix(".json")


def _judged_file(office: Office) -> Path:
    """Which tables the gate let pass, and when they were written; there only after a verdict that let them pass."""
    return office.state.work(office.periode.kini) / PASSED
