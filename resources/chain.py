"""What the published tables say about one row or one person: the chain that `perlinsos mengapa` prints."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pipelines.row_address import Address
from resources.warehouse import Warehouse

_ROWS = (
    "select periode, sumber, berkas, lembar, baris, nasib, orang_id, keluarga_id, cara_padan, skor_padan, jenis"
    " from jejak_baris"
)
_AT = f"{_ROWS} where berkas = any(:berkas) and baris = :baris order by periode"
_OF_PERSON = f"{_ROWS} where orang_id = :orang order by periode, sumber, berkas, lembar, baris"
_REASONS = (
    "select kolom, alasan, pesan from karantina where periode = :periode and berkas = :berkas and lembar = :lembar"
    " and baris = :baris order by alasan"
)
_SHEETS = "select distinct berkas, lembar from jejak_baris where berkas = any(:berkas) order by lembar"
_LAST = "select max(baris) as baris from jejak_baris where berkas = :berkas and lembar = :lembar"
_VERSIONS = (
    "select o.*, w.nama_desa from dim_orang o left join (select distinct kode_desa, nama_desa from dim_wilayah) w"
    " using (kode_desa) where orang_id = :orang order by berlaku_dari"
)
_LOG = (
    "select periode, jenis, unit, kunci_lama, kunci_baru, bukti, cara, skor from log_kunci"
    " where kunci_lama = any(:kunci) or kunci_baru = any(:kunci) order by periode, unit, kunci_lama"
)
_PAIRS = (
    "select periode, tinjauan_id, orang_id_a, orang_id_b, skor, bukti, nullif(keputusan, '') as keputusan from tinjauan"
    " where orang_id_a = :orang or orang_id_b = :orang"
    " or (berkas = :berkas and lembar = :lembar and baris = :baris) order by periode, tinjauan_id"
)


def rows_at(warehouse: Warehouse, addresses: Iterable[Address]) -> pd.DataFrame:
    """The rows that any reading of an address names, oldest period first."""
    read = list(addresses)
    found = warehouse.query(_AT, berkas=[a.berkas for a in read], baris=read[0].baris)
    return found[[(row.berkas, row.lembar) in {a[:2] for a in read} for row in found.itertuples()]]


def why_not_found(warehouse: Warehouse, addresses: Iterable[Address]) -> str:
    """What of an address the published tables do not have, and what to do."""
    read = list(addresses)
    sheets = warehouse.query(_SHEETS, berkas=[a.berkas for a in read])
    if sheets.empty:
        return "Berkas itu tidak ada pada periode yang terbit; salin alamatnya dari karantina atau jejak_baris."
    for address in read:
        if ((sheets.berkas == address.berkas) & (sheets.lembar == address.lembar)).any():
            last = warehouse.query(_LAST, berkas=address.berkas, lembar=address.lembar).baris[0]
            return f"Baris {address.baris} kosong atau tidak ada; baris terakhir yang terisi: {last}."
    names = [f'"{name}"' if name else "tanpa nama (berkas teks: tulis BERKAS::BARIS)" for name in sheets.lembar]
    return f"Lembar itu tidak ada pada berkasnya; yang ada: {', '.join(names)}."


def reasons(warehouse: Warehouse, row: dict[str, Any]) -> pd.DataFrame:
    """Why a row was refused."""
    return warehouse.query(_REASONS, **{c: row[c] for c in ("periode", "berkas", "lembar", "baris")})


def rows_of(warehouse: Warehouse, orang_id: str) -> pd.DataFrame:
    """Every row of a person in every period."""
    return warehouse.query(_OF_PERSON, orang=orang_id)


def versions_of(warehouse: Warehouse, orang_id: str) -> pd.DataFrame:
    """Every version of a person, oldest first."""
    return warehouse.query(_VERSIONS, orang=orang_id)


def changes_of(warehouse: Warehouse, keys: Iterable[str]) -> pd.DataFrame:
    """What the log of keys says of these keys."""
    return warehouse.query(_LOG, kunci=list(keys))


def pairs_of(warehouse: Warehouse, orang_id: str | None, row: Address | None) -> pd.DataFrame:
    """The pairs that a person or a row stands in."""
    place = row or Address("", "", 0)
    return warehouse.query(_PAIRS, orang=orang_id or "", **place._asdict())
