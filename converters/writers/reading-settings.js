// The reading settings. What a reader chooses is an attribute of the root element, from which the style sheet takes it,
// and is kept on this device, under one key, so that every page of ours has it. Where nothing may be kept, it holds for
// this visit. Radio buttons say themselves what has become of them; only the two buttons for the size, and the one that
// puts all back, have it said.
(() => {
  'use strict';

  const KEY = 'curbcut-reading-settings';
  const SIZES = [100, 125, 150, 175, 200, 250, 300, 400]; // per cent; the style sheet has the same

  const panel = document.getElementById('tool-settings');
  const tools = document.getElementById('tools');
  const status = panel.querySelector('[role=status]');
  const size = panel.querySelector('.size');
  const note = panel.querySelector('.kept');
  const radios = [...panel.querySelectorAll('input[type=radio]')];
  const set = document.documentElement.dataset;
  const names = ['size', ...new Set(radios.map((radio) => radio.name))];

  const place = () => Math.max(SIZES.indexOf(Number(set.size ?? SIZES[0])), 0);
  const percent = () => SIZES[place()];

  function change(name, value) {
    inPlace(() => {
      if (value) set[name] = value;
      else delete set[name];
    });
    keep();
    show();
  }

  // The text that is in view stays there while its size and spacing change, and so does what was pressed. Where the bar
  // becomes so large that it stays no longer in reach, the reader goes with it.
  function inPlace(changing) {
    const stays = () => getComputedStyle(tools).position === 'sticky';
    const text = stays() ? firstInView() : undefined;
    const below = () => text.getBoundingClientRect().top - tools.getBoundingClientRect().bottom;
    const before = text && below();
    changing();
    tools.dispatchEvent(new Event('tools:measure'));
    if (text && stays()) scrollBy({ top: below() - before, behavior: 'instant' });
    document.activeElement.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }

  function firstInView() {
    const edge = Math.max(tools.getBoundingClientRect().bottom, 0);
    const lines = document.querySelectorAll('main :is(p, h2, h3, h4, li)');
    return [...lines].find((line) => line.getBoundingClientRect().bottom > edge);
  }

  function keep() {
    const kept = Object.fromEntries(names.filter((name) => set[name]).map((name) => [name, set[name]]));
    try {
      if (Object.keys(kept).length) localStorage.setItem(KEY, JSON.stringify(kept));
      else localStorage.removeItem(KEY);
    } catch {
      note.textContent = note.dataset.refused;
    }
  }

  // A browser may have brought back what was pressed on an earlier visit.
  function show() {
    for (const radio of radios) radio.checked = radio.value === (set[radio.name] ?? '');
    for (const radio of radios.filter((each) => !each.value)) {
      if (!panel.querySelector(`[name=${radio.name}]:checked`)) radio.checked = true;
    }
    size.textContent = size.dataset.words.replace('{percent}', percent());
  }

  function say(words) {
    status.replaceChildren();
    setTimeout(() => status.replaceChildren(words), 100); // the same words twice are news twice
  }

  function resize(step) {
    const next = SIZES[Math.min(Math.max(place() + step, 0), SIZES.length - 1)];
    change('size', next === SIZES[0] ? '' : String(next));
    say(status.dataset.size.replace('{percent}', percent()));
  }

  const actions = {
    smaller: () => resize(-1),
    larger: () => resize(1),
    reset() {
      inPlace(() => names.forEach((name) => delete set[name]));
      keep();
      show();
      say(status.dataset.reset);
    },
  };

  for (const button of panel.querySelectorAll('[data-does]')) {
    button.addEventListener('click', actions[button.dataset.does]);
  }
  for (const radio of radios) radio.addEventListener('change', () => change(radio.name, radio.value));
  tools.addEventListener('tools:close', () => status.replaceChildren());
  addEventListener('pageshow', show);
  show();
})();
