// Find in the transcript: marks every hit, says once how many there are, a second after typing has stopped, and goes
// from one to the next.
//
// What is looked at is a paragraph of what somebody says, without the name before it: a phrase is found across
// sentences and links, never across turns. The transcript itself is left as it is: hits are marked by highlights, or
// by a class on their sentences in a browser that has none. The focus stays in the panel; a link leads to the hit.
(() => {
  'use strict';

  const MARKS_AFTER = 250; // milliseconds after the last letter
  const SAYS_AFTER = 1000;
  const SLICE = 8; // milliseconds of work at a time, so that typing is never held up
  const AROUND = 40; // letters before and after a hit that are said with it
  const MOST = 20000; // more marks than these would hold up the page, and tell nobody anything
  const NAMES = { all: 'find-hits', here: 'find-hit' };

  const tools = document.getElementById('tools');
  const panel = document.getElementById('tool-find');
  const input = panel.querySelector('input');
  const link = panel.querySelector('a');
  const status = panel.querySelector('[role=status]');
  const phrases = panel.firstElementChild.dataset;
  const scope = phrases.within.split(' ').map((id) => document.getElementById(id));

  let units; // the paragraphs, once something is looked for
  let search = Promise.resolve([]);
  let hits = [];
  let beside = 0; // how many there are besides in what is not shown
  let here; // the place in the list of the hit that was gone to
  let sought = ''; // what the hits are hits of
  let person = ''; // whose words alone are shown, if anybody's
  let [marking, saying, number] = [0, 0, 0];

  // the paragraphs ------------------------------------------------------------------------------

  // A paragraph as the transcript has it: laid out in several blocks, it is one.
  function paragraphs() {
    const found = [];
    let turn;
    for (const block of scope.flatMap((section) => [...section.querySelectorAll('p')])) {
      if (block.closest('blockquote')) continue; // words lifted out of the conversation are found in it
      if (block.matches('.turn')) turn = block;
      if (block.matches('.same')) found.at(-1).blocks.push(block);
      else found.push({ blocks: [block], turn: block.matches('.turn, .more') ? turn : undefined });
    }
    return found;
  }

  // Its words as pieces of text; between two blocks stands what stood between their sentences.
  function read(unit) {
    const pieces = [];
    let text = '';
    for (const block of unit.blocks) {
      if (text && !/[⺀-鿿＀-｠]$/.test(text)) text += ' ';
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement.closest('.name, [role=doc-noteref]')) continue;
        pieces.push({ node, begin: text.length });
        text += node.data;
      }
    }
    return { pieces, text };
  }

  // Where a letter of the paragraph is in the page; an end belongs to the letter before it.
  function place(pieces, at, isEnd) {
    const piece = pieces.findLast(({ begin }) => (isEnd ? begin < at : begin <= at)) ?? pieces[0];
    return [piece.node, Math.min(at - piece.begin, piece.node.length)];
  }

  // A range that does not follow changes of the page: there may be many thousands.
  function range({ pieces }, begin, end) {
    const [[startContainer, startOffset], [endContainer, endOffset]] = [place(pieces, begin, false), place(pieces, end, true)];
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }

  const isShown = (unit) => !unit.blocks[0].closest('[hidden]');
  const speaker = (unit) => unit.turn?.querySelector('.name')?.textContent.replace(/\s*[:：]\s*$/, '') ?? '';

  // looking -------------------------------------------------------------------------------------

  function hitsIn(unit, words) {
    unit.words ??= folding(read(unit).text);
    if (!unit.words.includes(words)) return [];
    const its = read(unit);
    const [places, found] = [[], []];
    const text = folding(its.text, places);
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      const [begin, end] = [places[2 * at], places[2 * (at + words.length) - 1]];
      if (begin < (found.at(-1)?.end ?? 0)) continue; // half of an "ß" is no second hit
      found.push({ unit, text: its.text, begin, end, range: range(its, begin, end) });
    }
    return found;
  }

  // Every hit of the words, shown or not; nothing where other words are looked for by then.
  async function find(words, mine) {
    const found = [];
    units ??= paragraphs();
    for (let [index, until] = [0, performance.now() + SLICE]; words && index < units.length; index += 1) {
      found.push(...hitsIn(units[index], words));
      if (performance.now() > until) {
        await new Promise((resolve) => { setTimeout(resolve); });
        if (mine !== number) return [];
        until = performance.now() + SLICE;
      }
    }
    return found;
  }

  const wanted = () => folding(input.value).trim();

  // Looks once for what is in the field now, and marks what is found.
  function look() {
    clearTimeout(marking);
    if (sought === wanted()) return search;
    sought = wanted();
    number += 1;
    const mine = number;
    forget();
    search = find(sought, mine).then((found) => {
      if (mine === number) show(found);
      return found;
    });
    return search;
  }

  function show(found) {
    hits = found.filter(({ unit }) => isShown(unit));
    beside = found.length - hits.length;
    mark();
  }

  function forget() {
    hits = [];
    here = undefined;
    link.hidden = true;
    mark();
  }

  // marking -------------------------------------------------------------------------------------

  const highlights = globalThis.CSS?.highlights && { all: new Highlight(), here: new Highlight() };
  if (highlights) {
    highlights.all.priority = 1; // above the sentence that is heard
    highlights.here.priority = 2;
    for (const [key, name] of Object.entries(NAMES)) CSS.highlights.set(name, highlights[key]);
    const style = new CSSStyleSheet(); // from here, because checkers of style do not know ::highlight yet
    style.replaceSync(`@media screen {
      ::highlight(${NAMES.all}) { background-color: var(--hit); color: var(--hit-text); text-decoration: underline dotted 0.12em; }
      ::highlight(${NAMES.here}) {
        background-color: var(--this-hit); color: var(--this-hit-text); text-decoration: underline double 0.12em;
      }
    }`);
    document.adoptedStyleSheets.push(style);
  }

  const isOpen = () => !panel.hidden;

  function mark() {
    put('all', isOpen() && hits.length <= MOST ? hits : []);
    markHere();
  }

  const markHere = () => put('here', isOpen() && hits[here] ? [hits[here]] : []);

  function put(key, marked) {
    if (highlights) {
      highlights[key].clear();
      for (const hit of marked) highlights[key].add(hit.range);
      return;
    }
    for (const element of document.querySelectorAll(`.${NAMES[key]}`)) element.classList.remove(NAMES[key]);
    for (const hit of marked) sentence(hit).classList.add(NAMES[key]);
  }

  // The sentence that a hit begins in, or what else has an id there.
  const sentence = (hit) => hit.range.startContainer.parentElement.closest('main [id]');

  // saying --------------------------------------------------------------------------------------

  // Each phrase with its values, said once, politely, because the reader has asked. Our words may be in another
  // language than theirs, which then are marked.
  function say(...phrased) {
    const parts = phrased.flatMap(([phrase, values], index) => [...(index ? [' '] : []), ...filled(phrase, values)]);
    const isOne = parts.every((part) => typeof part === 'string'); // and spoken without a pause
    status.replaceChildren(...(isOne ? [parts.join('')] : parts));
  }

  function filled(phrase, values) {
    const foreign = panel.closest('[lang]') !== document.documentElement;
    return phrase.split(/\{(\w+)\}/).map((part, index) => {
      if (index % 2 === 0) return part;
      if (!foreign || typeof values[part] === 'number') return String(values[part]);
      const theirs = document.createElement('span');
      Object.assign(theirs, { lang: document.documentElement.lang, dir: 'auto', textContent: values[part] });
      return theirs;
    });
  }

  function quiet() {
    clearTimeout(saying);
    status.replaceChildren();
  }

  function count() {
    const turns = new Set(hits.map(({ unit }) => unit.turn).filter(Boolean)).size;
    const name = hits.length ? speaker(hits[0].unit) : '';
    const between = hits.some(({ unit }) => !unit.turn) ? 'AndBetween' : ''; // a sound, a remark
    const which = () => {
      if (hits.length < 2) return ['none', 'one'][hits.length] + (name ? 'By' : '');
      if (!name) return 'several';
      return (turns > 1 ? 'inTurns' : 'inOneTurn') + between;
    };
    const said = [[phrases[which()], { hits: hits.length, turns, name }]];
    if (beside) said.push([phrases.beside, { person, beside }]);
    for (const [speaking, its] of named()) said.push([phrases.turnsBy, { name: speaking, turns: its }]);
    say(...said);
  }

  // Whose name it is that is looked for, with the number of their turns: the names before turns are no hits.
  function named() {
    const counted = new Map();
    for (const unit of units) {
      if (unit.blocks[0] === unit.turn && isShown(unit)) counted.set(speaker(unit), (counted.get(speaker(unit)) ?? 0) + 1);
    }
    return [...counted].filter(([name]) => sought.length > 2 && ` ${folding(name)}`.includes(` ${sought}`));
  }

  function sayCount() {
    clearTimeout(saying);
    if (wanted()) look().then(() => { if (sought === wanted()) count(); });
  }

  // The words round a hit, cut between words.
  function around({ text, begin, end }) {
    const before = text.slice(Math.max(0, begin - AROUND), begin);
    const after = text.slice(end, end + AROUND);
    const head = begin > AROUND ? `…${before.replace(/^\S*\s/, '')}` : before;
    const tail = end + AROUND < text.length ? `${after.replace(/\s\S*$/, '')}…` : after;
    return (head + text.slice(begin, end) + tail).replace(/\s+/g, ' ').trim();
  }

  // going ---------------------------------------------------------------------------------------

  async function go(step) {
    clearTimeout(saying);
    await look();
    if (!hits.length) {
      if (sought) count();
      return;
    }
    here = here === undefined ? Math.min(step, 0) : here + step;
    here = (here + hits.length) % hits.length;
    markHere();
    const [hit, name] = [hits[here], speaker(hits[here].unit)];
    bringIntoView(hit.range);
    tools.dispatchEvent(new CustomEvent('tools:found', { detail: sentence(hit) }));
    link.href = `#${sentence(hit).id}`;
    link.hidden = false;
    const values = { number: here + 1, hits: hits.length, name, words: around(hit) };
    status.replaceChildren();
    saying = setTimeout(() => say([name ? phrases.here : phrases.hereUnattributed, values]), 100); // the same words are news
  }

  // Where it is not in view, a hit comes to stand in the upper part of what is not covered by the bar.
  function bringIntoView(found) {
    const covered = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--covered')) || 0;
    const line = document.createRange();
    line.setStart(found.startContainer, found.startOffset);
    line.setEnd(found.endContainer, found.endOffset);
    const { top, bottom } = line.getClientRects()[0];
    if (top >= covered && bottom <= innerHeight) return;
    scrollTo({ top: scrollY + top - covered - (innerHeight - covered) / 4, behavior: 'instant' });
  }

  // what readers do -----------------------------------------------------------------------------

  input.addEventListener('input', () => {
    quiet();
    clearTimeout(marking);
    marking = setTimeout(look, MARKS_AFTER);
    saying = setTimeout(sayCount, SAYS_AFTER);
  });

  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && input.value) {
      event.preventDefault();
      input.value = '';
      quiet();
      look();
    }
  });

  panel.querySelector('[data-does=next-hit]').addEventListener('click', () => go(1));
  panel.querySelector('[data-does=previous-hit]').addEventListener('click', () => go(-1));

  // Marks are there while the panel is.
  const again = ({ detail }) => { if (detail === 'find') mark(); };
  tools.addEventListener('tools:open', again);
  tools.addEventListener('tools:close', again);

  // Other turns are shown than before: what is hidden is no hit.
  tools.addEventListener('tools:people', ({ detail }) => {
    person = detail;
    sought = '';
    quiet();
    number += 1;
    forget();
    if (isOpen()) sayCount();
  });
  tools.addEventListener('tools:open', ({ detail }) => {
    if (detail === 'find' && !sought) sayCount();
  });
})();
