"""Words in capitals in English: said as words, or letter by letter.

NATO is a word, and OSCE is not. A listed word is said as it is listed; capitals for emphasis,
and whole lines of capitals, are words; any other run of up to five letters is spelled where an
engine would try to pronounce it (it says ``ike`` for the ICC). What an engine spells by itself,
which is whatever has no vowel, stays as printed. Letters are parted by points: a lone A would be
the article.
"""

import re
from functools import cache
from typing import Final

WORDS: Final = frozenset(
    (
        "ABBA ACK ACORN AIDS AIPAC AJAX AMBER AMP APEC ARC ARM ASCAP ASCII ASEAN ASIC ASUS AUKUS AUTO BASE BASIC "
        "BIOS BIP BIPOC BRICS CAPTCHA CARE CEDAW CERN CISA COBOL COINTELPRO COVID CRISPR CUNY DACA DAG DAO DARPA "
        "DOM DOS DREAM EARS EBCDIC ECMA ECOWAS EFTA ELIZA ENIAC EPCOT ETH EVE FARC FEMA FERPA FICA FIDE FIFA "
        "FINRA FOCIL FOMO FOSTA FRONTEX GATT GAVI GIF GLAAD GUI GUID HAARP HAL HAMAS HIPAA HUD IDENT IKEA "
        "INTERPOL ISIL ISIS JAWS JIT JPEG JSON JSTOR LAN LASER LEED LEGO LGBT MAC MAGA MASH MERCOSUR MERS NAFTA "
        "NAMBLA NAS NASA NASCAR NASDAQ NAT NATO NET NIMBY NOAA NORAD NOW NSYNC OCHA OP OPEC OSHA OWASP OXFAM "
        "PATRIOT PEP PETA PI PIE PIN POTUS QUIC RADAR RAM REIT RICO ROM ROTC SAG SALT SAN SARS SCADA SCOTUS SCUBA "
        "SEAL SEALS SEATO SESTA SHA SIG SIL SIM SNAP SONAR SOPA SPAC START STEAM SUNY SWAT SWIFT SYN TAFE TED "
        "TERF THAAD TIL TIPS TOR UEFA UNESCO UNICEF UNIFIL UNITA UNIX UNRWA USAID VIN VISTA WASP WAV WEP WIC WIPO "
        "XOR YAML YIMBY YOLO ZIP"
    ).split()
)
"""Initials that are said as a word."""

RESPELLED: Final = {
    "ICE": "Ice", "USAID": "US Aid", "CO2": "C O 2", "CO₂": "C O 2", "O2": "O 2", "O₂": "O 2", "AIPAC": "Eighpack",
    "HIPAA": "Hippa", "GLAAD": "Glad", "IEEE": "I triple E",
    "JPEG": "jay peg", "REIT": "reet", "ETH": "Eeth", "IRA": "I R A",
}  # fmt: skip

SPELLED_BY_ENGINES: Final = frozenset(
    (
        "AAA ABC AC ADHD AES AGPL AI AMD AOL API ASAP CEO CFI CFO CIA CIO CPU CTO CVE DIY DMA DNA DOJ DPA DSA EFF "
        "ESPN EU FBI FDA FPGA FYI GPU HBO HIV IBM ICMP ID IE IETF IIS IOS IP IRC IRS ISP IT LA LAPD MBA MIT MPA "
        "MTA NBA NBC NPA NSA NY OCD OK OMG OS PCI PSA RFE RSA SRE SSE SUV TV TVS UCLA UDP UEFI UFO UI UK UN UNHCR "
        "URL US USA USB USD USDA USSR UTC UTF UUID UV WNBA WPA WTO"
    ).split()
)
"""Initials with a vowel that the default engine spells as a person would, so that they stay as printed."""

SPELLED: Final = frozenset(
    (
        "AARP ACLU AFL AGI AIG AKA AOC ASL AWACS COO DEA DEI DHS DIA EBRD EEOC EKG EMS EPA ERA ESL ETA FAA FAQ "
        "FDIC FOIA GAO GOP IAEA ICBM ICC ICE ICIJ ICU IDF IEA IMF IPO IRA ITN IUD IVF LED LGBTQIA LIV LOL MIA MOU "
        "NAACP NCAA NEA NGO NIAID NIH NYU OAS OHCHR OPCW OSCE PA PAC PAO PLO PTA SEC SEIU TKIP UAE UAW UC UNC "
        "UNDP UPI USAF USC UTI UTXO UTXOS VIP VOA YMCA YWCA"
    ).split()
)
"""Initials that look like a word, or stand so often in lines of capitals that they must be known."""

COMMON: Final = frozenset(
    (
        "ABLE ABOUT ABOVE AFTER AGAIN AGE AGES AGO AH ALL ALMOST ALONE ALSO AM AN AND ANY ARE AREA ART AS ASK "
        "ASKED AT AWAY BACK BAD BAN BANG BE BEEN BEST BIG BLACK BODY BOOK BOOM BOTH BOY BREAK BUT BUY BY CALL "
        "CAME CAN CARE CASE CHILD CITY COME COULD CUT DATE DAY DAYS DEAD DEAR DEATH DID DIE DO DOES DOING DONE "
        "DOWN EACH EARLY EAT END EVEN EVER EVERY FACE FACT FALSE FAR FEAR FEEL FEW FIGHT FILE FIND FINE FIRE "
        "FIRST FIVE FOOD FOR FOUND FOUR FREE FROM FULL FUN GAVE GET GETS GIRL GIVE GIVEN GO GOD GOES GOING GONE "
        "GOOD GOT GREAT GUEST GUN GUY GUYS HA HAD HALF HAND HARD HAS HATE HAVE HE HEAD HEAR HEART HELL HELLO HELP "
        "HER HERE HEY HI HIGH HIM HIS HOLD HOME HOPE HOST HOSTS HOT HOUR HOUSE HOW HUGE HUMAN IDEA IF IN INTO "
        "INTRO IS ISSUE ITS JOB JOHN JOIN JUST KEEP KIDS KIND KNEW KNOW LAND LAST LATE LATER LAUGH LAW LEAD LEARN "
        "LEAST LEAVE LEFT LESS LET LETS LIE LIES LIFE LIKE LIST LITTLE LIVE LIVED LIVES LONG LOOK LOST LOT LOUD "
        "LOVE LOVED MADE MAIN MAKE MAKES MAN MANY MARK MASK MAY ME MEAN MEANS MEN MIGHT MIND MINE MONEY MONTH "
        "MORE MOST MOVE MUCH MUSIC MUST MY NAME NEED NEVER NEW NEWS NEXT NICE NIGHT NINE NO NONE NOR NOT NOTE NOW "
        "OF OFF OFTEN OH OKAY OLD ON ONCE ONE ONES ONLY OPEN OR OTHER OUR OURS OUT OUTRO OVER OWN PAIR PART PAST "
        "PATCH PAY PEACE PLACE PLAN PLAY POINT POOR POST POWER QUICK QUIET QUITE QUOTE RACE READ READY REAL RIGHT "
        "RISK RUN SAFE SAID SAME SAVE SAW SAY SAYS SEE SEEN SELF SELL SEND SENT SET SEVEN SHE SHIT SHOT SHOUT "
        "SHOW SHUT SIDE SINCE SIT SIX SLOW SMART SO SOME SONG SOON SORRY SORT STAND START STATE STAY STILL STOP "
        "STORY SUCH SURE TAKE TAKEN TAKES TALK TEAM TEASE TELL TEN TEXT THAN THANK THAT THE THEIR THEM THEN THERE "
        "THESE THEY THING THINK THIRD THIS THOSE THREE TIME TIMES TITLE TO TODAY TOLD TOO TOOK TOP TOTAL TRUE "
        "TRUST TRUTH TRY TURN TWICE TWO UGH UH UM UNDER UNTIL UP UPON USE USED VERY VIDEO VOICE VOTE WAIT WAKE "
        "WALK WANT WANTS WAR WAS WATER WAY WAYS WE WEEK WELL WENT WERE WHAT WHEN WHERE WHICH WHILE WHITE WHO "
        "WHOLE WHOM WHOSE WHY WIFE WILL WIN WITH WOMAN WOMEN WON WORD WORDS WORK WORKS WORLD WORSE WORST WORTH "
        "WOULD WOW WRITE WRONG YEAH YEAR YEARS YELL YELLS YES YET YOU YOUNG YOUR YOURS ZERO"
    ).split()
)
"""Short words that people put in capitals to stress them."""

US_IS_PEOPLE: Final = frozenset("about among between contact follow for give help join let show tell with".split())
LONG: Final = 6
"""Letters from which on capitals are a word: initials that long are said as one, as UNESCO is."""

SHORT: Final = 4
"""Letters from which on capitals may be a word: most initials have two or three."""

PAIR: Final = 2
LINE: Final = 3
"""Words in capitals, one after the other, that make a line of capitals."""

SHAPE: Final = re.compile(
    "(?:[^AEIOUXQ]|[CKPBGFS]L|[CKPBGFDT]R|S[CHKMNPTW]|TH|WH|CH|TW|QU|KN|WR)?[AEIOU]"
    "(?:[^AEIOU]|[NRL][DTKSMPG]|S[TKP]|M[PS]|CK|[TPKN]S|LL|SS|CH|SH|TH|CT|FT|PT)[AEIO]?$"
)
"""Four or five letters that look like one English word; fewer may be anything."""

VOWEL: Final = re.compile("[AEIOUY]")
RUN: Final = re.compile(r"(?<![\w.’'])[A-Z][A-Z’'-]*(?:s\b)?(?![\w])(?:[ ,;:—–-]+[A-Z][A-Z’'-]*(?:s\b)?(?![\w]))*")
TOKEN: Final = re.compile(r"\b([A-Z]{2,})([’']?s\b|[’']S\b)?(?![\w])")
ROMAN_SIGNS: Final = re.compile(r" [IVXL]+\b| I\b")
GAS: Final = re.compile(r"\b(?:CO[2₂]|O2)(?!\w)")


def capitals_said(text: str) -> str:
    """Return a sentence with its words in capitals as they are said."""
    if ROMAN_SIGNS.search(text):
        text = _roman().sub(_roman_words, text)
    if "O2" in text or "O₂" in text:
        text = GAS.sub(lambda found: RESPELLED[found[0]], text)
    if "he WHO" in text:
        text = re.sub(r"\b([Tt]he) WHO\b", r"\1 W.H.O", text)
    return RUN.sub(_run, text)


def _run(found: re.Match[str]) -> str:
    run = found[0]
    words = [word for word in re.findall(r"[A-Z’'-]+s?", run) if word.strip("’'-")]
    plain = [word for word in words if _is_plain(word)]
    is_line = len(words) >= LINE and len(plain) * 2 >= len(words)
    beside_a_name = len(words) > 1 and any(len(word) >= LONG for word in plain)
    return TOKEN.sub(lambda one: _token(one, is_line=is_line, beside_a_name=beside_a_name, run=run), run)


def _is_plain(word: str) -> bool:
    """Tell whether a run in capitals looks like a word, and is none of the initials."""
    known = SPELLED | WORDS | SPELLED_BY_ENGINES
    if word in {"I", "A"} or word in COMMON:
        return True
    looks_like_one = len(word) >= LONG or (len(word) >= SHORT and bool(SHAPE.match(word)))
    return looks_like_one and word.removesuffix("s") not in known and bool(VOWEL.search(word))


def _token(found: re.Match[str], *, is_line: bool, beside_a_name: bool, run: str) -> str:
    letters, ending = found[1], found[2] or ""
    if letters in RESPELLED:
        return RESPELLED[letters] + ending.lower()
    if is_line and (letters in COMMON or letters == "IT" or (letters == "US" and _means_people(run, found.start()))):
        return (letters.lower() if found.start() else letters.capitalize()) + ending.lower()
    if letters in SPELLED:
        return _spelled(letters, ending)
    if letters in SPELLED_BY_ENGINES or letters in COMMON or not VOWEL.search(letters):
        return found[0]
    if letters in WORDS or is_line or (beside_a_name and len(letters) >= SHORT):
        stays = letters in WORDS and not ending  # an engine leaves the S of GIFs out
        return found[0] if stays else letters.capitalize() + ending.lower()
    is_word = len(letters) >= LONG or (len(letters) >= SHORT and SHAPE.match(letters)) or _is_label(found, run)
    return found[0] if is_word else _spelled(letters, ending)


def _is_label(found: re.Match[str], run: str) -> bool:
    """Tell whether a run is one word that stands before a colon."""
    return len(found[1]) >= SHORT and found[0] == run and found.string[found.end() : found.end() + 1] == ":"


def _spelled(letters: str, ending: str) -> str:
    """Return the letters parted by points; ``N.G.O’s`` for several, or an engine says ``O S``."""
    if not ending:
        return ".".join(letters)
    between = "-" if len(letters) == PAIR else " " if letters[-1] == "S" else "."  # or an engine says “dot”
    return between.join(letters) + "’s"


def _means_people(run: str, place: int) -> bool:
    before = re.findall(r"[A-Z]+", run[:place])
    return bool(before) and before[-1].lower() in US_IS_PEOPLE


# Roman numbers -------------------------------------------------------------------------------

NUMBERED: Final = (
    "War|Wars|Act|Appendix|Article|Book|Bowl|Chapter|Class|Grade|Level|Mark|Part|Phase|Schedule|Scene|Section|Stage|Step|"
    "Tier|Title|Type|Unit|Vatican|Volume|Season|Episode|Round"
)
RULERS: Final = (
    "Albert|Alexander|Alfonso|Benedict|Boris|Carlos|Catherine|Charles|Christian|Clement|Constantine|Edward|Elizabeth|"
    "Felipe|Ferdinand|Francis|Frederick|Friedrich|George|Gregory|Gustav|Haakon|Harald|Harry|Henry|Hussein|Innocent|Ivan|James|John|"
    "John Paul|Joseph|Juan Carlos|Karl|King|Leo|Leopold|Louis|Ludwig|Mary|Mehmed|Mohammed|Muhammad|Napoleon|Nicholas|"
    "Otto|Paul|Peter|Philip|Pius|Ramses|Richard|Robert|Selim|Thomas|Umberto|Urban|Victor|Wilhelm|William|Xerxes"
)
FAMILY: Final = frozenset({"II", "III", "IV"})
ORDINALS: Final = (
    "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth Fourteenth "
    "Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth Twentieth"
).split()
ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50}


@cache
def _roman() -> re.Pattern[str]:
    """Match a number after what is numbered, after a ruler, after two names, and before a century."""
    return re.compile(
        rf"\b(?P<what>{NUMBERED}) (?P<count>[IVXL]{{2,}}|[VX]|I(?=[,.;:?!)”]|$| of\b| and\b))\b"
        rf"|\b(?P<ruler>{RULERS}) (?P<place>[IVX]{{2,}}|[VX])\b"
        r"|\b(?P<title>(?:King|Queen|Pope|Tsar|Emperor|Empress) [A-Z][a-z]+) (?P<first>I)\b"
        r"|\b(?P<century>[XVI]{2,}) (?=[Cc]entur)"
        r"|\b(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?P<number>II|III|VI|VII|VIII|IX|XI|XII|XIII|XIV|XV)\b"
    )


def _roman_words(found: re.Match[str]) -> str:
    part = found.groupdict()
    if part["what"]:
        return f"{part['what']} {_value(part['count'])}"
    if part["ruler"]:
        return f"{part['ruler']} the {ORDINALS[min(_value(part['place']), len(ORDINALS)) - 1]}"
    if part["title"]:
        return f"{part['title']} the First"
    if part["century"]:
        return f"{_value(part['century'])}th "
    number, last = _value(part["number"]), part["name"].split()[-1]
    is_person = last in RULERS.split("|") or (" " in part["name"] and part["number"] in FAMILY)
    if is_person and last not in NUMBERED.split("|"):
        return f"{part['name']} the {ORDINALS[number - 1]}"
    return f"{part['name']} {number}"


def _value(numeral: str) -> int:
    values = [ROMAN_VALUES[sign] for sign in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
