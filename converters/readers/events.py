"""What is heard or done but not said: sounds, stage directions, breaks; in the languages that shows are printed in."""

import functools
import re
from collections.abc import Mapping
from typing import Final

from converters.document import Sound, SoundKind
from converters.readers.wording import listed, one_of

_SOUND_WORDS: Final[tuple[tuple[SoundKind, str], ...]] = (
    ("laughter", r"""
        laugh\w*  laugher  chuckl\w*  giggl\w*
        ris[ae]s?  r[ií]e\w*  lach\w*  gelächter  rires?  rit  risate
        смех\w*  сме[её]т\w*  צחוק\w*  צוחק\w*  ضحك  一?[大众眾全]?[场場体體]?笑[声聲い]?\w*  [哄苦]笑
    """),
    ("applause", r"""
        applau\w*  clap\w*  cheer\w*  aplauso\w*  beifall  applaudissement\w*  applausi  palmas
        аплодисмент\w*  מחיאות  掌声  掌聲  拍手  鼓掌  تصفيق
    """),
    ("music", r"""
        music\w*  songs?  singing  sings  jingle  theme  ♪  ♫
        música  canción  cabecera  sintonía  musik  musique  musica
        музык\w*  песня  מוזיקה  מוסיקה  音乐  音樂  音楽  موسيقى
    """),
    ("silence", r"""
        silence  pause\w*  long pause  silencio  pausa  stille  schweigen  silêncio
        пауза  молчание  שתיקה  沉默  沈黙  間
    """),
    ("crosstalk", r"""
        cross-?\s?talk\w*  overlapping  talking (?:over|simultaneously)  speaking (?:over|simultaneously)
        hablan a la vez  durcheinander  parlent en même temps  говорят одновременно
    """),
    ("unclear", r"""
        inaudible  indiscernible  indistinct  unintelligible  unclear  garbled
        ininteligible  unverständlich  unv\.?  inintelligible  inaudível
        неразборчиво  нрзб  לא ברור  לא נשמע  听不清  聽不清  聞き取れ\w*  聞き取り不能
    """),
    ("effect", r"""
        sound of  sounds?  sfx  phone  ring\w*  door  bell\w*  siren\w*  barks?  barking  beep\w*  knock\w*  cough\w*
        sigh\w*  gasp\w*  crying  sob\w*  noises?  static  clears? (?:his |her |their )?throat  whistl\w*  thunder
        \w+ (?:sound|noise|effect|rings?|barks?|slams?|opens|closes|beeps?|tone)
        tos\w*  suspir\w*  ruido\w*  timbre  teléfono  seufz\w*  hust\w*  räusper\w*  geräusch\w*  klingel\w*
        telefon\w*
        soupir\w*  bruit\w*  tousse  вздох\w*  вздыха\w*  кашл\w*  шум\w*  звонок  звук\w*  נאנח\w*  רעש  咳
        叹气  電話  ため息
    """),
    ("direction", r"""
        as (?:interpreted|delivered|translated)  (?:through|via) (?:an )?interpreter  off[- ](?:mic|camera|screen)
        (?:in|speaking|speaks) (?:spanish|english|french|german|arabic|hebrew|russian|chinese|japanese|foreign language)
        (?:begin|end|start)s? (?:of )?(?:video|audio|clip|recording|tape)
        (?:video|audio|film|tape) (?:clip|plays?|ends?)
        voice-?over  whisper\w*  shout(?:s|ing)  nods?  nodding  points?  pointing  shakes? (?:his |her )?head
        em (?:inglês|espanhol)  en (?:inglés|español|français)  auf (?:deutsch|englisch)  по-\w+  nickt  asiente
    """),
)  # fmt: skip
"""What brackets begin with that hold a sound: regular expressions, two spaces between, a line or so a language."""
_BREAKS: Final[tuple[tuple[SoundKind, str], ...]] = (
    ("break", """
        break  commercial break  ad break  short break  musical break  station break
        pausa  pausa publicitaria  werbepause  pause publicitaire  intervalo  перерыв  הפסקה  休息  休憩  間奏
    """),
    ("advert", """
        ad  ads  advert  adverts  advertisement  advertisements  commercial  commercials  sponsor  sponsors
        sponsor message  sponsor messages  sponsor break  sponsor read  promo  promos  spot  spots
        publicidad  anuncio  anuncios  werbung  publicité  pub  pubblicità  publicidade
        реклама  פרסומות  פרסומת  广告  廣告  広告  ｃｍ  cm
    """),
    ("music", """
        music  theme music  intro music  outro music  opening music  closing music  jingle  theme  theme song  song
        instrumental
        música  sintonía  cortinilla  musik  musique  музыка  заставка  音乐  音樂  音楽  מוזיקה
    """),
    ("effect", "sfx  sound  sound effect  sound effects  fx  effect  efecto  atmo  geräusch  actuality  grams"),
    ("direction", """
        caption  aston  super  on screen  on-screen  on screen text  on-screen text  graphic  action  scene
        stage direction  stage directions  einblendung  rótulo
    """),
    ("other", """
        intro  introduction  outro  cold open  teaser  tease  show teaser  show tease  preroll  pre-roll  postroll
        post-roll  midroll  mid-roll  bumper  transition  closing titles  closing credits  opening titles
        opening credits  end  fin  ende  конец  סוף
    """),
)  # fmt: skip
"""What a label names that is nobody: plain words, two spaces between."""
_END_OF: Final = re.compile(r"(?:end|start|begin|beginning) of (?:the )?|fin de la |ende der ", re.IGNORECASE)
_RECORDED: Final = frozenset("recording transcript audio interview episode tape side".split())


BRACKETED: Final = re.compile(
    r"\[[^\[\]\n]{1,60}\]|\([^()\n]{1,60}\)|（[^（）\n]{1,40}）|【[^【】\n]{1,40}】|\*[^*\n]{1,40}\*(?=\s|$)|"
    r"[♪♫♬][^♪♫♬\n]{0,200}[♪♫♬]|[♪♫♬]+"
)
_WHOLE: Final = re.compile(r"[\[(（【*](?P<inner>[^\[\]()（）【】*\n]{1,400})[\])）】*]\.?")
_MOST_WORDS: Final = 6


@functools.cache
def _sounds() -> tuple[tuple[SoundKind, re.Pattern[str]], ...]:
    return tuple((kind, one_of(words, r"(?<!\w)", r"(?!\w)")) for kind, words in _SOUND_WORDS)


@functools.cache
def _breaks() -> Mapping[str, SoundKind]:
    return {word: kind for kind, words in _BREAKS for word in listed(words)}


def sound_kind(bracketed: str) -> SoundKind | None:
    """Return what kind of sound brackets hold, None where they hold speech or a remark."""
    if bracketed[0] in "♪♫♬":
        return "music"
    inner = bracketed[1:-1].strip(" ♪♫♬.-–—")
    if not inner and bracketed.strip("[](){}（）【】* "):
        return "music"
    if len(inner.split()) > _MOST_WORDS:
        return None
    return next((kind for kind, words in _sounds() if words.match(inner)), None)


def whole_sound(text: str) -> Sound | None:
    """Return the sound that a paragraph consists of."""
    kind = sound_kind(text) if BRACKETED.fullmatch(text) else None
    return Sound(text, kind) if kind else None


def whole_event(text: str, *, known: bool = False) -> Sound | None:
    """Return the sound, or else the stage direction in brackets of its own, that a paragraph consists of.

    ``known``: only what the words themselves say is one.
    """
    if (found := whole_sound(text)) or known:
        return found
    match = _WHOLE.fullmatch(text)
    return Sound(text, _kind_of_direction(match["inner"])) if match and text[0] != "*" else None


_CAPITALS: Final = re.compile(
    r"(?:MUSIC|ACTUALITY|EXTRACT|ARCHIVE|SFX|FX|GRAMS|ATMO|MUSIK|GERÄUSCH|MÚSICA|SONIDO|SINTONÍA|CLOSING|OPENING|"
    r"МУЗЫКА|РЕКЛАМА|ЗАСТАВКА|JINGLE|BREAK|APPLAUSE|LAUGHTER|CAPTION|ASTON|TITLES?|END|CREDITS|SOUND|SCENE)\b"
)
_BY: Final = re.compile(r"(?:BY|VON|POR|PAR) (?:M[RS]S?|DR)\b[^\n:]{0,60}:")


def printed_event(text: str) -> Sound | None:
    """Return what a line in capitals, such as ``MUSIC`` or ``BY MS. LEE:``, says that happens."""
    short = len(text.split()) <= _MOST_IN_CAPITALS
    if short and ((_CAPITALS.match(text) and not text.endswith((".", "!", "?"))) or _BY.fullmatch(text)):
        return Sound(text, _kind_of_direction(text))
    kind = event_kind(text)
    bare_word = not text.isupper() and text[-1:].isalnum() and text[:1].isalnum()
    return Sound(text, kind) if kind and not bare_word else None


_NUMBER: Final = re.compile(r"(?<=\w)\s+#?\d{1,3}$")
_MOST_IN_CAPITALS: Final = 10


def is_printed_heading(text: str) -> bool:
    """Tell whether a line is set in capitals from end to end, as typists set headings, and is no sentence."""
    return (
        text.isupper()
        and sum(map(str.isalpha, text)) >= _LEAST_LETTERS
        and len(text.split()) <= _MOST_IN_HEADING
        and not text.endswith((".", "!", "?", "…", ",", ";", ":", ")", "]"))
    )


_LEAST_LETTERS: Final = 4
_MOST_IN_HEADING: Final = 14


def _kind_of_direction(inner: str) -> SoundKind:
    heard: list[SoundKind] = [kind for kind, words in _sounds() if words.search(inner)]
    return event_kind(inner) or (heard[0] if heard else "direction")


def event_kind(label: str) -> SoundKind | None:
    """Return what a label names that is no person but something that happens: ``Break``, ``Outro``, ``Musik``."""
    bare = _NUMBER.sub("", label.strip(" []()*.:–—-"))
    if kind := _breaks().get(bare.casefold()):
        return kind
    rest = _END_OF.sub("", bare, count=1).casefold() if _END_OF.match(bare) else ""
    return _breaks().get(rest) or ("other" if rest.split(" ")[0] in _RECORDED else None)
