// The read-along player. It plays the audio that lies beside the page, marks the sentence that is
// heard, and keeps it in view until the reader goes elsewhere.
//
// Nothing starts by itself, no focus is moved, nothing in the transcript can be focused or
// clicked, and nothing is stored. If the audio cannot be had, the page is the text alone.
(() => {
  'use strict';

  const RESTARTS = 1500; // this far into a sentence, "back" goes to its own beginning
  const RESTARTS_EXCHANGE = 3000;
  const HELD = 1000; // a sentence stays marked that long in the silence after it
  const AHEAD = 3000; // and is marked that early while the name of a new exchange is said
  const SETTLES = 200; // the page has come to rest when it has not moved for so long
  const NAME = 'read-along';
  const MOVING = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' '];

  const panel = document.getElementById('tool-listen');
  const audio = panel?.querySelector('audio');
  if (!audio) return; // a page that is not read aloud
  const tools = panel.parentElement;
  const status = panel.querySelector('[role=status]');
  const play = tools.querySelector('[data-does=play]');
  const opener = tools.querySelector('[data-does=open]');
  const buttons = [play, ...panel.querySelectorAll('[data-does]')];
  const dataOf = (does) => panel.querySelector(`[data-does=${does}]`).dataset;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const times = JSON.parse(document.querySelector('script[type="application/json"]').textContent);
  const sentences = clips();
  const exchanges = times.chapters.filter(([, depth]) => depth === 2).map(([, , begin]) => begin);

  let marked; // the sentence that is heard
  let following = false; // whether the page goes with it
  let ours = 0; // until when what moves the page is this script
  let held; // what was selected when a button was pressed: some browsers drop it then
  let played = false;
  let frame;

  // the sentence at a time ----------------------------------------------------------------

  // A sentence is the current one from its first sound, or from the name said before it at the
  // start of an exchange, until shortly after its last.
  function clips() {
    const found = times.sentences
      .map(([id, begin, end]) => ({ element: document.getElementById(id), begin, end }))
      .filter((clip) => clip.element);
    found.forEach((clip, index) => {
      const silence = index ? found[index - 1].end : 0;
      const opening = times.chapters.findLast(([, , begin]) => begin <= clip.begin)?.[2] ?? 0;
      clip.from = opening >= silence && clip.begin - opening <= AHEAD ? opening : clip.begin;
    });
    found.forEach((clip, index) => {
      clip.until = Math.min(clip.end + HELD, found[index + 1]?.from ?? Infinity);
    });
    return found;
  }

  const now = () => Math.round(audio.currentTime * 1000);

  // The place in the list of the last sentence that has begun; -1 before the first.
  function begun(moment) {
    let [low, high] = [0, sentences.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sentences[middle].from <= moment) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function heard() {
    const clip = sentences[begun(now())];
    return clip && now() < clip.until ? clip : undefined;
  }

  // marking and following -----------------------------------------------------------------

  const highlight = globalThis.CSS?.highlights && new Highlight();
  if (highlight) {
    CSS.highlights.set(NAME, highlight);
    const style = new CSSStyleSheet(); // from here, because checkers of style do not know ::highlight yet
    style.replaceSync(`@media screen { ::highlight(${NAME}) {
      background-color: var(--heard);
      color: var(--heard-text);
      text-decoration: underline 0.12em var(--heard-text);
    } }`);
    document.adoptedStyleSheets.push(style);
  }

  function mark(clip) {
    if (clip === marked) return;
    if (highlight) {
      highlight.clear();
      if (clip) highlight.add(contents(clip.element));
    } else {
      marked?.element.classList.remove(NAME);
      clip?.element.classList.add(NAME);
    }
    marked = clip;
    if (!clip) return;
    reveal(clip);
    if (!following) return;
    bringIntoView(clip.element);
    tools.dispatchEvent(new CustomEvent('tools:heard', { detail: clip.element }));
  }

  // Whoever hides a part of the transcript shows it again before it is read.
  const reveal = (clip) => tools.dispatchEvent(new CustomEvent('tools:reveal', { detail: clip.element }));

  function contents(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range;
  }

  const edge = () => parseFloat(document.documentElement.style.getPropertyValue('--covered')) || 0;

  // Where it is not in view, a sentence comes to stand in the upper part of what is.
  function bringIntoView(element) {
    const { top, bottom, height } = element.getBoundingClientRect();
    const room = innerHeight - edge();
    if (top >= edge() && bottom <= innerHeight - room / 8) return;
    const above = edge() + Math.min(room / 5, Math.max(room - height, 8) / 2);
    ours = performance.now() + 5 * SETTLES;
    scrollTo({ top: scrollY + top - above, behavior: calm.matches ? 'instant' : 'smooth' });
  }

  function follow(clip) {
    following = true;
    if (!clip) return;
    reveal(clip);
    bringIntoView(clip.element);
  }

  function moved() {
    if (performance.now() > ours) following = false;
    else ours = Math.max(ours, performance.now() + SETTLES);
  }

  function leave(event) {
    if (tools.contains(event.target) || (event.type === 'keydown' && !MOVING.includes(event.key))) return;
    ours = 0;
    following = false;
  }

  function step() {
    mark(heard());
    cancelAnimationFrame(frame);
    if (!audio.paused) frame = requestAnimationFrame(step);
  }

  // the place that the reader means ----------------------------------------------------------

  const here = (elements) => selected(elements) ?? firstInView(elements.filter((element) => element.checkVisibility()));

  function selection() {
    const found = getSelection();
    return found.rangeCount && !found.isCollapsed ? found.getRangeAt(0).cloneRange() : undefined;
  }

  // The first that some letter of the selection is in.
  function selected(elements) {
    const range = selection() ?? held;
    return range && elements.find((element) => range.intersectsNode(element) && common(range, element));
  }

  function common(range, element) {
    const part = contents(element);
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
    return part.toString().trim() !== '';
  }

  // The first that begins in view; where one fills the view, that one.
  function firstInView(elements) {
    const lines = elements.map((element) => element.getClientRects()[0] ?? element.getBoundingClientRect());
    const inView = lines.findIndex((line) => line.top >= edge() - 2 && line.bottom <= innerHeight);
    const above = lines.findLastIndex((line) => line.top < edge());
    return elements[inView >= 0 ? inView : Math.max(above, 0)];
  }

  const every = [...document.querySelectorAll('span[id]')];
  const spoken = sentences.map((clip) => clip.element).filter((element) => element.matches('span, p')); // no name, no heading

  // what the buttons do ------------------------------------------------------------------------

  function go(moment) {
    if (moment === undefined) return;
    following = true;
    audio.currentTime = moment / 1000;
  }

  function start() {
    audio.play().catch(() => {}); // a browser may refuse; then the button still says "play"
  }

  // Once it has played, the bar stays in reach while the text is read, with play and pause in it.
  function stay() {
    play.hidden = !(played || opener.getAttribute('aria-expanded') === 'true');
    tools.dispatchEvent(new CustomEvent('tools:stay', { detail: { name: 'listen', stays: played } }));
  }

  const actions = {
    play() {
      if (audio.paused) start();
      else audio.pause();
    },
    back() {
      const place = begun(now());
      const clip = sentences[place];
      go((clip && now() - clip.from > RESTARTS ? clip : sentences[Math.max(place - 1, 0)])?.begin);
    },
    forward() {
      go(sentences[begun(now()) + 1]?.begin);
    },
    previous() {
      go(exchanges.findLast((begin) => begin < now() - RESTARTS_EXCHANGE) ?? exchanges[0]);
    },
    next() {
      go(exchanges.find((begin) => begin > now()));
    },
    here() {
      const element = here(spoken);
      go(sentences.find((clip) => clip.element === element)?.begin);
      start();
    },
    copy() {
      copyLink(here(every));
    },
    show() {
      follow(marked ?? sentences[Math.max(begun(now()), 0)]);
    },
  };

  async function copyLink(element) {
    if (!element) return;
    const address = `${location.href.split('#')[0]}#${element.id}`;
    const copied = await copy(address);
    const { copied: done, refused } = dataOf('copy');
    say(copied ? done : refused, copied ? firstWords(element) : address);
  }

  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      return copyAsOfOld(words);
    }
  }

  // For pages without a secure connection. It needs no selection and moves no focus.
  function copyAsOfOld(words) {
    let done = false;
    const fill = (event) => {
      event.clipboardData.setData('text/plain', words);
      event.preventDefault();
      done = true;
    };
    document.addEventListener('copy', fill, { once: true });
    document.execCommand('copy');
    document.removeEventListener('copy', fill);
    return done;
  }

  const firstWords = (element) => element.textContent.trim().split(/\s+/).slice(0, 6).join(' ');

  // Said once, politely, because the reader has asked. Our words may be in another language than
  // the sentence's, which keeps its own.
  function say(phrase, value) {
    const [before, after] = phrase.split('{value}');
    const theirs = document.createElement('span');
    theirs.lang = document.documentElement.lang;
    theirs.dir = 'auto';
    theirs.textContent = value;
    status.replaceChildren();
    setTimeout(() => status.replaceChildren(before, theirs, after), 100); // the same words twice are news twice
  }

  // beginning -------------------------------------------------------------------------------

  // Without the audio there is nothing to listen to; the toolbar says so no longer.
  function withdraw() {
    if (audio.readyState) return;
    panel.remove();
    play.remove();
    tools.querySelector('[data-tool=listen]').remove();
    opener.lastElementChild.textContent = opener.dataset.silent;
    tools.dispatchEvent(new CustomEvent('tools:stay', { detail: { name: 'listen', stays: false } }));
  }

  function addChapters() {
    const track = audio.addTextTrack('chapters', '', document.documentElement.lang);
    track.mode = 'hidden';
    for (const [title, , begin, end] of times.chapters) track.addCue(new VTTCue(begin / 1000, end / 1000, title));
  }

  function listen() {
    for (const each of buttons) {
      each.addEventListener('pointerdown', () => { held = selection(); });
      each.addEventListener('click', () => {
        actions[each.dataset.does]();
        held = undefined;
      });
    }
    audio.addEventListener('play', () => {
      played = true;
      stay();
      follow(marked);
      step();
    });
    for (const type of ['play', 'pause', 'ended']) audio.addEventListener(type, name);
    for (const type of ['pause', 'seeked', 'timeupdate']) audio.addEventListener(type, () => mark(heard()));
    audio.addEventListener('error', withdraw);
    addEventListener('scroll', moved, { passive: true });
    for (const type of ['wheel', 'touchmove', 'keydown']) addEventListener(type, leave, { passive: true });
    for (const type of ['tools:open', 'tools:close']) {
      tools.addEventListener(type, () => {
        status.replaceChildren();
        stay();
      });
    }
  }

  // A button says what it will do next.
  const toPlay = play.textContent;
  const name = () => {
    play.textContent = audio.paused ? toPlay : play.dataset.pause;
  };

  panel.querySelector('.name').hidden = true;
  panel.querySelector('.rest').hidden = false;
  listen();
  addChapters();
  if (audio.error) withdraw();
})();
