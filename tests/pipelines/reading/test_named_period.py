"""What the name of a file says of its month: right, messy, tempting wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.declaration import Source
from pipelines.reading.answers import answered
from pipelines.reading.claims import check_claims
from pipelines.reading.errors import Refused
from pipelines.reading.named_period import month_of_name
from pipelines.sources import blt_dd, dtks, dtsen, pbi_jk, pkh, rtlh

BLT, PKH, DTKS = blt_dd.SOURCE, pkh.SOURCE, dtks.SOURCE

# source, path below its folder, what is said; the folder is 2024-06
SAYS_ANOTHER = (
    (PKH, "PKH_LINGGA_2024-05.csv", "2024-05"),
    (BLT, "BLT Sungai Pinang Mei 2024.xlsx", "mei 2024"),
    (BLT, "BLT Raya 05-2024.xlsx", "05-2024"),
    (BLT, "BLT Raya 05-2024 (2).xlsx", "05-2024"),
    (BLT, "BLT 21.04.07.2005 05-2024.xlsx", "05-2024"),
    (BLT, "BLT_DD_DESA_SUNGAI_PINANG_MEI_2024.xlsx", "mei_2024"),
    (BLT, "BLT-DD Raya bulan Januari Tahun 2023 revisi.xlsx", "januari tahun 2023"),
    (BLT, "BLT Raya Bulan 5 Tahun 2024.xlsx", "bulan 5 tahun 2024"),
    (BLT, "BLT Raya 2024 Mei.xlsx", "2024 mei"),
    (BLT, "BLT Raya Okt 2023.xlsx", "okt 2023"),
    (BLT, "BLT RayaMei2024 mei2024.xlsx", "mei2024"),
    (BLT, "BLT Raya Juli 2024 - Juli 2024.xlsx", "juli 2024"),
    (DTKS, "DTKS_2104_LINGGA_052024.txt", "052024"),
    (DTKS, "DTKS Mei 2024.xlsx", "mei 2024"),
    (DTKS, "dtks 202405.csv", "202405"),
    (PKH, "PKH_2024-05_2.csv", "2024-05"),
    (PKH, "PKH per April 2024.csv", "april 2024"),
    (BLT, "BLT Mei 2024.zip/BLT Raya.xlsx", "mei 2024"),
    (BLT, "05-2024/BLT Raya.xlsx", "05-2024"),
    (dtsen.SOURCE, "DTSEN 2024-03.csv", "2024-03"),
    (rtlh.SOURCE, "RTLH Mei 2023.xlsx", "mei 2023"),
)
LAWFUL = (
    (PKH, "PKH_LINGGA_2024-06.csv"),
    (BLT, "BLT Raya 06-2024.xlsx"),
    (BLT, "Mei 2024/BLT Raya Juni 2024.xlsx"),  # the nearest name is its own
    (PKH, "PKH per Mei 2024.csv"),
    (dtsen.SOURCE, "DTSEN 2024-04.csv"),  # it stands for three months
    (rtlh.SOURCE, "RTLH Juli 2023.xlsx"),
    # when it was made, fetched, handed over
    (BLT, "unduh 01-07-2024.csv"),
    (PKH, "PKH unduh Mei 2024.csv"),
    (BLT, "BLT Raya 05-2024 (diunduh).xlsx"),
    (BLT, "BLT Raya_dicetak_05-2024.xlsx"),
    (BLT, "BLT Raya 31 Mei 2024.xlsx"),
    (BLT, "BLT Raya 31_Mei_2024.xlsx"),
    (BLT, "BLT Raya 2024-05-31.xlsx"),
    (BLT, "BLT Raya 31.05.2024.xlsx"),
    (BLT, "BLT Raya 20240531.xlsx"),
    (BLT, "BLT Raya 31052024.xlsx"),
    (BLT, "BLT Raya update Mei 2024.xlsx"),
    (BLT, "BLT Raya revisi 05-2024.xlsx"),
    (BLT, "Data kiriman Mei 2024.xlsx"),
    (BLT, "kiriman Mei 2024.zip/BLT Raya.xlsx"),
    (BLT, "BLT Raya musdes Mei 2024.xlsx"),
    (PKH, "PKH sesuai DTKS Mei 2024.xlsx"),
    # a decree, a part, a neighbourhood, a place
    (BLT, "Perkades Nomor 05-2024 BLT.xlsx"),
    (BLT, "SK 05-2024.xlsx"),
    (BLT, "BLT SK No 5 Mei 2024.xlsx"),
    (BLT, "BLT lampiran surat 470-05-2024.xlsx"),
    (BLT, "BLT BA 05-2024.xlsx"),
    (PKH, "SEMBAKO_PKH_BATCH_03_2024.csv"),
    (PKH, "PKH SP2D Mei 2024.csv"),
    (BLT, "scan BLT 07-2024.xlsx"),
    (BLT, "BLT Raya Mei,Juni 2024.xlsx"),
    (BLT, "BLT Raya bulan 4-6 2024.xlsx"),
    (BLT, "BLT RT 05-2024.xlsx"),
    (BLT, "BLT_RT_05_2024.xlsx"),
    (BLT, "BLT Tahap 02-2024.xlsx"),
    (BLT, "BLT Tahap ke-02-2024.xlsx"),
    (BLT, "BLT TW 02 2024.xlsx"),
    (BLT, "BLT Kec Juli 2024.xlsx"),
    (BLT, "BLT 21.04.07.2005.xlsx"),
    (BLT, "BLT 2104072005.xlsx"),
    (BLT, "BLT Raya v1.05.2024.xlsx"),
    (BLT, "kuota 05 2024.xlsx"),
    (BLT, "BLT Raya 05.2024.xlsx"),
    (pbi_jk.SOURCE, "bpjs/PBI_2024.05.csv"),
    (BLT, "BLT DD DES TA 2024.xlsx"),
    (BLT, "APB Des 2024.xlsx"),
    (BLT, "RKP_Des_2024.xlsx"),
    (BLT, "BLT Kampung Mei 2024.xlsx"),
    (BLT, "BLT Nagari Maret 2024.xlsx"),
    (BLT, "BLT Desa Sungai Mei 2024.xlsx"),
    (BLT, "BLT TPS 02-2024.xlsx"),
    (BLT, "THP 02-2024.xlsx"),
    (BLT, "BAP 05-2024.xlsx"),
    (BLT, "BLT_TA_2024-01.xlsx"),
    (BLT, "BLT TA.2024.02.xlsx"),
    (BLT, "BLT 2024_05 orang.xlsx"),
    (PKH, "PKH_2024_01.csv"),
    (PKH, "PKH_LINGGA_2024-02-of-03.csv"),
    (PKH, "PKH_2104_05_2024.csv"),
    # since when it holds
    (BLT, "KPM BLT penetapan Januari 2024.xlsx"),
    (BLT, "BLT berlaku dari Januari 2024.xlsx"),
    (DTKS, "DTKS cut off Mei 2024.xlsx"),
    (BLT, "KPM pengganti Mei 2024.xlsx"),
    # spans
    (BLT, "rekap sd Mei 2024.xlsx"),
    (BLT, "rekap s.d. Mei 2024.xlsx"),
    (BLT, "rekap_sampai_Mei_2024.xlsx"),
    (BLT, "BLT Januari 2024 s.d. sekarang.xlsx"),
    (BLT, "BLT Raya Januari-Mei 2024.xlsx"),
    (BLT, "BLT Raya April sd Juni 2024.xlsx"),
    (BLT, "BLT Raya Jan-Jun 2024.xlsx"),
    (BLT, "BLT Raya 2024-04 sd 2024-06.xlsx"),
    (BLT, "BLT Raya 2024-01 sd 06.xlsx"),
    (BLT, "BLT Raya 04-06-2024.xlsx"),
    (BLT, "BLT Raya 05 dan 06-2024.xlsx"),
    (BLT, "BLT Raya 06, 07-2024.xlsx"),
    (BLT, "BLT Raya 05-2024 - 07-2024.xlsx"),
    # no month with its year
    (BLT, "BLT Raya Mei.xlsx"),
    (BLT, "BLT Raya 2023.xlsx"),
    (BLT, "BLT TA 2023.xlsx"),
    (BLT, "BLT Raya 05.xlsx"),
    (BLT, "BLT Raya 5-2024.xlsx"),
    (BLT, "BLT Raya Mei 24.xlsx"),
    (BLT, "BLT Raya 13-2024.xlsx"),
    (BLT, "BLT Raya 2024-13.xlsx"),
    (BLT, "BLT Raya 05-1924.xlsx"),
    (BLT, "2104010520240001.csv"),
    (PKH, "PKH meiza2024.csv"),
    (PKH, "Jan Piter.csv"),
)


def ask(source: Source, name: str, titles: tuple[str, ...] = (), lembar: str = "") -> None:
    """Check a list of June 2024."""
    check_claims([[title] for title in titles], f"2024-06/{source.name}/{name}", source, lembar)


@pytest.mark.parametrize(("source", "name", "said"), SAYS_ANOTHER)
def test_another_month_in_a_name_is_a_question(source: Source, name: str, said: str) -> None:
    """The answer that it offers is taken; so is the right month in a title, or as the sheet's name."""
    with pytest.raises(Refused) as refused:
        ask(source, name)
    assert f"menyebut {said}, bukan periode 2024-06" in refused.value.pesan
    assert f"kolom judul:{said}, arti abaikan" in refused.value.pesan
    word = "judul" + "".join(c for c in said if c.isalnum())
    ask(answered(source, {word: ""}), name)
    ask(source, name, titles=("DAFTAR PENERIMA BULAN JUNI 2024",))
    ask(source, name, lembar="JUNI")
    with pytest.raises(Refused):
        ask(source, name, titles=("DAFTAR PENERIMA", "TAHUN 2024"))


@pytest.mark.parametrize(("source", "name"), LAWFUL)
def test_an_honest_name_is_no_question(source: Source, name: str) -> None:
    ask(source, name)


@given(st.text("BLTRayakei sdmtu0123456789-_.()/", max_size=40))
def test_any_name_can_be_looked_at(name: str) -> None:
    """What it says is one month of this century, in words that stand in the name."""
    said = month_of_name(f"2024-06/blt_dd/{name}", BLT)
    assert said is None or (2000 * 12 <= said.first == said.last < 2100 * 12 and len(said.words) >= len("052024"))
