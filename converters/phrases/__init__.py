"""Every word that Curbcut adds to an edition, in the language of the document where there is a translation.

One file a language; each holds every phrase, checked when it is loaded.
"""

import datetime
import functools
from pathlib import Path

import msgspec

from converters.document import LanguageTag, Part
from converters.settings import Standard

_FOLDER = Path(__file__).parent


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases of one language; a name in braces is filled in with ``str.format``."""

    language: LanguageTag
    at_a_glance: str
    contents: str
    conversation: str
    notice: str
    summary: str
    quotes: str
    people: str
    closing: str
    accessibility: str
    notes: str
    furniture: str
    furniture_note: str
    about: str
    skip_to_conversation: str
    parts: str
    exchanges: str
    exchange: str
    exchange_with_clue: str
    exchange_unattributed: str
    name_and_colon: str
    what_conversation: str
    what_exchanges: str
    what_talk: str
    what_unattributed: str
    length: str
    length_one_minute: str
    takes_part: str
    host: str
    guest: str
    audience: str
    narrator: str
    months: str
    date: str
    thousands: str
    published: str
    from_show: str
    page: str
    recording: str
    in_context: str
    in_context_of_exchange: str
    sign_language_video: str
    described_video: str
    video_named: str
    other_editions: str
    edition_html: str
    edition_epub: str
    edition_pdf: str
    edition_mp3: str
    edition_m4b: str
    edition_opus: str
    edition_mp3_set: str
    edition_lpf: str
    edition_daisy202: str
    edition_daisy3: str
    edition_docx: str
    edition_txt: str
    edition_ebraille: str
    edition_pef: str
    edition_json: str
    edition_brf: str
    edition_vtt: str
    edition_srt: str
    edition_podcast_json: str
    edition_chapters_json: str
    edition_in_step: str
    caption_narrator: str
    timed_by_recording: str
    timed_by_narration: str
    help_intro: str
    help_none: str
    help_none_unnamed: str
    contact_email: str
    contact_phone: str
    contact_text_relay: str
    contact_form: str
    contact_post: str
    language_line: str
    made_by: str
    made_note: str
    voices_synthetic: str
    voices_synthetic_spoken: str
    voice_synthetic_spoken: str
    spoken_show: str
    spoken_show_and_date: str
    spoken_people_heading: str
    spoken_end: str
    chapter_start: str
    unattributed_speech: str
    voices_of: str
    chapter_about: str
    tools: str
    tools_with_sound: str
    tools_inside: str
    tool_listen: str
    tool_settings: str
    size: str
    size_smaller: str
    size_larger: str
    size_now: str
    size_said: str
    typeface: str
    typeface_sans: str
    typeface_serif: str
    typeface_mono: str
    spacing: str
    spacing_ordinary: str
    spacing_more: str
    spacing_most: str
    measure: str
    measure_ordinary: str
    measure_shorter: str
    measure_shortest: str
    theme: str
    theme_device: str
    theme_light: str
    theme_dark: str
    theme_cream: str
    theme_yellow: str
    theme_contrast: str
    line_focus: str
    line_focus_off: str
    line_focus_three: str
    line_focus_five: str
    line_focus_note: str
    settings_reset: str
    settings_are_reset: str
    settings_kept: str
    settings_not_kept: str
    go_on: str
    go_on_not: str
    listen: str
    play: str
    pause: str
    back_sentence: str
    forward_sentence: str
    previous_exchange: str
    next_exchange: str
    play_from_here: str
    copy_link: str
    show_sentence: str
    here_note: str
    link_copied: str
    link_not_copied: str
    cover: str
    cover_description: str
    tool_find: str
    find_label: str
    find_next: str
    find_previous: str
    find_go: str
    find_none: str
    find_one: str
    find_one_by: str
    find_several: str
    find_in_one_turn: str
    find_in_one_turn_and_between: str
    find_in_turns: str
    find_in_turns_and_between: str
    find_beside: str
    find_turns_by: str
    find_here: str
    find_here_unattributed: str
    tool_people: str
    people_legend: str
    people_everyone: str
    people_show_all: str
    people_only: str
    people_again: str
    people_paused: str
    one_turn: str
    turns: str
    one_word: str
    words: str
    accessibility_summary: str
    not_evaluated: str
    evaluated: str
    evaluated_conforms: str
    ebraille_summary: str
    holds_no_pictures: str
    holds_only_its_cover: str
    read_aloud: str
    read_aloud_by_people: str
    read_aloud_in_part: str
    audiobook_summary: str
    narrated_by_voice: str
    large_print_house: str
    large_print_meets: str
    large_print_differs: str
    kind_large: str
    kind_clear: str
    standard_acb: str
    standard_aph: str
    standard_ukaaf: str
    standard_clear: str
    standard_house: str
    print_pages: str
    print_pages_in_volumes: str
    print_volume: str
    print_volume_pages: str
    print_typeface: str
    print_arimo: str
    print_paper: str
    page_number: str
    print_links: str
    rule_readable: str
    rule_body_size: str
    rule_smallest_size: str
    rule_x_height: str
    rule_typeface: str
    rule_bold_body: str
    rule_fonts_embedded: str
    rule_leading: str
    rule_characters_per_line: str
    rule_paragraph_space: str
    rule_alignment: str
    rule_columns: str
    rule_margins: str
    rule_hyphenation: str
    rule_italics: str
    rule_underline: str
    rule_capitals: str
    rule_headings: str
    rule_contrast: str
    rule_dark_on_light: str
    rule_page_numbers: str
    rule_page_number_size: str
    rule_page_number_weight: str
    rule_page_number_place: str
    rule_contents_leaders: str
    rule_widows: str
    rule_headings_at_foot: str
    rule_names_at_foot: str
    rule_turn_at_foot: str
    braille_by_machine: str
    braille_made_of: str
    braille_table: str
    braille_size: str
    braille_pages: str
    braille_short_form: str
    braille_short_forms: str
    braille_note: str
    braille_note_layout: str
    braille_note_capitals: str
    braille_note_addresses: str
    braille_note_names: str
    braille_note_other: str
    catalogue_title: str
    catalogue_title_unnamed: str
    catalogue_count: str
    catalogue_count_one: str
    catalogue_skip: str
    catalogue_newest: str
    catalogue_find: str
    catalogue_by_date: str
    catalogue_by_person: str
    catalogue_by_subject: str
    catalogue_of_year: str
    catalogue_undated: str
    catalogue_of_person: str
    catalogue_of_subject: str
    catalogue_editions: str
    catalogue_words: str
    catalogue_minutes: str
    catalogue_one_minute: str
    catalogue_stale: str
    catalogue_apps: str
    catalogue_opds_2: str
    catalogue_opds_1: str
    catalogue_podcast: str
    podcast_title: str
    podcast_about: str
    podcast_own_feed: str

    def part_played(self, part: Part) -> str:
        """Return what somebody does here."""
        return {"host": self.host, "guest": self.guest, "audience": self.audience, "narrator": self.narrator}[part]

    def standard(self, standard: Standard) -> str:
        """Return what a standard of large print is called in a line."""
        return {
            "acb": self.standard_acb, "aph": self.standard_aph, "ukaaf": self.standard_ukaaf,
            "clear": self.standard_clear, "house": self.standard_house,
        }[standard]  # fmt: skip

    def rule(self, rule: str) -> str:
        """Return what a rule of large print is about, None of whose words is technical."""
        return str(getattr(self, f"rule_{rule.replace('-', '_')}"))


@functools.cache
def phrases_for(language: LanguageTag) -> Phrases:
    """Return the phrases in that language, else those in English."""
    wanted = _FOLDER / f"{language.split('-')[0].lower()}.toml"
    path = wanted if wanted.is_file() else _FOLDER / "en.toml"
    return msgspec.toml.decode(path.read_bytes(), type=Phrases)


def written_date(date: datetime.date, phrases: Phrases) -> str:
    """Return ``14 March 2025``: a month in letters is understood on both sides of the ocean."""
    month = phrases.months.split()[date.month - 1]
    return phrases.date.format(day=date.day, month=month, year=date.year)
