"""What the columns, keys and attributes of transcripts are called, in the languages they are called it in."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, Literal

import msgspec

Kind = Literal["speaker", "text", "begin", "end", "duration"]

_VOCABULARY: Final[dict[Kind, str]] = {
    "speaker": """
        chiparla quienhabla quiparle werspricht quemfala whospeaks wiespreekt ктоговорит
        speaker speakername who talker spokenby saidby hablante orador oradora locutor locutora interviniente
        interlocutor sprecher sprecherin sprechende redner rednerin locuteur locutrice intervenant intervenante orateur
        oratrice falante orador relatore oratore oratrice parlante interlocutore spreker talare taler puhuja mowca
        rozmowca mluvci recnik konusmaci konusan ομιλητης говорящий спикер докладчик выступающий участник мовець
        доповідач דובר דוברת הדובר المتحدث المتحدثة المتكلم متحدث वक्ता 话者 話者 发言人 發言人 说话人 說話人
        说话者 說話者 讲者 講者 讲话人 演讲者 発言者 話し手 発話者 スピーカー 화자 발화자 발언자 말하는사람
        spk spkr speakerlabel speakerid speakertag personref voice agent participant teilnehmer teilnehmerin
        interveniente member spokesperson panelist moderator interviewee
        | name person people persona personne pessoa wer quien chi qui quem kto кто wie vem hvem מי שם الاسم
        nombre nom nome naam namn navn имя имяфамилия 姓名 人物 名前 氏名 嘉宾 角色 이름 character role rolle rol
        actor cast author autor user sender von from by channelname label spokenlabel""",
    "text": """
        punctuatedword display displaytext text body transcript utterance speech wortlaut redetext redebeitrag texto
        intervencion transcripcion dialogo parlamento testo battuta trascrizione texte propos paroles transcription
        replique enonce fala transcricao tekst tekst inhalt gesagtes ausserung beitrag transkript transkription
        tresc wypowiedz metin konusma teksti κειμενο текст реплика слова высказывание речь טקסט תמליל דברים
        النص الكلام نص पाठ 文本 文字 内容 內容 发言 發言 发言内容 發言內容 台词 对白 原文 発言 発言内容 発話
        テキスト 本文 文字起こし セリフ 내용 발언 텍스트 발화 대사 caption subtitle sentence dialogue dialog
        utf8 words spoken said statement
        | content contenido contenu contenuto conteudo inhoud содержание תוכן المحتوى message nachricht mensaje
        quote line frase satz phrase value word token t w""",
    "begin": """
        start begin starttime begintime timestamp timecode tc starts starting onset offset tcin timein intime ts
        inicio comienzo desde beginn anfang zeitmarke zeitstempel startzeit debut horodatage minutage inizio
        comeco poczatek zacatek baslangic alku εναρξη αρχη начало старт начинается початок התחלה البداية
        开始 開始 开始时间 開始時間 起始 起始时间 时间戳 開始時刻 タイムコード 시작 시작시간
        | time hora tiempo minuto zeit uhrzeit heure temps tempo tempo ora tijd tid czas cas zaman aika χρονος
        время час זמן שעה الوقت الزمن समय 时间 時間 時刻 시간
        from von de od от in position marca at t s m startoffset offset""",
    "end": """
        end endtime stop stoptime finish tcout timeout outtime offsetend endoffset endts fin final hasta bis ende
        endzeit endpunkt fine fim termino einde eind slut koniec konec bitis loppu τελος ληξη конец окончание
        кінець סיום סוף النهاية 结束 結束 结束时间 結束時間 終了 終了時刻 終了時間 끝 종료 종료시간
        | to do до a out e""",
    "duration": """
        duration dur length dauer duracion duree durata duracao duur trvani sure kesto διαρκεια длительность
        продолжительность משך المدة 时长 時長 長さ 길이 | d""",
}  # fmt: skip
_NOISE: Final = frozenset(
    """the of del la le der die das column field col audio segment seg data original spk hh mm ss hhmmss mmss ms msec
    millis milliseconds s sec secs second seconds segundos sekunden ticks code value current""".split()
)
_NEVER: Final = frozenset("type confidence score probability logprob count translation kind role".split())
_IDS: Final = frozenset("id ids uid uuid guid no nr num number index idx".split())
_STRANGE: Final = 2
"""Words that say nothing to us: with more of them it is a sentence, and no name of a column."""
_WORD: Final = re.compile(r"[^\W_]+")
_HUMP: Final = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Named(msgspec.Struct, frozen=True, order=True):
    """What a column may hold, going by its name; ``rank`` counts from the surest name, ``weak`` names need proof."""

    weak: bool
    rank: int
    kind: Kind


@lru_cache(maxsize=4096)
def meanings(name: str) -> tuple[Named, ...]:
    """Return what a field of this name may hold, the likeliest first; empty where the name says nothing."""
    parts = words_of_name(name)
    whole = "".join(part for part in parts if part not in _NOISE) or "".join(parts)
    found = _known().get("".join(parts), ()) or _known().get(whole, ())
    barred = _NEVER & set(parts) or (_IDS & set(parts) and "speaker" not in parts)
    return found or (() if barred else _of_parts(parts))


def _of_parts(parts: tuple[str, ...]) -> tuple[Named, ...]:
    if any(part.isdecimal() for part in parts) or sum(map(_is_strange, parts)) > _STRANGE:
        return ()
    several = len(parts) > 1
    found = {one for part in parts for one in _beginning(part) if not (several and one.weak) or one.kind == "end"}
    return tuple(sorted(found, key=lambda one: (_PARTS.index(one.kind), one.rank)))


def _is_strange(part: str) -> bool:
    return part not in _NOISE and part not in _IDS and not _beginning(part)


def _beginning(part: str) -> tuple[Named, ...]:
    """Return what a word means, or the known word that it begins with: ``Sprechername``, ``発言者名``."""
    shortest = 6 if part.isascii() else 2
    beginnings = (part[:length] for length in range(len(part), 0, -1) if length >= shortest or length == len(part))
    return next((known for word in beginnings if (known := _known().get(word))), ())


_PARTS: Final[tuple[Kind, ...]] = ("end", "duration", "begin", "speaker", "text")
"""Of a name such as ``end_time`` or ``speaker text``, which part counts first."""


@lru_cache(maxsize=4096)
def words_of_name(name: str) -> tuple[str, ...]:
    """Return ``start``, ``time``, ``ms`` for ``startTimeMs``: no case, no accents, no punctuation."""
    return tuple(_WORD.findall(_folded(_HUMP.sub(" ", name))))


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _known() -> dict[str, tuple[Named, ...]]:
    known: dict[str, list[Named]] = {}
    for kind, words in _VOCABULARY.items():
        strong, _, weak = words.partition("|")
        for is_weak, group in ((False, strong), (True, weak)):
            for rank, word in enumerate(group.split()):
                known.setdefault(_folded(word), []).append(Named(is_weak, rank, kind))
    return {word: tuple(sorted(found)) for word, found in known.items()}
