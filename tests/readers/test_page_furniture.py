"""What on a saved page is the site's own: it goes with all its words in a finding, and speech never goes with it."""

import pytest

from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.web_page import web_page_manuscript
from converters.settings import Options

TALK = "".join(
    f"<p><strong>{name}:</strong> {words}</p>"
    for name, words in (
        ("Ann", "Which kettle was first?"),
        ("Bo", "The one that whistles."),
        ("Ann", "Did it always?"),
        ("Bo", "Since the fire."),
    )
)
SPOKEN = ["Ann: Which kettle was first?", "Bo: The one that whistles.", "Ann: Did it always?", "Bo: Since the fire."]


def _sorted(body: str, head: str = "<title>Kettles</title>") -> tuple[list[str], dict[str, str]]:
    """Return the pieces that stay, and for each reason the words that go."""
    report = Report()
    page = f"<html lang='en'><head>{head}</head><body>{body}</body></html>"
    manuscript = web_page_manuscript(page, ReadContext("page.html", Options(), report))
    reasons = [finding.text.removeprefix("Left out of the editions: ").split(":")[0] for finding in report.findings]
    left: dict[str, str] = {}
    for reason, words in zip(reasons, report.left_out, strict=True):
        left[reason] = f"{left[reason]} | {words}" if reason in left else words
    return [piece.text for piece in manuscript.pieces], left


FURNITURE = {
    "<nav><a href=/a>Episodes</a></nav>": "The page's menus and links to its other parts",
    "<div role=navigation>Episodes</div>": "The page's menus and links to its other parts",
    "<ol class='breadcrumbs'><li>Home<li>Shows</ol>": "The page's menus and links to its other parts",
    "<a class='skip-link' href='#c'>Skip to content</a>": "The page's menus and links to its other parts",
    "<header id=masthead><p>The Shed Hour</p></header>": "The site's header",
    "<header><p>The Shed Hour</p></header>": "The site's header",
    "<div class=header>The Shed Hour</div>": "The site's header",
    "<footer><p>Made in a shed.</p></footer>": "The site's footer",
    "<div id=colophon>Made in a shed.</div>": "The site's footer",
    "<p>© 2021 The Shed Hour</p>": "The site's footer",
    "<aside><p>Recent hours</p></aside>": "A side column of the page",
    "<div class='sidebar-primary widget_text'>Recent hours</div>": "A side column of the page",
    "<form role=search>Search for:</form>": "The page's search box",
    "<form><p>Tell us what you think.</p></form>": "A form on the page",
    "<div id='cookie-notice' role=dialog>We use cookies.</div>": "Notice about cookies",
    "<div class='aviso-cookies'>Usamos cookies.</div>": "Notice about cookies",
    "<div role=alertdialog>Wait!</div>": "A pop-up of the page",
    "<section id=comments><p><b>Cy:</b> Lovely.</p></section>": "Comments of readers",
    "<h2>3 Comments</h2><p><b>Ann:</b> Thank you all.</p>": "Comments of readers",
    "<h2>留言</h2><p>Cy：好。</p>": "Comments of readers",
    "<div class='relatedPosts'><p>The Lid (Hour 7)</p></div>": "Links to other pages of the site",
    "<h3>More episodes</h3><ul><li>The Lid<li>The Spout</ul>": "Links to other pages of the site",
    "<div class='sharedaddy'><h3>Share this:</h3></div>": "Buttons for sharing and following",
    "<div class='newsletter-signup'>Sign up: it is free.</div>": "An invitation to subscribe or give",
    "<div class='ad-slot'>ADVERTISEMENT</div>": "Advertisement",
    "<div data-ad=mid>Buy lids.</div>": "Advertisement",
    "<div class='podcast-player'>0:00 / 26:12</div>": "The page's player",
    "<p class='byline'>By Ann Lee</p>": "The page's line of author and date",
    "<p class='entry-meta'>Posted in May</p>": "The page's line of author and date",
    "<div hidden><p>Older version.</p></div>": "Hidden on the page",
    "<p><a href='/1'>Hour 1: The Lid</a> <a href='/2'>Hour 2</a></p>": "The page's menus and links to its other parts",
}


@pytest.mark.parametrize(("part", "reason"), FURNITURE.items())
def test_each_part_of_a_site_goes_with_its_words_and_its_reason(part: str, reason: str) -> None:
    kept, left = _sorted(f"<h1>Kettles</h1>{TALK}{part}")
    assert kept == SPOKEN
    assert reason in left
    assert left[reason].split()


NO_FURNITURE = {
    "a body that has a sidebar": "<div class='has-sidebar content-sidebar-wrap'>{}</div>",
    "a post whose comments are open": "<div class='post comments-open'>{}</div>",
    "a form round the whole page": "<form id=aspnetForm><h1>Kettles</h1>{}</form>",
    "a pop-up with the transcript": "<div class='modal transcript' role=dialog>{}</div>",
    "a hidden panel": "<div class='panel' style='display: none' aria-hidden=true>{}</div>",
    "a side column": "<aside class=sidebar>{}</aside>",
    "a part of a player": "<div class=player>{}</div>",
}


@pytest.mark.parametrize("box", NO_FURNITURE.values(), ids=NO_FURNITURE.keys())
def test_a_part_that_holds_the_conversation_stays_whatever_it_is_called(box: str) -> None:
    kept, _ = _sorted(f"<h1>Kettles</h1><p>About two kettles.</p>{box.format(TALK)}<p>Thanks to Cy.</p>")
    assert kept == ["About two kettles.", *SPOKEN, "Thanks to Cy."]


def test_comments_go_even_where_a_speaker_writes_them_and_outnumber_the_episode() -> None:
    comments = "".join(f"<li class=comment><p><b>Ann:</b> Thank you, number {number}.</p>" for number in range(40))
    kept, left = _sorted(f"<h1>Kettles</h1>{TALK}<ol class=comment-list>{comments}</ol>")
    assert kept == SPOKEN
    assert "number 39." in left["Comments of readers"]


def test_words_of_a_speaker_in_an_advert_stay_and_the_advert_goes() -> None:
    advert = "<div class=promo><p><b>Ann:</b> Lids are on sale.</p><p>Lidl: buy lids now.</p></div>"
    kept, left = _sorted(f"<h1>Kettles</h1>{TALK}{advert}{TALK}")
    assert kept == [*SPOKEN, "Ann: Lids are on sale.", *SPOKEN]
    assert left["Advertisement"] == "Lidl: buy lids now."


def test_a_link_is_no_speech_though_it_begins_with_a_speakers_name() -> None:
    related = "<div class=related><p><a href='/9'>Ann: A Year in Review</a></p></div>"
    assert _sorted(f"<h1>Kettles</h1>{TALK}{related}")[0] == SPOKEN


def test_a_name_that_only_markup_sets_apart_is_speech_though_it_comes_once() -> None:
    line = "<div class=header><span class=speaker>{}</span></div><p>It boiled.</p>"
    kept, _ = _sorted("<h1>Kettles</h1>" + "".join(map(line.format, ("Ann", "Bo", "Cy"))))
    assert kept == ["Ann", "It boiled.", "Bo", "It boiled.", "Cy", "It boiled."]


def test_a_heading_that_is_called_comments_is_the_conversations_own_where_it_goes_on() -> None:
    kept, _ = _sorted(f"<h1>Kettles</h1>{TALK}<h2>Comments</h2>{TALK}<h2>Close</h2>{TALK}")
    assert kept == [*SPOKEN, "Comments", *SPOKEN, "Close", *SPOKEN]


def test_show_notes_that_lead_elsewhere_stay() -> None:
    notes = "<h2>Notes</h2><ul><li><a href='https://museum.example/k'>The museum of kettles</a></li></ul>"
    kept, _ = _sorted(f"<h1>Kettles</h1>{notes}{TALK}", "<link rel=canonical href='https://k.example/2'>")
    assert kept == ["Notes", "The museum of kettles", *SPOKEN]


def test_the_title_stays_though_it_stands_in_the_header() -> None:
    page = f"<header><nav>Home</nav><p>The Shed Hour</p><h1>Kettles</h1><p>A talk in two parts.</p></header>{TALK}"
    kept, left = _sorted(page)
    assert kept == ["A talk in two parts.", *SPOKEN]
    assert left["The site's header"] == "Home The Shed Hour"


def test_a_title_that_is_printed_again_is_there_once() -> None:
    kept, left = _sorted(f"<h1>Kettles</h1><p>About.</p><h2>Kettles</h2>{TALK}")
    assert kept == ["About.", *SPOKEN]
    assert left["The title, printed again"] == "Kettles"


def test_what_stands_outside_the_main_part_goes() -> None:
    kept, left = _sorted(f"<div>Wednesday's shed</div><main><h1>Kettles</h1>{TALK}</main><div>Next hour: lids</div>")
    assert kept == SPOKEN
    assert left["Outside the main part of the page"] == "Wednesday's shed | Next hour: lids"


def test_a_piece_of_a_page_keeps_its_header_and_footer() -> None:
    report = Report()
    page = f"<header><h1>Kettles</h1><p>A talk.</p></header>{TALK}<footer><p>Thanks to Cy.</p></footer>"
    manuscript = web_page_manuscript(page, ReadContext("page.html", Options(), report))
    assert [piece.text for piece in manuscript.pieces] == ["A talk.", *SPOKEN, "Thanks to Cy."]
    assert not report.left_out


def test_a_page_that_is_all_furniture_is_kept_whole() -> None:
    assert _sorted("<nav><p>Ann: It boiled.</p></nav>", "")[0] == ["Ann: It boiled."]


def test_a_talk_of_one_person_without_a_name_stays_wherever_it_is() -> None:
    talk = "".join(f"<p>Kettle number {number} boiled over before anybody came.</p>" for number in range(9))
    kept, _ = _sorted(f"<h1>Kettles</h1><div class=sidebar>{talk}</div><div class=widget>Recent hours</div>")
    assert len(kept) == 9


def test_neighbours_that_go_for_one_reason_are_one_finding() -> None:
    adverts = "<div class=ad>One.</div><div class=ad>Two.</div>"
    report = Report()
    page = f"<html><body><h1>Kettles</h1>{adverts}{TALK}\n<div class=ad>Three.</div></body></html>"
    web_page_manuscript(page, ReadContext("page.html", Options(), report))
    assert report.left_out == ("One. Two.", "Three.")
    assert [finding.where for finding in report.findings] == ["line 1", "line 2"]
