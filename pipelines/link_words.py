"""How a row came to its person, as an officer reads it; and a number of a person as a screen may show it."""

from pipelines.linkage_steps import (
    BY_NIK,
    FOUNDED_BY_KK,
    FOUNDED_BY_NIK,
    FOUNDED_BY_PSNOKA,
    NUMBERLESS_STEPS,
    RESIDUE_STEPS,
    SOUND_STEPS,
)
from pipelines.newborn_pairs import BY_CARD, BY_REGISTRY
from pipelines.verdicts import BY_PERSON, BY_WEIGHT

_FOUNDED = {
    FOUNDED_BY_NIK: "orang baru: NIK sah yang belum dikenal",
    FOUNDED_BY_KK: "orang baru: No KK dan nama yang belum dikenal",
    FOUNDED_BY_PSNOKA: "orang baru: nomor peserta BPJS yang belum dikenal",
}
_WEIGHED = {BY_WEIGHT: "bobot seluruh bukti, lihat yang sama dan yang beda", BY_PERSON: "keputusan petugas"}
_NEWBORN = {
    BY_REGISTRY: "nomor registri dan tanggal lahir sama, satu di antaranya belum bernama",
    BY_CARD: "No KK dan tanggal lahir sama, satu di antaranya belum bernama",
}
_STEPS = {step.name: step.kalimat for step in (BY_NIK, *SOUND_STEPS, *NUMBERLESS_STEPS, *RESIDUE_STEPS)}
_SENTENCES = {**_STEPS, **_FOUNDED, **_NEWBORN, **_WEIGHED}
_WHOLE, _HEAD, _TAIL, _SHORT = 14, 6, 4, 2


def way(cara_padan: str) -> str:
    """The sentence of a step; its name where there is none."""
    return _SENTENCES.get(cara_padan, cara_padan)


def masked(number: str) -> str:
    """`210407******0001`: the first six and the last four of a whole number; of a shorter one the first two."""
    if len(number) >= _WHOLE:
        return f"{number[:_HEAD]}{'*' * (len(number) - _HEAD - _TAIL)}{number[-_TAIL:]}"
    return number[:_SHORT] + "*" * (len(number) - _SHORT)
