// One person's words or all. While one person's are shown the bar says so, with a button that shows all; a link to
// what is hidden shows all, and so does the sound when it comes to a hidden turn. Nothing is remembered.
//
// The transcript is hidden and shown by the attribute "hidden" alone. What stands between two turns goes with the one
// before it, a heading of an exchange with the turns below it. Readers keep their place.
(() => {
  'use strict';

  const ROOM = 8; // pixels between the bar and a turn that is brought below it

  const tools = document.getElementById('tools');
  const panel = document.getElementById('tool-people');
  const radios = [...panel.querySelectorAll('input')];
  const { dataset: phrases } = panel.firstElementChild;
  const notice = tools.querySelector('.only');
  const status = notice.querySelector('[role=status]');
  const showAll = notice.querySelector('[data-does=show-all]');
  const audio = document.querySelector('audio');
  const sections = phrases.within.split(' ').map((id) => document.getElementById(id));
  const turns = sections.flatMap((section) => [...section.querySelectorAll('p.turn')]);
  const speakers = phrases.turns.split(' ').map((people) => people.split('+'));
  const by = new Map(turns.map((turn, index) => [turn, speakers[index]]));

  let only = ''; // the value of the radio of the one whose words are shown

  const isShown = (turn) => !only || by.get(turn).includes(only);

  // hiding ----------------------------------------------------------------------------------------

  // Shows what belongs to the turns that are shown; tells whether there are any, undefined where nobody speaks at all.
  function arrange(section) {
    const groups = [[]]; // the exchanges, each begun by its heading but perhaps the first
    let inner;
    for (const child of section.children) {
      if (child.matches('section')) inner = either(inner, arrange(child));
      else if (child.matches('.exchange')) groups.push([child]);
      else if (!child.matches('h1, h2, h3, h4, h5, h6')) groups.at(-1).push(child);
    }
    const any = groups.reduce((found, group) => either(found, arrangeGroup(group)), inner);
    section.hidden = any === false;
    return any;
  }

  const either = (one, other) => (one === undefined ? other : one || Boolean(other));

  function arrangeGroup(group) {
    const its = group.filter((child) => by.has(child));
    if (!its.length) return undefined;
    let shown = isShown(its[0]);
    for (const child of group) {
      if (by.has(child)) shown = isShown(child);
      child.hidden = child.matches('.exchange') ? !its.some(isShown) : !shown;
    }
    return its.some(isShown);
  }

  // the place that is read --------------------------------------------------------------------------

  const edge = () => (getComputedStyle(tools).position === 'sticky' ? tools.getBoundingClientRect().bottom : 0);

  // The first turn of which something is in view, and how far below the bar it begins; none where the first is still
  // to come.
  function place() {
    const shown = turns.filter((turn) => turn.getClientRects().length);
    const turn = shown.find((each) => end(each) > edge());
    const below = turn && turn.getBoundingClientRect().top - edge();
    return turn && below + edge() < innerHeight ? { turn, below } : undefined;
  }

  // Where the last block of a turn ends.
  function end(turn) {
    let block = turn;
    while (block.nextElementSibling?.matches('.more')) block = block.nextElementSibling;
    return block.getBoundingClientRect().bottom;
  }

  // The same turn stands where it stood; one that is hidden now has the nearest one after it there, or before it.
  function restore(found) {
    if (!found) return;
    const from = turns.indexOf(found.turn);
    const nearest = turns.slice(from).find(isShown) ?? turns.slice(0, from).findLast(isShown);
    const below = nearest === found.turn ? found.below : Math.max(found.below, ROOM);
    scrollBy({ top: nearest.getBoundingClientRect().top - edge() - below, behavior: 'instant' });
  }

  // choosing ----------------------------------------------------------------------------------------

  function show(value) {
    if (value === only) return;
    const before = place();
    only = value;
    for (const section of sections) arrange(section);
    radios.find((radio) => radio.value === value).checked = true;
    const held = only && pauseIfHidden();
    say(only ? phrases.only + (held ? ` ${phrases.paused}` : '') : phrases.again);
    showAll.hidden = !only;
    tell('stay', { name: 'people', stays: Boolean(only) });
    tell('people', only && name());
    restore(before);
    if (only) addEventListener('click', beforeLink, true);
    else removeEventListener('click', beforeLink, true);
  }

  const tell = (what, detail) => tools.dispatchEvent(new CustomEvent(`tools:${what}`, { detail }));
  const name = () => radios.find((radio) => radio.value === only).dataset.name;

  // The name in its own language, where our words are in another.
  function say(phrase) {
    const values = { all: turns.length, turns: turns.filter(isShown).length, name: name() };
    const foreign = panel.closest('[lang]') !== document.documentElement;
    const parts = phrase.split(/\{(\w+)\}/).map((part, index) => {
      if (index % 2 === 0) return part;
      if (part !== 'name' || !foreign) return String(values[part]);
      const theirs = document.createElement('span');
      Object.assign(theirs, { lang: document.documentElement.lang, dir: 'auto', textContent: values[part] });
      return theirs;
    });
    status.replaceChildren(...(foreign ? parts : [parts.join('')]));
  }

  // What is heard is never hidden ---------------------------------------------------------------------

  const isHidden = (element) => Boolean(element?.closest('main [hidden]'));

  function pauseIfHidden() {
    const [range] = globalThis.CSS?.highlights?.get('read-along') ?? [];
    const heard = range?.startContainer.parentElement ?? document.querySelector('.read-along');
    if (!audio || audio.paused || !isHidden(heard)) return false;
    audio.pause();
    return true;
  }

  // Links ---------------------------------------------------------------------------------------------

  function target(hash) {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null; // no address of ours
    }
  }

  function beforeLink({ target: clicked }) {
    const link = clicked.closest?.('a[href^="#"]');
    if (link && isHidden(target(link.hash))) show('');
  }

  addEventListener('hashchange', () => {
    if (!isHidden(target(location.hash))) return;
    show('');
    location.replace(location.hash); // the browser goes there again, now that it can
  });

  for (const radio of radios) {
    radio.setAttribute('autocomplete', 'off'); // some browsers keep what is chosen for the next time
    radio.checked = !radio.value;
    radio.addEventListener('change', () => show(radio.value));
  }

  showAll.addEventListener('click', () => {
    show('');
    const button = tools.querySelector('[data-tool=people]'); // the focus may not fall back to the top of the page
    (button.hidden ? tools.querySelector('[data-does=open]') : button).focus({ preventScroll: true });
  });

  // That all are shown again has been read by then.
  for (const type of ['tools:open', 'tools:close']) {
    tools.addEventListener(type, ({ detail }) => {
      if (!only) status.replaceChildren();
      if (detail === 'people') notice.hidden = false; // with nothing in it; so what comes into it is spoken
    });
  }

  tools.addEventListener('tools:reveal', ({ detail }) => { if (isHidden(detail)) show(''); });
})();
