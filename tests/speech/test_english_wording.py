"""English as printed, and as a person would say it; what a voice says well by itself stays as printed."""

import pytest

from converters.document import LanguageTag
from converters.narration.wording import sayable

ENGLISH = LanguageTag("en")

YEARS = """
in 1994 | in nineteen ninety-four
in 1905 | in nineteen oh five
in 1900 | in nineteen hundred
in 2003 | in 2003
since 2014. | since twenty fourteen.
by 2030, | by twenty thirty,
1994’s best | nineteen ninety-four’s best
mid-2014 | mid-twenty fourteen
the 1990s | the nineteen nineties
the 1800s | the eighteen hundreds
the 2000s | the two thousands
the 2010s | the twenty tens
the ’90s | the nineties
the '60s | the sixties
the 90's | the nineties
mid-90s | mid-nineties
in her 30s | in her thirties
the class of ’05 | the class of oh five
the class of ’94 | the class of ninety-four
1914–18 | nineteen fourteen to 18
1914–1918 | nineteen fourteen to nineteen eighteen
2019-2020 season | twenty nineteen to twenty twenty season
c. 1850 | circa eighteen fifty
1500 people | 1500 people
$1999 | 1999 dollars
2022-02-24 | February 24th, twenty twenty-two
Jan. 6, 2021 | January 6th, twenty twenty-one
Oct 7 | October 7th
February 24 and 24 February | February 24th and 24 February
May 1st | May 1st
the 24th of February | the 24th of February
9/11/2001 | 9 11 2001
"""

NUMBERS = """
10,000 and 1,000,000 | 10,000 and 1,000,000
3.14, 0.5 | 3.14, 0.5
the 1,000th ramp | the 1000th ramp
1st, 2nd, 3rd, 21st | 1st, 2nd, 3rd, 21st
3–5 people | 3 to 5 people
3-5 people | 3 to 5 people
1,000–2,000 steps | 1,000 to 2,000 steps
10–15% | 10 to 15%
10%-15% | 10% to 15%
1.5-2.5 | 1.5 to 2.5
they won 3–2 | they won 3 to 2
a 5-4 decision | a 5 to 4 decision
a 50-50 split | a 50 50 split
4-4-2 | 4 4 2
the 20-year-old | the 20-year-old
COVID-19 and F-16 | COVID-19 and F-16
two F-16s | two F-sixteens
ones and 0s | ones and zeros
9/11 | 9 11
24/7 | 24 7
24-7 | 24 7
50/50 | 50 50
24/7/365 | 24 7 365
1/2 cup | one half cup
3/4 of us | three quarters of us
2/3 | two thirds
2 1/2 cups | 2 and a half cups
1 3/4 miles | 1 and three quarters miles
1/5 of it | one fifth of it
8/10 | 8 out of 10
10/100 | 10 100
½ cup and 2½ cups | ½ cup and 2 and ½ cups
5:30 p.m. | 5:30 p.m.
5:00 p.m. | 5 p.m.
5:00 | 5 o’clock
9:05 | 9 oh 5
17:00 | 17 hundred
9:00-5:00 | 9 o’clock to 5 o’clock
5 p.m. Eastern | 5 p.m Eastern
John 3:16 | John 3:16
a 3:1 ratio | a 3 to 1 ratio
call 911 now | call 9 1 1 now
555-0100 | 5 5 5, 0 1 0 0
(555) 123-4567 | 5 5 5, 1 2 3, 4 5 6 7
1-800-555-0100 | 1, 8 0 0, 5 5 5, 0 1 0 0
+1 555 0100 | plus 1, 5 5 5, 0 1 0 0
20°C | 20 degrees Celsius
70 °F | 70 degrees Fahrenheit
a 45° slope | a 45° slope
-5 degrees | -5 degrees
90% | 90%
5 km, 1 km, 21 km | 5 kilometers, 1 kilometer, 21 kilometers
80 km/h | 80 kilometers an hour
900 sq ft | 900 square feet
5'10" tall | 5 foot 10 tall
2x4 and 3×5 | 2 by 4 and 3 by 5
~50 people | about 50 people
<5 percent, >3 times | less than 5 percent, more than 3 times
#1 | number 1
No. 5 and Nos. 3 and 4 | Number 5 and Numbers 3 and 4
I said no. 5 of us left. | I said number 5 of us left.
no. That is it | no. That is it
p. 5, pp. 3–4, vol. 2 | page 5, pages 3 to 4, volume 2
"""

MONEY = """
$5 | 5 dollars
$1 | 1 dollar
$2.5 million | 2.5 million dollars
$3.5 Million | 3.5 million dollars
£40 | 40 pounds
€30 | 30 euros
¥500 | 500 yen
$1.50 | 1 dollar and 50 cents
$0.99 | 99 cents
£2.05 | 2 pounds and 5 pence
$2,500 | 2,500 dollars
$100K, $3M, $1.2bn | 100 thousand dollars, 3 million dollars, 1.2 billion dollars
$5-10 million | 5 to 10 million dollars
from $5 to $6 | from 5 to 6 dollars
US$5 and C$5 | 5 US dollars and 5 Canadian dollars
$20/hour | 20 dollars an hour
$300 a month | 300 dollars a month
a $5 bill | a 5 dollar bill
a $2.5 million grant | a 2.5 million dollar grant
the $787 billion stimulus | the 787 billion dollar stimulus
the $5 we owe | the 5 dollars we owe
"""

CAPITALS = """
NATO, NASA, UNESCO, UNICEF, OPEC, AIDS | NATO, NASA, UNESCO, UNICEF, OPEC, AIDS
the OSCE | the O.S.C.E
the US, the UN, the EU, the BBC, the FBI | the US, the UN, the EU, the BBC, the FBI
the ICC, the IMF, the ACLU | the I.C.C, the I.M.F, the A.C.L.U
an NGO, two NGOs | an N.G.O, two N.G.O’s
the NGO's work | the N.G.O’s work
the US’s role | the US’s role
CEOs and APIs | CEOs and APIs
two EVs | two E-V’s
GIFs | Gifs
the WHO said | the W.H.O said
WHO said that? | WHO said that?
ICE agents | Ice agents
the EPA-led group | the E.P.A-led group
an XQIA form | an X.Q.I.A form
REST and UNIX | REST and UNIX
PhD, iPhone, COVID | PhD, iPhone, COVID
CO2 | C O 2
CO2 AND NO2 LEVELS | C O 2 AND NO2 LEVELS
I said NEVER, and it is MINE. | I said NEVER, and it is MINE.
FOR UKRAINIAN ASSISTANCE: The school | For Ukrainian Assistance: The school
THIS IS NOT IT | This is not it
LET US GO TOGETHER | Let us go Together
US TROOPS LEAVE NOW | US Troops leave now
LAURA FLANDERS said so | Laura Flanders said so
World War II and World War I | World War 2 and World War 1
Elizabeth II, Henry VIII | Elizabeth the Second, Henry the Eighth
King George I was | King George the First was
Malcolm X | Malcolm X
Act III, Chapter IV, Title IX | Act 3, Chapter 4, Title 9
Super Bowl LVII | Super Bowl 57
the XIX century | the 19th century
Cornelius Vanderbilt III was | Cornelius Vanderbilt the Third was
Elizabeth I think | Elizabeth I think
"""

ABBREVIATIONS = """
Dr. King and Mr. Lee | Doctor King and Mr Lee
Ms. Bennis, Ms Lee, Mrs. Ray | Miz Bennis, Miz Lee, Mrs Ray
Sen. Lee, Rep. Ray, Gov. Ho | Senator Lee, Representative Ray, Governor Ho
St. Louis | Saint Louis
Main St. is closed | Main Street is closed
5th Ave. | 5th Avenue.
Martin Luther King Jr. Day | Martin Luther King Junior Day
us vs. them | us versus them
Roe v. Wade | Roe v Wade
e.g. this, i.e. that, etc. | e.g. this, i.e. that, etc.
the U.S. Senate | the U.S Senate
in the U.S., we | in the U.S., we
the U.S.’s role | the US’s role
a Ph.D. in law | a PhD in law
George W. Bush | George W Bush
J. K. Rowling | J K Rowling
approx. 5 | approximately 5
Apple Inc. is | Apple Inc is
and I. But | and I. But
Mrs. | Mrs.
"""

SIGNS = """
Russia & The US | Russia and The US
AT&T, R&B, Q&A | AT&T, R&B, Q&A
and/or | and or
he/she | he she
TCP/IP, I/O, N/A | TCP IP, I.O, N.A
w/ him, w/o him | with him, without him
#MeToo and #BlackLivesMatter | hashtag Me Too and hashtag Black Lives Matter
@handle | at handle
ann@example.org | ann at example dot org
https://example.org/a_b. | example dot org slash a underscore b.
see example.fm/12 | see example dot fm slash 12
node.js | node.js
*really* and _truly_ | really and truly
C# and C++ | C sharp and C++
a | b | a, b
x → y | x, y
Acme™ | Acme
well — yes – no -- so | well — yes – no -- so
Well... I. . . know | Well… I… know
[[hello]] there | [hello] there
H<sub>2</sub>O | H2O
😀 | grinning face
I ❤️ it 👍🏽 | I heart it thumbs up
😂😂😂 | face with tears of joy
In Київ and 北京 | In Kiiv and BeiJing
θ and α | theta and alpha
"""

SPEECH = """
I wanna, gonna, gotta, kinda | I wanna, gonna, gotta, kinda
’cause I’m, 'cause | ’cause I’m, 'cause
y’all ain’t goin’ | y’all ain’t goin’
Mm-hmm. mhm | Um-hum. um-hum
uh-huh, um, hmm | uh-huh, um, hmm
Shh! | Shush!
"""


def rows(*tables: str) -> list[tuple[str, str]]:
    lines = [line for table in tables for line in table.strip().split("\n")]
    return [(printed, said) for printed, _, said in (line.rpartition(" | ") for line in lines)]


ALL = rows(YEARS, NUMBERS, MONEY, CAPITALS, ABBREVIATIONS, SIGNS, SPEECH)


@pytest.mark.parametrize(("printed", "said"), ALL, ids=[printed for printed, _ in ALL])
def test_english_is_said_as_a_person_would(printed: str, said: str) -> None:
    assert sayable(printed, ENGLISH) == said


@pytest.mark.parametrize("printed", [printed for printed, _ in ALL])
def test_english_of_any_region_is_said_alike(printed: str) -> None:
    assert sayable(printed, LanguageTag("en-GB")) == sayable(printed, ENGLISH)


def test_there_are_enough_cases_to_speak_of() -> None:
    assert len(ALL) >= 120


def test_letters_of_another_script_alone_are_left_to_the_finding() -> None:
    assert not sayable("北京很大。", ENGLISH)
    assert not sayable("😀 北京", ENGLISH)


@pytest.mark.parametrize(
    ("language", "printed", "said"),
    [
        ("de", "am 24.02.2022", "am vierundzwanzigsten Februar 2022"),
        ("de", "der 3. März", "der dritte März"),
        ("de", "3–5 Leute, 3-5 Leute", "3 bis 5 Leute, 3 bis 5 Leute"),
        ("de", "Dr. Müller, z. B. hier", "Doktor Müller, zum Beispiel hier"),
        ("de", "die EU und die USA", "die E.U und die U.S.A"),
        ("de", "$5, €5,50, 20 %", "5 Dollar, 5,50 Euro, 20 %"),
        ("de", "20 °C", "20 Grad Celsius"),
        ("de", "Müller & Söhne, 1994", "Müller & Söhne, 1994"),
        ("de", "Gut 👍", "Gut"),
        ("es", "el Dr. Ruiz y la Sra. Gil", "el doctor Ruiz y la señora Gil"),
        ("es", "Ruiz & Hijos", "Ruiz y Hijos"),
        ("es", "3–5 y 24/7", "3 a 5 y 24 7"),
        ("es", "$5 millones y €5", "5 millones de dólares y 5 euros"),
        ("es-MX", "$5", "5 pesos"),
        ("es", "EE. UU. y la UE", "Estados Unidos y la U.E"),
        ("fr", "M. Dupont & Cie, 3–5", "M. Dupont & Cie, 3–5"),
        ("ru", "Привет, 北京", "Привет, 北京"),
    ],
)
def test_other_languages_are_left_to_their_voices_but_for_what_these_get_wrong(
    language: str, printed: str, said: str
) -> None:
    assert sayable(printed, LanguageTag(language)) == said


def test_words_that_are_kept_stay_as_printed() -> None:
    kept = frozenset({"OSCE", "St. Louis"})
    assert (
        sayable("The OSCE in St. Louis, OSCEs, Dr. Lee", ENGLISH, kept)
        == "The OSCE in St. Louis, O.S.C.E’s, Doctor Lee"
    )
