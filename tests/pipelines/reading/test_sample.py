"""The whole sample against its key: every row a person stands in is data, every other row is not."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipelines.declaration import Source
from pipelines.reading import DropFile, read_source
from pipelines.sources import REGISTER

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "contoh"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLE.is_dir(), reason="../shared is absent"),
]


@pytest.mark.parametrize("periode", ["2024-05", "2024-06"])
@pytest.mark.parametrize("source", REGISTER, ids=lambda source: source.name)
def test_sample(source: Source, periode: str, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Same rows as the key, with numbers where the key says a number was damaged, masked or left out."""
    drop = SAMPLE / "sumber"
    paths = sorted(path for path in (drop / periode / source.name).rglob("*") if path.is_file())
    if not paths:
        pytest.skip("no file of this source")
    files = [DropFile(path, path.relative_to(drop).as_posix()) for path in paths]
    target = tmp_path / "mentah.parquet"
    reading = read_source(source, files, con, target, tmp_path)
    assert reading.failures == ()
    rows = con.read_parquet(str(target)).df()
    assert (
        reading.files["dibaca"].tolist() == rows.groupby("berkas", sort=False).size()[reading.files["berkas"]].tolist()
    )

    key = pd.read_csv(SAMPLE / "kunci" / "baris.csv", keep_default_na=False)
    key = key[(key["periode"] == periode) & (key["sumber"] == source.name)]
    data = rows[rows["jenis"] == "data"]
    places = ["berkas", "lembar", "baris"]
    both = key.merge(data, on=places, how="outer", indicator=True, validate="one_to_one")
    assert both["_merge"].eq("both").all()
    assert both["alasan_baca"].isna().all()
    assert both["nama"].str.len().gt(1).all()
    if "nik" in both:
        healthy = both[both["kotor"].isin(["", "ganda_persis", "kk_lama", "desa_tak_dikenal"])]
        assert healthy["nik"].dropna().str.fullmatch(r"\d{16}").all()
        assert both.loc[both["kotor"] == "nik_kosong", "nik"].eq("").all()
        assert both.loc[both["kotor"] == "nik_tersamar", "nik"].str.endswith("****").all()
        assert both.loc[both["kotor"] == "tanpa_kolom_nik", "nik"].isna().all()
        assert both.loc[both["kotor"] == "nik_excel_15", "nik"].str.fullmatch(r"\d{15}0").all()
    if source.one_file_per_desa:
        desa = data["berkas"].str.extract(r"/BLT (.+) \d\d-\d{4}\.xlsx$")[0].str.upper()
        assert data["judul_desa"].str.upper().eq(desa).all()
        assert data["judul_kecamatan"].notna().all()
