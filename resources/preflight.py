"""The pre-flight: reads files as a run would, in a folder of its own that is gone afterwards, and says what it saw."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from pipelines import plan
from pipelines.confirmation import Question
from pipelines.declaration import Source
from pipelines.period import Period
from pipelines.preflight import Before, Column, Remark, Sheet, View
from pipelines.reading import DropFile, Operator, read_source
from pipelines.reading.answers import answer_places
from pipelines.stages import praperiksa
from pipelines.stages.pengirim import pengirim, repeated
from resources.answers import read_answers
from resources.confirmations import read_confirmations
from resources.drop import Drop
from resources.engine import Engine
from resources.foreseen import foreseen
from resources.history import latest_period_before
from resources.intake import others_at
from resources.warehouse import Warehouse

_READ = ("mentah", "berkas")
_COLUMNS_BEFORE = (
    "select periode, pengirim, kolom, arti from kolom_berkas where sumber = :sumber and periode ="
    " (select max(periode) from kolom_berkas where sumber = :sumber and periode < :periode)"
)
_ROWS_BEFORE = (
    "select pengirim, sum(dibaca - diabaikan) as baris from (select distinct on (sidik_berkas) * from neraca_baris"
    " where sumber = :sumber and periode = :periode order by sidik_berkas, berkas) as sekali group by pengirim"
)
_FILES_BEFORE = (
    "select sidik_berkas, min(berkas) as berkas from neraca_baris where sumber = :sumber and periode = :periode"
    " group by sidik_berkas"
)


class Look(NamedTuple):
    """One source: its files, and what the gate would ask about its senders."""

    source: Source
    views: list[View]
    asked: list[Question]


@dataclass(frozen=True)
class Preflight:
    """Looks at files without a trace. `warehouse`: what was published before, None: nothing to compare with;
    `register`: the sources in whose folder a file may belong."""

    drop: Drop
    warehouse: Warehouse | None
    register: tuple[Source, ...] = ()

    def look(self, periode: str, source: Source, files: Sequence[DropFile], *, whole: bool = False) -> Look:
        """What a run of this period would understand of the files of one source. `whole`: they are all there are of
        it, so that who is absent and what comes twice is told."""
        source = source.at(periode)
        with (
            TemporaryDirectory(prefix="perlinsos-periksa-") as folder,
            closing(Engine(Path(folder) / "kerja", Period(periode, None), (source,), secret="")) as engine,
        ):
            self.drop.regions().to_parquet(engine.path("wilayah"), index=False)
            operator = Operator(
                read_answers(self.drop.root, source), self.drop.passwords(source.name),
                others=others_at(self.register, periode),
            )  # fmt: skip
            target = engine.path(f"mentah_{source.name}")
            reading = read_source(source, files, engine.connection.con, target, Path(folder), operator)
            reading.files.to_parquet(engine.path(f"berkas_{source.name}"), index=False)
            reading.columns.to_parquet(engine.path(f"kolom_{source.name}"), index=False)
            for stage in plan.stages((source,)):
                if stage.asset == plan.REGIONS or stage.name == f"baris_{source.name}":
                    engine.run(stage)
            failed = [View(f.berkas, "", failure=str(f)) for f in reading.failures]
            seen, asked = [*views(engine, source, periode, self.warehouse), *failed], list[Question]()
            if whole:
                confirmed = read_confirmations(self.drop.root / periode)
                asked = foreseen(engine, source, periode, self.warehouse, confirmed)
            return Look(source, seen, asked)


def views(engine: Engine, source: Source, periode: str, warehouse: Warehouse | None) -> list[View]:
    """What was understood of the files of one source, as its tables in the engine tell."""
    mentah, baris = (f"{name}_{source.name}" for name in ("mentah", "baris"))
    kinds, refused, doubts = (
        engine.told(function, *names).to_pandas()
        for function, names in (
            (praperiksa.rows_by_kind, [mentah]), (praperiksa.refusals, [baris]), (praperiksa.doubts, [baris]),
        )
    )  # fmt: skip
    files, columns = (engine.frame(f"{name}_{source.name}") for name in ("berkas", "kolom"))
    titles, remarks = engine.told(praperiksa.titles, mentah), engine.told(praperiksa.remarks, mentah, baris)
    sheets = _Sheets(kinds, columns, titles, remarks)
    before = _before(warehouse, source.name, periode)
    sent = _senders(engine, source) if before else {}  # asked only where there is something to compare with
    copies, published = _copies(engine, source), _published(warehouse, source.name, periode)
    data = kinds[(kinds.jenis == "data") & ~kinds.berkas.isin(list(copies))]
    rows = data.groupby(data.berkas.map(sent)).banyak.sum()
    parts = Counter(who for file, who in sent.items() if file not in copies)
    return [
        View(
            file["berkas"], file["bentuk"], sheets.of(file["berkas"]),
            refused=_counts(refused[refused.alasan != ""], file["berkas"], "alasan"),
            refused_rows=_counts(refused, file["berkas"], "alasan").get("", 0),
            doubtful=_counts(doubts, file["berkas"], "nik_jenis"), sent=int(rows.get(sent.get(file["berkas"]), 0)),
            parts=parts[sent.get(file["berkas"], "")],
            before=before.get(sent.get(file["berkas"], "")), copy_of=copies.get(file["berkas"], ""),
            published_as=published.get(file["sidik_berkas"], ""),
            answers=answer_places(source, file["berkas"]) if source.satuan == "orang" else "",
        )
        for file in files.sort_values("berkas").to_dict("records")
    ]  # fmt: skip


def _copies(engine: Engine, source: Source) -> dict[str, str]:
    """File -> the file whose bytes it repeats."""
    found = engine.told(_repeated, f"berkas_{source.name}")
    return dict(zip(found["berkas"].to_pylist(), found["salinan_dari"].to_pylist(), strict=True))


def _repeated(berkas: ir.Table) -> ir.Table:
    return repeated(berkas.mutate(sumber=ibis.literal("")))


def _published(warehouse: Warehouse | None, sumber: str, periode: str) -> dict[str, str]:
    """Digest of bytes -> the file that had them in the last period published before this one."""
    if warehouse is None:
        return {}
    last = warehouse.query(latest_period_before(periode)).iloc[0, 0]
    rows = warehouse.query(_FILES_BEFORE, sumber=sumber, periode=last)
    return dict(zip(rows.sidik_berkas, rows.berkas, strict=True))


def _senders(engine: Engine, source: Source) -> dict[str, str]:
    """File -> who sent it."""
    mentah, berkas = (engine.table(f"{n}_{source.name}").mutate(sumber=ibis.literal(source.name)) for n in _READ)
    places = (engine.table("wilayah_kunci"), engine.table("wilayah_kode"))
    found = pengirim(berkas, mentah, engine.table(f"baris_{source.name}"), (source,), *places)
    rows = found.select("berkas", "pengirim").to_pyarrow().to_pydict()
    return dict(zip(rows["berkas"], rows["pengirim"], strict=True))


class _Sheets:
    """The sheets of each file, as the tables of one source tell."""

    def __init__(self, kinds: pd.DataFrame, columns: pd.DataFrame, titles: pa.Table, remarks: pa.Table) -> None:
        self._kinds, self._columns = kinds, columns.sort_values("nomor")
        self._desa = {
            (row["berkas"], row["lembar"]): ", ".join(filter(None, (row["desa"], row["kecamatan"])))
            for row in titles.to_pylist()
        }
        self._remarks = defaultdict[tuple[str, str], list[Remark]](list)
        for row in remarks.sort_by([("data", "descending"), ("banyak", "descending")]).to_pylist():
            first = tuple(sorted(baris for baris in row["pertama"] if baris))
            self._remarks[row["berkas"], row["lembar"]].append(
                Remark(row["perhatian"], row["data"], row["banyak"], first)
            )

    def of(self, berkas: str) -> tuple[Sheet, ...]:
        """The sheets of one file, by name."""
        own, heads = self._kinds[self._kinds.berkas == berkas], self._columns[self._columns.berkas == berkas]
        return tuple(
            Sheet(
                str(lembar),
                int(head.baris.min()) if len(head) else None,
                tuple(Column(kolom, arti) for kolom, arti in head[["kolom", "arti"]].to_numpy()),
                dict(zip(rows.jenis, map(int, rows.banyak), strict=True)),
                self._desa.get((berkas, str(lembar)), ""),
                tuple(self._remarks[berkas, str(lembar)]),
            )
            for lembar, rows in own.groupby("lembar")
            for head in (heads[heads.lembar == lembar],)
        )


def _counts(rows: pd.DataFrame, berkas: str, key: str) -> dict[str, int]:
    own = rows[rows.berkas == berkas]
    return dict(zip(own[key], map(int, own.banyak), strict=True))


def _before(warehouse: Warehouse | None, sumber: str, periode: str) -> dict[str, Before]:
    """Sender -> what was published of it in the last period before this one that has the source."""
    if warehouse is None:
        return {}
    columns = warehouse.query(_COLUMNS_BEFORE, sumber=sumber, periode=periode)
    if columns.empty:
        return {}
    last = str(columns.periode[0])
    rows = warehouse.query(_ROWS_BEFORE, sumber=sumber, periode=last).set_index("pengirim").baris
    return {
        str(who): Before(last, dict(zip(own.kolom, own.arti, strict=True)), int(rows.get(who, 0)))
        for who, own in columns.groupby("pengirim")
    }
