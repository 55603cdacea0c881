"""The same job as a competent analyst would write it in plain, vectorised pandas: the bench's peer.

    python tests/bench/pandas_script.py SUMBER_DIR OUT_DIR

Reads both periods, cleans, links, writes facts, snapshots, changes, findings, persons, families, a row ledger and its
balance as Parquet. Prints one JSON line: rows read, facts written.
"""

import csv
import json
import re
import sys
from itertools import pairwise
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

REGIONS = Path(__file__).parents[2] / "pipelines" / "reference" / "lingga.csv"
PROGRAM = {"dtks": "DTKS", "pbi_jk": "PBI_JK", "pkh": "PKH", "bpnt": "BPNT", "blt_dd": "BLT_DD"}
FAMILY = ("PKH", "BPNT", "BLT_DD")
HEADERS = {
    "nik": ("nik", "nomornik"),
    "no_kk": ("nokk", "nomorkk", "nkk", "nomorkartukeluarga"),
    "nama": ("nama", "namapenerima", "namakpm", "namakepalakeluarga"),
    "lahir": ("tanggallahir", "tgllahir", "tempattgllahir"),
    "desa": ("desakelurahan", "village", "kelname", "kelurahan"),
    "psnoka": ("psnoka", "psnokabpjs"),
    "status": ("status",),
}
COLUMNS = [*HEADERS, "baris", "nomor_sel"]
MONTHS = {m: f"{n:02d}" for n, m in enumerate(
    ("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
     "november", "desember"), 1)}  # fmt: skip
SOUND = r"\d{6}(?:0[1-9]|[1-6]\d|7[01])(?:0[1-9]|1[0-2])\d{2}(?!0000)\d{4}"
TITLES = r"^(?:HJ?|HAJI|DRS?|IR|ALM)\.?\s+"
SHORT = {r"^(?:MHD|MUHD|MOHD|MUH|MOH|MOHAMMAD|MOHAMAD|MUHAMAD|M)\b\.?": "MUHAMMAD",
         r"^(?:ST|STI|SITTI)\b\.?": "SITI",
         r"^(?:ABD|ABDL)\b\.?": "ABDUL",
         r"\bA[CK]HMAD\b": "AHMAD", "OE": "U", r"[^A-Z ]": ""}  # fmt: skip


def rename(header: list[str]) -> dict[str, str]:
    """Header word -> field."""
    folded = {re.sub(r"[^a-z]", "", word.casefold()): word for word in header}
    return {folded[w]: field for field, words in HEADERS.items() for w in words if w in folded}


def read_text(path: Path) -> pd.DataFrame:
    """Read a text file: one row a data line, all text."""
    raw = path.read_bytes()
    try:
        head, encoding = raw.decode("utf-8-sig").split("\n", 1)[0], "utf-8-sig"
    except UnicodeDecodeError:
        head, encoding = raw.decode("latin-1").split("\n", 1)[0], "latin-1"
    separator = max("|;,", key=head.count)
    header = next(csv.reader([head.strip()], delimiter=separator))
    frame = pd.read_csv(
        path,
        sep=separator,
        dtype="str",
        keep_default_na=False,
        encoding=encoding,
        usecols=list(rename(header)),
    )
    return frame.rename(columns=rename(header)).assign(baris=range(2, len(frame) + 2), nomor_sel=False)


def read_workbook(path: Path) -> pd.DataFrame:
    """Read a workbook: rows below the header that start with a number or an identifier."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    start = next(at for at, row in enumerate(rows) if sum(cell != "" for cell in row) > 3)
    frame = pd.DataFrame(rows[start + 1 :], columns=[str(c) or f"_{n}" for n, c in enumerate(rows[start])])
    first = frame.iloc[:, 0].astype("str")
    names = rename(list(frame.columns))
    numeric = [name for name in names if pd.api.types.is_float_dtype(frame[name].infer_objects())]
    data = first.str.match(r"^(?:\d+\.0$|[0-9A-F]{8}-)")
    out = frame.loc[data, list(names)].rename(columns=names)
    cut = data & frame[[n for n, f in names.items() if f == "nik"]].map(lambda c: isinstance(c, float)).any(axis=1)
    if cut.any() or numeric:
        out = out.map(lambda c: str(int(c)) if isinstance(c, float) else str(c))
    titles = "\n".join(str(row[0]) for row in rows[:start])
    place = re.search(r"^(?:DESA|KELURAHAN) (.+) KECAMATAN", titles, re.MULTILINE)
    if place and "desa" not in out:
        out["desa"] = place.group(1)
    return out.assign(baris=frame.index[data] + start + 2, nomor_sel=cut[data].to_numpy())


def read_all(sumber: Path) -> pd.DataFrame:
    """Read every file: one row a delivered row."""
    parts = []
    for path in sorted(p for p in sumber.glob("*/*/*") if p.parent.name in PROGRAM):
        part = (read_workbook if path.suffix == ".xlsx" else read_text)(path)
        berkas = path.relative_to(sumber).as_posix()
        parts.append(part.assign(periode=path.parts[-3], program=PROGRAM[path.parent.name], berkas=berkas))
    frame = pd.concat(parts, ignore_index=True)
    return frame.reindex(columns=["periode", "program", "berkas", *COLUMNS]).astype(dict.fromkeys(HEADERS, "str"))


def parse_dates(text: pd.Series) -> pd.Series:
    """ISO, d-m-Y, d/m/Y and `Lingga, 1 Desember 1977` as dates."""
    iso = text.where(text.str.match(r"^\d{4}-\d{2}-\d{2}$", na=False))
    numbers = text.str.extract(r"^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$")
    words = text.str.lower().str.extract(r"(\d{1,2})\s+([a-z]+)\s+(\d{4})")
    words[1] = words[1].map(MONTHS)
    split = numbers.fillna(words)
    return pd.to_datetime(iso.fillna(split[2] + "-" + split[1] + "-" + split[0].str.zfill(2)), errors="coerce")


def clean(rows: pd.DataFrame) -> pd.DataFrame:
    """Add `mutu` (sound, masked, damaged), clean numbers, `kunci_nama`, dates and `kode_desa`."""
    for column in ("nik", "no_kk"):
        rows[column] = rows[column].str.strip().str.lstrip("'").fillna("")
    dummy = rows["nik"].str.match(r"^(\d)\1+$") | (rows["nik"] == "1234567890123456")
    sound = rows["nik"].str.fullmatch(SOUND) & ~dummy & ~rows["nomor_sel"].astype(bool)
    masked = rows["nik"].str.fullmatch(r"\d{12}\*{4}")
    rows["mutu"] = "damaged"
    rows.loc[sound, "mutu"], rows.loc[masked, "mutu"] = "sound", "masked"
    names = rows["nama"].str.upper().str.strip().str.replace(TITLES, "", regex=True)
    unique = pd.Series(names.unique(), dtype="str")
    rows["kunci_nama"] = names.map(dict(zip(unique, unique.replace(SHORT, regex=True), strict=True)))
    rows["lahir"] = parse_dates(rows["lahir"])
    rows["psnoka"] = rows["psnoka"].str.zfill(13)
    regions = pd.read_csv(REGIONS, dtype="str", keep_default_na=False)
    known = pd.concat([regions.set_index("nama_desa")["kode_desa"], regions.set_index("nama_lain")["kode_desa"]])
    known.index = known.index.str.upper().str.replace(" ", "")
    known = known[(known.index != "") & ~known.index.duplicated()]
    written = rows["desa"].str.upper().str.replace(r"^(?:DS\.?|DESA|KEL\.?)\s+", "", regex=True)
    folded = written.str.replace(r"^(?:SEI|S\.)", "SUNGAI", regex=True).str.replace(" ", "")
    rows["kode_desa"] = folded.map(known)
    return rows


def link(rows: pd.DataFrame) -> pd.DataFrame:
    """Add `orang`, `keluarga`: by sound NIK, else KK + name, else PSNOKA, else masked NIK + name + desa."""
    sound = rows[rows["mutu"] == "sound"]
    rows["orang"] = rows["nik"].where(rows["mutu"] == "sound")
    rows["cara"] = rows["orang"].notna().map({True: "nik", False: None})
    keys = {
        "kk_nama": rows["no_kk"].where(rows["no_kk"].str.fullmatch(r"\d{16}")) + "|" + rows["kunci_nama"],
        "psnoka": rows["psnoka"],
        "nik_tersamar": rows["nik"].str[:12] + "|" + rows["kunci_nama"] + "|" + rows["kode_desa"],
    }
    for way, key in keys.items():
        evidence = pd.DataFrame({"key": key.loc[sound.index], "orang": sound["nik"]}).dropna().drop_duplicates()
        evidence = evidence[~evidence["key"].duplicated(keep=False)].set_index("key")["orang"]
        found = key.where(rows["orang"].isna()).map(evidence)
        rows["orang"] = rows["orang"].fillna(found)
        rows.loc[found.notna(), "cara"] = way
    newest = rows[rows["no_kk"].str.fullmatch(r"\d{16}") & rows["orang"].notna() & ~rows["nomor_sel"].astype(bool)]
    family = newest.sort_values("program", key=lambda p: p.ne("DTKS")).drop_duplicates("orang")
    rows["keluarga"] = rows["orang"].map(family.set_index("orang")["no_kk"]).fillna(rows["no_kk"])
    home = rows[rows["kode_desa"].notna() & rows["orang"].notna()].drop_duplicates(["periode", "orang"])
    lives = home.set_index(["periode", "orang"])["kode_desa"].rename("rumah")
    rows = rows.join(lives, on=["periode", "orang"])
    rows["kode_desa"] = rows["kode_desa"].where(rows["desa"].notna(), rows.pop("rumah"))
    placed = rows.dropna(subset=["kode_desa", "orang"]).drop_duplicates("orang").set_index("orang")["kode_desa"]
    return rows.join(placed.rename("pernah"), on="orang")


def judge(rows: pd.DataFrame) -> pd.DataFrame:
    """Add `nasib` and `alasan`: each row ends in exactly one of loaded, repaired, duplicate, quarantined."""
    same = ["periode", "program", "nik", "no_kk", "nama", "psnoka", "desa"]
    rows["kode_desa"] = rows["kode_desa"].where(rows["desa"].notna(), rows["kode_desa"].fillna(rows.pop("pernah")))
    rows["nasib"] = rows["mutu"].map({"sound": "dimuat", "masked": "dimuat", "damaged": "diperbaiki"})
    rows["alasan"] = None
    rows.loc[rows.duplicated(same), "nasib"] = "duplikat"
    reasons = {"desa_tak_dikenal": rows["kode_desa"].isna(), "tak_tertaut": rows["orang"].isna()}
    for reason, wrong in reasons.items():
        rows.loc[wrong, ["nasib", "alasan"]] = ["dikarantina", reason]
    return rows


def summarise(facts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the desa snapshots and the changes between following periods."""
    periods = sorted(facts["periode"].unique())
    snapshots = facts.groupby(["periode", "kode_desa", "program"], as_index=False).agg(jumlah=("satuan", "nunique"))
    changes = []
    for before, after in pairwise(periods):
        old, new = (facts.loc[facts["periode"] == p, ["program", "satuan", "kode_desa"]] for p in (before, after))
        both = old.merge(new, on=["program", "satuan"], how="outer", suffixes=("_lama", "_baru"))
        both["jenis"] = "tetap"
        both.loc[both["kode_desa_lama"] != both["kode_desa_baru"], "jenis"] = "pindah"
        both.loc[both["kode_desa_lama"].isna(), "jenis"] = "masuk"
        both.loc[both["kode_desa_baru"].isna(), "jenis"] = "keluar"
        changes.append(both[both["jenis"] != "tetap"].assign(periode=after, periode_sebelum=before))
    return snapshots, pd.concat(changes, ignore_index=True) if changes else facts.head(0)


def find(rows: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Give the ten findings: one row a period, rule and unit."""
    family = listed.drop_duplicates(["periode", "program", "keluarga"]).assign(ada=True)
    on = family.pivot(index=["periode", "keluarga"], columns="program", values="ada").notna()  # noqa: PD010 - the faster
    aided = on["PKH"] | on["BPNT"] | on["BLT_DD"] | on["PBI_JK"]
    removed = rows[(rows["program"] == "DTKS") & rows["orang"].notna()].assign(
        status=lambda r: r["status"].fillna("").str.upper()
    )
    removed = removed[~removed["status"].isin(["", "AKTIF"])]
    able = removed["status"].str.contains("MAMPU|ASN|GURU")
    unfit = pd.MultiIndex.from_frame(removed.loc[able, ["periode", "keluarga"]].drop_duplicates())
    by_family = {
        "BLT_DD_DAN_PKH": on["BLT_DD"] & on["PKH"],
        "BLT_DD_DAN_BPNT": on["BLT_DD"] & on["BPNT"],
        "PESERTA_DI_LUAR_REGISTRI": ~on["DTKS"] & (on["PKH"] | on["BPNT"] | on["PBI_JK"]),
        "DTKS_TANPA_BANTUAN": on["DTKS"] & ~aided,
        "TIDAK_LAYAK_MASIH_PESERTA": aided & on.index.isin(unfit),
    }
    found = [on.index[wrong].to_frame(index=False).assign(aturan=rule) for rule, wrong in by_family.items()]
    aid = listed.loc[listed["program"] != "DTKS", ["periode", "orang"]].drop_duplicates()
    for rule, word in (("MENINGGAL_MASIH_PESERTA", "MENINGGAL"), ("PINDAH_MASIH_PESERTA", "PINDAH")):
        gone = removed.loc[removed["status"].str.contains(word), ["periode", "orang"]].drop_duplicates()
        found.append(aid.merge(gone, on=["periode", "orang"]).assign(aturan=rule))
    unit = listed["keluarga"].where(listed["program"].isin(FAMILY), listed["orang"])
    again = listed.assign(satuan=unit).duplicated(["periode", "program", "satuan"])
    found.append(listed.loc[again, ["periode", "orang", "keluarga"]].assign(aturan="GANDA_PROGRAM"))
    sound = rows.loc[rows["mutu"] == "sound", ["periode", "nik", "kunci_nama", "lahir", "orang"]]
    names = sound.drop_duplicates(["periode", "nik", "kunci_nama"])
    names = names[names.duplicated(["periode", "nik"], keep=False)]
    found.append(names[["periode", "orang"]].assign(aturan="NIK_DUA_NAMA"))
    born = rows.loc[rows["mutu"] == "sound", ["periode", "no_kk", "kunci_nama", "lahir", "nik", "orang"]].dropna()
    born = born.drop_duplicates(["periode", "no_kk", "kunci_nama", "lahir", "nik"])
    twice = born.duplicated(["periode", "no_kk", "kunci_nama", "lahir"], keep=False)
    found.append(born.loc[twice, ["periode", "orang"]].assign(aturan="DUA_NIK_SATU_ORANG"))
    return pd.concat(found, ignore_index=True).drop_duplicates()


def main(sumber: Path, out: Path) -> None:
    """Run the whole job."""
    rows = judge(link(clean(read_all(sumber))))
    member = rows["nasib"].isin(["dimuat", "diperbaiki"]) & (
        (rows["program"] != "DTKS") | rows["status"].fillna("AKTIF").isin(["", "AKTIF"])
    )
    facts = rows.loc[member, ["periode", "program", "orang", "keluarga", "kode_desa", "berkas", "baris"]]
    found = find(rows, facts)
    facts["satuan"] = facts["keluarga"].where(facts["program"].isin(FAMILY), facts["orang"])
    facts = facts.drop_duplicates(["periode", "program", "satuan"])
    snapshots, changes = summarise(facts)
    out.mkdir(parents=True, exist_ok=True)
    persons = rows.dropna(subset=["orang"]).drop_duplicates("orang")
    ledger = rows[["periode", "program", "berkas", "baris", "nasib", "alasan", "orang", "keluarga", "cara"]]
    fates = ledger.groupby(["periode", "berkas", "nasib"]).size().unstack(fill_value=0)  # noqa: PD010 - as above
    tables = {
        "fakta": facts, "snapshot": snapshots, "perubahan": changes, "jejak": ledger, "temuan": found,
        "neraca": fates.assign(dibaca=fates.sum(axis=1)).reset_index(),
        "keluarga": persons.dropna(subset=["keluarga"]).drop_duplicates("keluarga")[["keluarga", "kode_desa"]],
        "orang": persons[["orang", "nama", "lahir", "keluarga", "kode_desa"]],
        "karantina": ledger.loc[ledger["nasib"] == "dikarantina", list(ledger.columns[:6])],
    }  # fmt: skip
    for name, table in tables.items():
        table.to_parquet(out / f"{name}.parquet", index=False)
    sys.stdout.write(json.dumps({"rows": len(rows), "facts": len(facts)}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
