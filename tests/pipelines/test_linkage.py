"""Who a row is, drawn as small invented families in one batch; each has numbers and a desa of its own.

A line is `who | list | nik | no_kk | nama | lahir | more`. Rows of one letter are one person, `-` is nobody,
`not A` is anybody else. The list `lalu` is what earlier periods know of a person. In a number `.` stands for
the region of the case, `:` for a region elsewhere; `~` is a column that the file does not have. `more` names
further columns, `way` is how the row is recognised.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

import ibis.expr.types as ir
import pytest

from pipelines.declaration import by_trust
from pipelines.linkage import Keep, link_persons
from pipelines.linkage_steps import FOUNDED_SCORE, NUMBERLESS_STEPS, RESIDUE_STEPS, SOUND_STEPS
from pipelines.regions import wilayah_kode, wilayah_kunci
from pipelines.sources import REGISTER
from pipelines.stages.baris import baris as standardise
from pipelines.stages.tautan import dikenal

Rows = Callable[..., ir.Table]
Records = Callable[[ir.Table], list[dict[str, Any]]]

CASES = {
    # one person
    "name spelt otherwise, same NIK": """
        A | dtks | .4505800001 | .0101100001 | SITI RAHMAH | 05-05-1980
        A | bpnt | .4505800001 | .0101100001 | SITI RAHMA  | 05-05-1980 | way=nik
        A | pkh  | .4505800001 | .0101100001 | ST. RAHMAH  | | way=nik""",
    "same NIK, another name, same family": """
        A | dtks | .0505800001 | .0101100001 | ABDUL RAHMAN | 05-05-1980
        A | bpnt | .0505800001 | .0101100001 | DURAHMAN     | 05-05-1980 | way=nik_nama_lain""",
    "same NIK, no name yet": """
        A | lalu | .1204240001 | .0101100001 | BAYI NY SITI | 2024-04-12
        A | dtks | .1204240001 | .0202220002 | AHMAD ALFATIH | 12-04-2024 | way=nik_nama_lain""",
    "his number beside his wife's name too": """
        A | dtks | .0505800001 | .0101100001 | BUDIMAN | 05-05-1980
        A | dtks | .0505800001 | .0101100001 | BUDIMAN | 05-05-1980
        - | dtks | .0505800001 | .0101100001 | AMINAH  | 05-05-1980""",
    "new No KK, same NIK": """
        A | dtks | .0505800001 | .0101100001 | BUDI | 05-05-1980
        A | bpnt | .0505800001 | .0202220002 | BUDI | | way=nik""",
    "one digit of the NIK wrong": """
        A | dtks | .0505800001 | .0101100001 | BUDI | 05-05-1980
        A | bpnt | .0505800007 | .0101100001 | BUDI | | way=kk_nama_lahir
        A | pkh  | .0505870001 | .0101100001 | BUDI | | way=kk_nama_nik_mirip""",
    "two digits of the NIK swapped": """
        A | dtks | .0512800031 | .0101100001 | BUDI | 05-12-1980
        A | bpnt | .0512800013 | .0101100001 | BUDI | | way=kk_nama_lahir
        A | pkh  | .0521800031 | .0101100001 | BUDI |
        A | blt_dd | .0512080031 | .0101100001 | BUDI | | way=kk_nama_nik_mirip""",
    "an earlier NIK of another region": """
        A | dtks | .0505800001 | .0101100001 | BUDI | 05-05-1980
        A | pkh  | :0505800077 | .0101100001 | BUDI | 05-05-1980 | way=kk_nama_lahir""",
    "a masked NIK in the same family": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        A | pkh  | .050580**** | .0101100001 | SUKIAMN | | way=nik_tersamar_kk""",
    "a masked NIK in the same desa": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        A | pkh  | .050580**** | .0303990003 | SUKIMAN | | way=nik_tersamar_desa""",
    "a NIK cut to 15 digits": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        A | blt_dd | .050580000 | | SUKIMAN | | way=nik_15_angka""",
    "a letter in the NIK": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        A | pkh  | .O505800001 | | SUKIMAN | | way=nik_terbaca""",
    "no NIK, but family, name and birth": """
        A | dtks | .0505800001 | .0101100001 | BUDI | 05-05-1980
        A | bpnt | 0 | .0101100001 | BUDI | 05/05/1980 | way=kk_nama_lahir
        A | blt_dd | ~ | .0101100001 | BUDI | | way=kk_nama
        B | pkh  | | .0101100001 | HARTONO | | way=orang_baru_kk_nama""",
    "no NIK, name slightly off": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        A | bpnt | | .0101100001 | SUKIMANN | | way=kk_nama
        A | pkh  | | .0101100001 | SUKIAMN | | way=kk_nama_mirip""",
    "a No KK cut to 15 digits": """
        A | dtks | .0505800001 | .0101100012 | SUKIMAN | 05-05-1980
        A | blt_dd | | .010110001 | SUKIMAN | | way=kk_15_angka_nama""",
    "neither number, but name, birth and desa": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        A | blt_dd | | | SUKIMAN | 05-05-1980 | way=nama_lahir_desa""",
    "the same, but a birthday that offices write where nobody knows it": """
        A | dtks | .3112700001 | .0101100001 | SUKIMAN | 31-12-1970
        - | blt_dd | | | SUKIMAN | 31-12-1970""",
    "the same, but a NIK cut to the digits of somebody else": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        - | blt_dd | .060690005 | | SUKIMAN | 05-05-1980""",
    "the registry's number": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980 | id_registri=UUID-.
        A | pkh  | :0606900009 | .0404990004 | SUKIMAN | 06-06-1990 | id_registri=uuid-. way=id_registri""",
    "PSNOKA, zeros lost": """
        A | pbi_jk | .0505800001 | .0101100001 | SUKIMAN | | psnoka=000.5185
        A | lalu   | | | SUKIMAN | 1980-05-05 | psnoka=000.5185
        A | pbi_jk | | | SUKIMAN | | psnoka=.5185 way=psnoka""",
    "one PSNOKA, two people": """
        A | pbi_jk | .0505800001 | .0101100001 | SUKIMAN | | psnoka=000.5185
        - | pbi_jk | | | NURHAYATI SIREGAR | | psnoka=000.5185""",
    "nobody known, no NIK: family and name": """
        A | bpnt | | .0101100001 | BUDI | | way=orang_baru_kk_nama
        A | pkh  | | .0101100001 | BUDI |
        B | bpnt | | .0101100001 | SITI AMINAH |""",
    "nobody known, no NIK, no family: PSNOKA": """
        A | pbi_jk | | | BUDI | | psnoka=000.5185 way=orang_baru_psnoka
        B | pbi_jk | | | BUDI | | psnoka=000.5186 way=orang_baru_psnoka""",
    # from period to period
    "known by NIK": """
        A | lalu | .0505800001 | .0101100001 | BUDI | 1980-05-05
        A | dtks | .0505800001 | .0909230009 | BUDI | 05-05-1980 | way=nik""",
    "a corrected NIK keeps the key": """
        A | lalu | .0505800001 | .0101100001 | BUDI | 1980-05-05
        A | dtks | .0505800010 | .0101100001 | BUDI | 05-05-1980 | way=kk_nama_lahir""",
    "the first NIK of a person known by family and name": """
        A | lalu | | .0101100001 | BUDI |
        A | dtks | .0505800001 | .0101100001 | BUDI | 05-05-1980 | way=kk_nama""",
    "the first NIK, name slightly off": """
        A | lalu | | .0101100001 | SUKIMAN | 1980-05-05
        A | dtks | .0505800001 | .0101100001 | SUKIAMN | 05-05-1980 | way=kk_nama_mirip""",
    "the first NIK of the other of two": """
        A | lalu | | .0101100001 | BUDI | 1950-01-01
        B | dtks | .0505800001 | .0101100001 | BUDI | 05-05-1980 | way=orang_baru_nik""",
    # two people
    "twins, named alike, one serial apart": """
        A | dtks | .4505100011 | .0101100001 | RINA | 05-05-2010
        B | dtks | .4505100012 | .0101100001 | RINI | 05-05-2010
        A | pbi_jk | .4505100011 | .0101100001 | RINA | 05-05-2010
        B | pbi_jk | .4505100012 | .0101100001 | RINI | 05-05-2010""",
    "twins, the NIK of one damaged": """
        A | dtks | .4505100011 | .0101100001 | RINA | 05-05-2010
        B | dtks | .4505100012 | .0101100001 | RINI | 05-05-2010
        A | pbi_jk | .450510001 | .0101100001 | RINA | 05-05-2010
        B | bpnt | .45O5100012 | .0101100001 | RINI | 05-05-2010
        B | blt_dd | .450510**** | .0101100001 | RINI |
        A | pkh  | | .0101100001 | RINA |""",
    "twins, one with the other's NIK": """
        A | dtks | .4505100011 | .0101100001 | RINA | 05-05-2010
        B | dtks | .4505100012 | .0101100001 | RINI | 05-05-2010
        B | pbi_jk | .4505100011 | .0101100001 | RINI | 05-05-2010""",
    "twins, both new in different lists": """
        A | dtks | .4505100011 | .0101100001 | RINA | 05-05-2010
        B | pbi_jk | .4505100012 | .0101100001 | RINI | 05-05-2010""",
    "twins with long names alike": """
        A | dtks | .0505100011 | .0101100001 | MUHAMMAD HASAN | 05-05-2010
        B | dtks | .0505100012 | .0101100001 | MUHAMMAD HASIM | 05-05-2010
        B | pbi_jk | .0505100012 | .0101100001 | MUHAMMAD HASIM | 05-05-2010
        B | pkh  | | .0101100001 | MUHAMMAD HASIM | 05-05-2010""",
    "only one twin known, the other's NIK cut": """
        A | dtks | .4505100011 | .0101100001 | RINA | 05-05-2010
        not A | pbi_jk | .450510001 | .0101100001 | RINI | 05-05-2010""",
    "only one twin known, the other's NIK masked": """
        A | dtks | .4505100011 | .0101100001 | RINA | 05-05-2010
        not A | pkh  | .450510**** | .0101100001 | RINI | 05-05-2010""",
    "only one twin known, the other's NIK missing, names alike": """
        A | dtks | .0505100011 | .0101100001 | MUHAMMAD HASAN | 05-05-2010
        not A | pkh  | | .0101100001 | MUHAMMAD HASIM | 05-05-2010""",
    "a son named as his father": """
        A | dtks | .0505700001 | .0101100001 | HASAN | 05-05-1970
        B | dtks | .0606050001 | .0101100001 | HASAN | 06-06-2005
        A | bpnt | | .0101100001 | HASAN | 05-05-1970 | way=kk_nama_lahir
        B | pbi_jk | .060605**** | .0101100001 | HASAN | | way=kk_nama_lahir""",
    "a son named as his father, which of them not told": """
        A | dtks | .0505700001 | .0101100001 | HASAN | 05-05-1970
        B | dtks | .0606050001 | .0101100001 | HASAN | 06-06-2005
        - | bpnt | | .0101100001 | HASAN |""",
    "two of one name and two births in a family found nobody": """
        - | bpnt | | .0101100001 | HASAN | 05-05-1970
        - | pkh  | | .0101100001 | HASAN | 06-06-2005""",
    "the NIK of a stranger": """
        A | dtks | .0505800001 | .0101100001 | BUDI HARTONO | 05-05-1980
        - | bpnt | .0505800001 | .0303990003 | SITI AMINAH | 01-01-1961""",
    "the NIK of a stranger, no more told": """
        A | dtks | .0505800001 | .0101100001 | BUDI HARTONO | 05-05-1980
        - | bpnt | .0505800001 | | SITI AMINAH |""",
    "the NIK of a stranger on one list": """
        A | dtks | .0505800001 | .0101100001 | BUDI HARTONO | 05-05-1980
        - | dtks | .0505800001 | .0303990003 | SITI AMINAH  | 01-01-1961""",
    "a wife with her husband's NIK": """
        A | dtks | .0505800001 | .0101100001 | BUDI HARTONO | 05-05-1980
        B | dtks | .4606850002 | .0101100001 | SITI AMINAH | 06-06-1985
        B | pkh  | .0505800001 | .0101100001 | SITI AMINAH | 06-06-1985 | way=kk_nama_lahir""",
    "neighbours of one name": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        B | dtks | .0707750001 | .0202110002 | SUKIMAN | 07-07-1975
        - | blt_dd | | | SUKIMAN |""",
    "neighbours of one name and one birth": """
        A | dtks | .0107800001 | .0101100001 | SUKIMAN | 01-07-1980
        B | dtks | .0107800002 | .0202110002 | SUKIMAN | 01-07-1980
        - | blt_dd | | | SUKIMAN | 01-07-1980""",
    "brothers whose NIK share 12 digits": """
        A | dtks | .0107800001 | .0101100001 | SUKIMAN | 01-07-1980
        B | dtks | .0107800002 | .0202110002 | SUKIMAN | 01-07-1980
        - | pkh  | .010780**** | | SUKIMAN |""",
    "a family number of another family": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        B | dtks | .0606850001 | .0101100001 | AMINAH  | 06-06-1985
        C | bpnt | | .0101100001 | HARTONO | | way=orang_baru_kk_nama""",
    "a name alone": """
        A | dtks | .0505800001 | .0101100001 | NAZARUDDIN HUTAGALUNG | 05-05-1980
        - | blt_dd | ~ | | NAZARUDDIN HUTAGALUNG |
        - | bpnt | 2,10407E+15 | | NAZARUDDIN HUTAGALUNG |
        - | pkh  | 9999999999999999 | 0 | NAZARUDDIN HUTAGALUNG |""",
    "a masked NIK alone": """
        - | pkh  | .050580**** | | SUKIMAN | """,
    "births that contradict": """
        A | dtks | .0505800001 | .0101100001 | SUKIMAN | 05-05-1980
        not A | bpnt | | .0101100001 | SUKIMAN | 01-01-1955""",
    "the first NIK of a person known by a masked one, on another card": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        A | bpnt | .0505800001 | .0202990002 | SUKIMAN | | way=nik_tersamar_desa""",
    "the first NIK, another birth than the masked one shows": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        not A | bpnt | .0606900001 | .0202990002 | SUKIMAN |""",
    "the first NIK of two of one name who share the masked one's digits": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        B | bpnt | .0505800001 | .0202990002 | SUKIMAN | | way=orang_baru_nik
        C | bpnt | .0505800002 | .0303990003 | SUKIMAN | | way=orang_baru_nik""",
    "known by a masked number alone, masked again on another card": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        A | pkh  | .050580**** | .0202990002 | SUKIMAN | | way=nik_tersamar_desa
        A | pkh  | .050580**** | .0202990002 | SUKIMAN | | way=nik_tersamar_desa""",
    "masked again on another card, another name": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        B | pkh  | .050580**** | .0202990002 | SUKARDI | | way=orang_baru_kk_nama""",
    "masked again on another card, other digits": """
        A | lalu | | .0101100001 | SUKIMAN | 1980-05-05 | nik12=.050580
        B | pkh  | .060580**** | .0202990002 | SUKIMAN | 05-05-1980 | way=orang_baru_kk_nama""",
    "masked again on another card, of two who show the same": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        B | lalu | | .0303990003 | SUKIMAN | | nik12=.050580
        B | pkh  | .050580**** | .0303990003 | SUKIMAN | | way=kk_nama
        C | pkh  | .050580**** | .0202990002 | SUKIMAN | | way=orang_baru_kk_nama""",
    "two who show the same, of whom one was known": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        A | pkh  | .050580**** | .0101100001 | SUKIMAN | | way=nik_tersamar_desa
        B | pkh  | .050580**** | .0202990002 | SUKIMAN | | way=orang_baru_kk_nama""",
    "two who show the same, of whom one was known, both on other cards": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        B | pkh  | .050580**** | .0202990002 | SUKIMAN | | way=orang_baru_kk_nama
        C | pkh  | .050580**** | .0303990003 | SUKIMAN | | way=orang_baru_kk_nama""",
    "two who show the same, of whom one was known, on other cards of two lists": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        B | pkh  | .050580**** | .0202990002 | SUKIMAN | | way=orang_baru_kk_nama
        C | bpnt | .050580**** | .0303990003 | SUKIMAN | | way=orang_baru_kk_nama""",
    "two who show the same, of whom one was known, without a card": """
        A | lalu | | .0101100001 | SUKIMAN | | nik12=.050580
        - | pkh  | .050580**** | | SUKIMAN |
        - | pkh  | .050580**** | | SUKIMAN |""",
    "only one twin known, by a masked number, the other's masked too": """
        A | lalu | | .0101100001 | SITI AISYAH | 2010-05-05 | nik12=.450510
        not A | pkh | .450510**** | .0101100001 | SITI AISAH | 05-05-2010""",
    # two people whom a letter tells apart, or nothing but their births
    "twins without a number": """
        A | dtks | | .0101100001 | HASAN | 05-05-2010 | way=orang_baru_kk_nama
        B | dtks | | .0101100001 | HUSEN | 05-05-2010
        A | pbi_jk | | .0101100001 | HASAN | 05-05-2010
        B | pbi_jk | | .0101100001 | HUSEN | 05-05-2010""",
    "twins without a number, a letter apart": """
        A | dtks | | .0101100001 | SITI AISYAH | 05-05-2010
        B | dtks | | .0101100001 | SITI AISAH | 05-05-2010
        A | pbi_jk | | .0101100001 | SITI AISYAH | 05-05-2010
        B | pbi_jk | | .0101100001 | SITI AISAH | 05-05-2010""",
    "twins a letter apart, one of them with a number": """
        A | dtks | .4505100011 | .0101100001 | SITI AISYAH | 05-05-2010
        B | dtks | | .0101100001 | SITI AISAH | 05-05-2010 | way=orang_baru_kk_nama
        B | pbi_jk | | .0101100001 | SITI AISAH | 05-05-2010""",
    "only one twin known, the other without a number a letter apart": """
        A | dtks | .4505100011 | .0101100001 | SITI AISYAH | 05-05-2010
        not A | pkh | | .0101100001 | SITI AISAH | 05-05-2010""",
    "only one twin known, without a number, the other a letter apart": """
        A | lalu | | .0101100001 | SITI AISYAH | 2010-05-05
        not A | dtks | | .0101100001 | SITI AISAH | 05-05-2010
        not A | pbi_jk | .4505100012 | .0101100001 | SITI AISAH | 05-05-2010""",
    "only one twin known, the other's NIK cut, a letter apart": """
        A | dtks | .4505100011 | .0101100001 | SITI AISYAH | 05-05-2010
        - | blt_dd | .450510001 | | SITI AISAH |
        not A | bpnt | .450510001 | .0202220002 | SITI AISAH |""",
    "twins a letter apart, both numbers cut on one list": """
        A | dtks | .4505100011 | .0101100001 | SITI AISYAH | 05-05-2010
        A | pbi_jk | .450510001 | .0101100001 | SITI AISYAH | 05-05-2010
        B | pbi_jk | .450510001 | .0101100001 | SITI AISAH | 05-05-2010 | way=orang_baru_kk_nama""",
    "twins a letter apart, both numbers masked on one list": """
        A | dtks | .4505100011 | .0101100001 | SITI AISYAH | 05-05-2010
        A | pkh | .450510**** | .0101100001 | SITI AISYAH | | way=kk_nama_lahir
        B | pkh | .450510**** | .0101100001 | SITI AISAH | | way=orang_baru_kk_nama""",
    "a masked row twice on one list, misspelt alike": """
        A | dtks | .4505100011 | .0101100001 | SITI AISYAH | 05-05-2010
        A | pkh | .450510**** | .0101100001 | SITI AISAH | | way=nik_tersamar_kk
        A | pkh | .450510**** | .0101100001 | SITI AISAH | | way=nik_tersamar_kk""",
    "twins of one name to us, both on the second list": """
        A | dtks | .0502210002 | .0101100001 | FIRMAN HASAN | 05-02-2021
        A | pbi_jk | .0502210002 | .0101100001 | FIRMAN HASAN | 05-02-2021
        B | pbi_jk | .0502210005 | .0101100001 | FIRMAN HASSAN | 05-02-2021 | way=orang_baru_nik""",
    "twins of one name to us, one of them known": """
        A | lalu | .0502210002 | .0101100001 | FIRMAN HASAN | 2021-02-05
        A | dtks | .0502210002 | .0101100001 | FIRMAN HASAN | 05-02-2021
        B | dtks | .0502210005 | .0101100001 | FIRMAN HASSAN | 05-02-2021 | way=orang_baru_nik""",
    "father and son of one name on one list, the birth of one told": """
        - | dtks | | .0101100001 | HASAN | 05-05-1970
        - | dtks | | .0101100001 | HASAN |""",
    "father and son of one name on one list, the birth of one told, one of them on another": """
        - | dtks | | .0101100001 | HASAN | 05-05-1970
        - | dtks | | .0101100001 | HASAN |
        A | bpnt | | .0101100001 | HASAN | | way=orang_baru_kk_nama
        A | pkh  | | .0101100001 | HASAN | 05-05-1970 | way=orang_baru_kk_nama""",
    "father and son of one name on one list, the birth of one told, one of them on another without": """
        - | dtks | | .0101100001 | HASAN | 05-05-1970
        - | dtks | | .0101100001 | HASAN |
        - | bpnt | | .0101100001 | HASAN |""",
    "father and son of one name on one list, the birth of one told, that of another on another": """
        - | dtks | | .0101100001 | HASAN | 05-05-1970
        - | dtks | | .0101100001 | HASAN |
        - | pkh  | | .0101100001 | HASAN | 06-06-2005""",
    "father and daughter of one name, no birth told": """
        - | dtks | | .0101100001 | NUR | | jenis_kelamin=L
        - | pbi_jk | | .0101100001 | NUR | | jenis_kelamin=P""",
    "a father, and on the same list one of his name of whom nothing is told": """
        A | dtks | .0505700001 | .0101100001 | HASAN | 05-05-1970
        - | dtks | | .0101100001 | HASAN |""",
    "the first numbers of a family with two of one name": """
        A | lalu | | .0101100001 | HASAN |
        B | dtks | .0505700001 | .0101100001 | HASAN | 05-05-1970 | way=orang_baru_nik
        C | dtks | .0606050001 | .0101100001 | HASAN | 06-06-2005 | way=orang_baru_nik
        - | bpnt | | .0101100001 | HASAN |""",
    "mother and daughter of one name": """
        A | dtks | .4505700001 | .0101100001 | SITI AMINAH | 05-05-1970
        B | dtks | .4606050001 | .0101100001 | SITI AMINAH | 06-06-2005
        A | pkh | | .0101100001 | SITI AMINAH | 05-05-1970 | way=kk_nama_lahir
        B | pbi_jk | .460605000 | .0101100001 | SITI AMINAH | | way=nik_15_angka
        - | bpnt | | .0101100001 | SITI AMINAH |""",
}  # fmt: skip


@dataclass
class Line:
    """One row of a case: who it is, and how it should be recognised."""

    case: str
    who: str
    rid: int = 0
    way: str = ""
    cells: dict[str, str | None] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The orang_id of this person where an earlier period knows him."""
        return f"O{list(CASES).index(self.case):03}{self.who}"


def read_case(case: str, desa: list[str]) -> list[Line]:
    """The lines of a case, its numbers and its desa filled in."""
    number = list(CASES).index(case)
    here, elsewhere = f"21{number:04}", f"14{number:04}"
    lines = []
    for text in CASES[case].strip().splitlines():
        who, source, nik, no_kk, nama, lahir, *more = (cell.strip() for cell in text.split("|"))
        cells = dict(pair.split("=") for pair in (more[0].split() if more else []))
        line = Line(case, who, way=cells.pop("way", ""))
        cells |= {"sumber": source, "nik": nik, "no_kk": no_kk} | cells
        filled = {c: v.replace(".", here).replace(":", elsewhere) for c, v in cells.items()}
        filled |= {"nama": nama, "tanggal_lahir": lahir, "kode_wilayah": desa[number]}
        line.cells = {column: None if value == "~" else value for column, value in filled.items()}
        lines.append(line)
    return lines


@dataclass
class Batch:
    """All cases standardised: lines, rows of all sources, what earlier periods know, and of whom."""

    lines: list[Line]
    baris: ir.Table
    known: ir.Table
    persons: dict[str, int]


@pytest.fixture(scope="module")
def batch(rows: Rows, records: Records, keep: Keep, wilayah: ir.Table) -> Batch:
    """Standardise every row of every case."""
    desa = sorted(r["kode_desa"] for r in records(wilayah.select("kode_desa")))
    lines = [line for case in CASES for line in read_case(case, desa)]
    known = [line for line in lines if line.cells["sumber"] == "lalu"]
    kunci, kode = keep(wilayah_kunci(wilayah)), keep(wilayah_kode(wilayah))
    parts = []
    for order, source in enumerate(by_trust(REGISTER)):
        own = [line for line in lines if line.cells["sumber"] == source.name]
        fields = {f.name for f in source.fields}
        mentah = rows("mentah", *(
            {"berkas": f"2024-06/{source.name}/satu.csv", "baris": at}
            | {c: v for c, v in line.cells.items() if c in fields}
            for at, line in enumerate(own, 2)
        ))  # fmt: skip
        part = keep(standardise(source, order, mentah, kunci, kode))
        places = {r["baris"]: r["rid"] for r in records(part.filter(part.alasan == ""))}
        for at, line in enumerate(own, 2):
            line.rid = places[at]
        parts.append(part)
    pengenal = rows("pengenal", *(
        {"orang_id": line.key, "nama_baku": line.cells["nama"], "kode_desa": line.cells["kode_wilayah"]}
        | {"tanggal_lahir": _date(line.cells["tanggal_lahir"])}
        | {c: line.cells[c] for c in ("nik", "no_kk", "psnoka", "nik12") if line.cells.get(c)}
        for line in known
    ))  # fmt: skip
    numbered = keep(dikenal(pengenal))
    persons = {r["orang_id"]: r["orang"] for r in records(numbered)}
    return Batch(lines, keep(reduce(lambda a, b: a.union(b), parts)), numbered, persons)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.fixture(scope="module")
def links(batch: Batch, records: Records, keep: Keep) -> dict[int, dict[str, Any]]:
    """The link of each row that was linked, by rid."""
    found = records(link_persons(batch.baris, batch.known, REGISTER, keep))
    assert len({row["rid"] for row in found}) == len(found), "a row was linked twice"
    return {row["rid"]: row for row in found}


@pytest.mark.parametrize("case", CASES)
def test_rows_of_one_person_and_no_others_are_linked(batch: Batch, links: dict[int, dict[str, Any]], case: str) -> None:
    lines = [line for line in batch.lines if line.case == case]
    persons = {line.who: batch.persons[line.key] for line in lines if line.cells["sumber"] == "lalu"}
    for line in (line for line in lines if line.rid):
        orang = links.get(line.rid, {}).get("orang")
        if line.who == "-":
            assert orang is None, "linked to somebody"
        elif line.who.startswith("not "):
            assert orang != persons[line.who.removeprefix("not ")], "two people became one"
        else:
            assert orang == persons.setdefault(line.who, orang), "one person became two"
            assert orang is not None
    assert len(set(persons.values())) == len(persons), "two people became one"


WAYS = {f"{case}: {way}": (case, way) for case, text in CASES.items() for way in
        sorted({part.split()[0] for part in text.split("way=")[1:]})}  # fmt: skip


@pytest.mark.parametrize("named", WAYS)
def test_a_row_is_recognised_by_the_strongest_evidence(
    batch: Batch, links: dict[int, dict[str, Any]], named: str
) -> None:
    case, way = WAYS[named]
    lines = [line for line in batch.lines if line.case == case and line.way == way]
    assert [links[line.rid]["cara_padan"] for line in lines] == [way] * len(lines)


def test_every_way_has_a_case(links: dict[int, dict[str, Any]]) -> None:
    steps = {s.name for s in (*SOUND_STEPS, *NUMBERLESS_STEPS, *RESIDUE_STEPS)} | {"nik", *FOUNDED_SCORE}
    assert {row["cara_padan"] for row in links.values()} == steps


def test_the_order_of_rows_decides_nothing(
    batch: Batch, links: dict[int, dict[str, Any]], records: Records, keep: Keep
) -> None:
    shuffled = keep(batch.baris.order_by(batch.baris.rid.cast("string").hexdigest("md5")))
    again = records(link_persons(shuffled, batch.known, REGISTER[::-1], keep))
    assert {row["rid"]: row for row in again} == links
