// Looks for words in a page, and shows one person's, as readers do; tells what became of it. Prints one JSON object;
// the judging is done by the tests.
//
//     node finding.mjs '{"RUN": PLAN, …}' FILE.html
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, marked, onePerson, open, openTool } from './browser.mjs';

const require = createRequire(import.meta.url);
const SCREEN_READER = readFileSync(require.resolve('@guidepup/virtual-screen-reader/browser.js'), 'utf8');
const SETTLED = 1600; // milliseconds: the count is said, and longer than that nothing is under way

// Keeps what the live regions said, what had the focus and which keys were pressed, each with its time.
function watch() {
  const seen = { said: [], keys: [], focus: [], touched: [] };
  globalThis.seen = seen;
  const now = () => Math.round(performance.now());
  const live = '[role=status], [role=alert], [aria-live]';
  new MutationObserver((changes) => {
    const regions = new Set();
    for (const { target, type, attributeName } of changes) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      if (element?.closest(live)) regions.add(element.closest(live));
      if (element?.closest('main, nav, header, footer')) seen.touched.push(`${type} ${attributeName} ${element.id}`);
    }
    for (const region of regions) if (region.textContent) seen.said.push([now(), region.textContent]);
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  document.addEventListener('keydown', ({ key }) => seen.keys.push([now(), key]), true);
  document.addEventListener('focusin', ({ target }) => seen.focus.push(target.id || target.innerText), true);
}

const seen = (page) => page.evaluate(() => globalThis.seen);
const said = async (page) => (await seen(page)).said.map(([, words]) => words);
const rest = (page) => page.waitForTimeout(SETTLED);

async function start(browser, file, tool, options) {
  const all = await open(browser, file, options);
  await openTool(all.page, tool);
  if (tool === 'find') await all.page.locator('#tool-find input').focus();
  await all.page.evaluate(watch);
  return all;
}

// The hits that are marked, by their words and the id of the sentence that they begin in.
const hits = (page) => page.evaluate(() => {
  const words = ({ startContainer, startOffset, endContainer, endOffset }) => {
    getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    const text = getSelection().toString();
    getSelection().removeAllRanges();
    return text;
  };
  const found = (name) => [...CSS.highlights.get(name)].map((range) => [
    range.startContainer.parentElement.closest('main [id]').id, words(range),
  ]);
  return { all: found('find-hits'), here: found('find-hit')[0] ?? null };
});

const byClass = (page) => page.evaluate(() => {
  const found = (name) => [...document.querySelectorAll(`.${name}`)].map(({ id }) => id);
  return { all: found('find-hits'), here: found('find-hit') };
});

// Whether the hit that was gone to is where it can be read: below the bar and above the window's end.
const inView = (page) => page.evaluate(() => {
  const [{ startContainer, startOffset, endContainer, endOffset }] = CSS.highlights.get('find-hit');
  const range = document.createRange();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  const { top, bottom } = range.getClientRects()[0];
  const tools = document.getElementById('tools');
  const edge = getComputedStyle(tools).position === 'sticky' ? tools.getBoundingClientRect().bottom : 0;
  return top >= edge && bottom <= innerHeight;
});

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.innerText);

const shown = (page) => page.evaluate(() => {
  const ids = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility()).map(({ id }) => id);
  return { turns: ids('p.turn'), exchanges: ids('.exchange'), more: document.querySelectorAll('p.more:not([hidden])').length };
});

// What the bar says, and whether it can be seen with its button.
const notice = (page) => page.evaluate(() => {
  const [words, button] = ['.only p', '[data-does=show-all]'].map((it) => document.querySelector(`#tools ${it}`));
  const tools = document.getElementById('tools');
  const { top } = tools.getBoundingClientRect();
  return { words: words.innerText, button: button.checkVisibility(), sticks: getComputedStyle(tools).position === 'sticky', top };
});

// Types words, and waits.
async function typing(browser, file, words) {
  const { context, page } = await start(browser, file, 'find');
  await page.keyboard.type(words, { delay: 150 });
  await rest(page);
  const told = { ...await seen(page), ...await hits(page), focused: await focused(page) };
  await context.close();
  return told;
}

// Types words and then presses keys one after the other.
async function keys(browser, file, { words, pressed, withoutHighlights }) {
  const { context, page } = await start(browser, file, 'find', { withoutHighlights });
  await page.keyboard.type(words);
  const told = [];
  for (const key of pressed) {
    await page.keyboard.press(key);
    await page.waitForTimeout(250);
    const marks = withoutHighlights ? await byClass(page) : await hits(page);
    const inTheWindow = withoutHighlights || !marks.here ? null : await inView(page);
    const link = await page.locator('#tool-find a').getAttribute('href');
    told.push({ key, ...marks, inTheWindow, link, said: (await said(page)).at(-1) ?? '', focused: await focused(page) });
  }
  await rest(page);
  const { touched, said: all } = await seen(page);
  await context.close();
  return { steps: told, touched, said: all.map(([, it]) => it) };
}

// Looks for each of several words, and tells what was said and what was marked.
async function queries(browser, file, list) {
  const { context, page } = await start(browser, file, 'find');
  const told = {};
  for (const words of list) {
    await page.locator('#tool-find input').fill(words);
    await page.waitForFunction(() => globalThis.seen.said.length);
    told[words] = { said: (await said(page)).at(-1) ?? '', hits: (await hits(page)).all };
    await page.evaluate(() => { globalThis.seen.said = []; });
  }
  await context.close();
  return told;
}

// Goes to a hit for real: the reading position is where the link led, and Tab goes on from there.
async function gone(browser, file, words) {
  const { context, page } = await start(browser, file, 'find');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(250);
  while (await focused(page) !== 'Go to this hit') await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(250);
  const told = await page.evaluate(() => ({ target: document.querySelector(':target')?.id ?? null }));
  told.inTheWindow = await inView(page);
  await page.keyboard.press('Tab');
  told.next = await page.evaluate(() => document.activeElement.closest('section')?.id ?? null);
  await context.close();
  return told;
}

// Closing the panel takes the marks away; opening it brings them back, without a word.
async function closing(browser, file, words) {
  const { context, page } = await start(browser, file, 'find');
  await page.keyboard.type(words);
  await rest(page);
  const before = await hits(page);
  const press = () => page.locator('[data-tool=find]').click();
  await press();
  const closed = await hits(page);
  await press();
  const again = await hits(page);
  const all = await said(page);
  await context.close();
  return { before, closed, again, said: all };
}

// Chooses one after the other by keyboard, and then all again by the button in the bar.
async function choosing(browser, file) {
  const { context, page } = await start(browser, file, 'people');
  const told = [];
  const note = async () => told.push({
    ...await shown(page), notice: await notice(page), focused: await focused(page), said: await said(page),
    checked: await page.locator('#tool-people input:checked').evaluate((it) => it.parentElement.innerText.trim()),
  });
  while (!await page.evaluate(() => document.activeElement.matches('#tool-people input'))) await page.keyboard.press('Tab');
  await note();
  const count = await page.locator('#tool-people input').count();
  for (let index = 1; index < count; index += 1) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(100);
    await note();
  }
  while (await focused(page) !== 'Show all') await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  await note();
  await page.reload();
  told.push(await shown(page));
  await context.close();
  return told;
}

// Plays from the fifth exchange on, with a sentence marked.
async function play(page) {
  await openTool(page, 'listen');
  for (let exchange = 1; exchange <= 4; exchange += 1) await page.locator('[data-does=next]').click();
  await page.locator('[data-does=play]').click();
  while (!await marked(page)) await page.waitForTimeout(50);
}

const choose = (page, name) => page.locator(`#tool-people input[data-name="${name}"]`).check();

// Shows one person's words and then goes to what is hidden, by a link, by the address and by the same link again.
async function lifting(browser, file, { name, target }) {
  const { context, page } = await start(browser, file, 'people');
  const told = {};
  const look = async (how) => {
    await page.waitForTimeout(300);
    told[how] = await page.evaluate((id) => {
      const { top, bottom } = document.getElementById(id).getBoundingClientRect();
      const edge = document.getElementById('tools').getBoundingClientRect().bottom;
      return { top, seen: top >= Math.max(edge, 0) - 1 && bottom <= innerHeight, hash: location.hash };
    }, target);
    Object.assign(told[how], { notice: (await notice(page)).words, turns: (await shown(page)).turns.length });
  };
  const link = page.locator(`nav a[href="#${target}"]`);
  await page.evaluate(() => document.querySelectorAll('nav details').forEach((it) => { it.open = true; }));
  for (const how of ['link', 'the same link']) {
    await choose(page, name);
    await link.focus();
    await page.keyboard.press('Enter');
    await look(how);
  }
  await choose(page, name);
  await page.evaluate(() => { location.hash = ''; });
  await page.evaluate((id) => { location.hash = `#${id}`; }, target);
  await look('address');
  await choose(page, name);
  await page.evaluate(() => { location.hash = '#at-a-glance'; });
  await look('what is shown');
  await context.close();
  return told;
}

// Where the nearest turn stands before and after one person's words are shown, and all again.
async function places(browser, file, { name, at }) {
  const told = [];
  for (const id of at) {
    const { context, page } = await start(browser, file, 'people');
    const first = () => page.evaluate(() => {
      const edge = document.getElementById('tools').getBoundingClientRect().bottom;
      const turns = [...document.querySelectorAll('p.turn')].filter((it) => it.checkVisibility());
      const found = turns.find((it) => it.getBoundingClientRect().bottom > edge + 4);
      return found && { id: found.id, below: Math.round(found.getBoundingClientRect().top - edge) };
    });
    await page.evaluate((it) => {
      const edge = document.getElementById('tools').offsetHeight;
      scrollTo(0, scrollY + document.getElementById(it).getBoundingClientRect().top - edge - 20);
    }, id);
    const before = await first();
    await choose(page, name);
    const only = await first();
    await page.locator('[data-does=show-all]').click();
    told.push({ before, only, after: await first() });
    await context.close();
  }
  return told;
}

// What becomes of the sound: chosen while it plays, it rests; played on into what is hidden, it shows all.
async function heard(browser, file, name) {
  const { context, page, faults } = await open(browser, file);
  await play(page);
  await page.evaluate(watch);
  await page.locator('[data-tool=people]').click();
  const playing = () => page.evaluate(() => !document.querySelector('audio').paused);
  const state = async () => ({
    playing: await playing(), turns: (await shown(page)).turns.length, notice: (await notice(page)).words,
  });
  const heardBy = await page.evaluate((id) => {
    let turn = document.getElementById(id).closest('p');
    while (!turn.matches('.turn')) turn = turn.previousElementSibling;
    return turn.querySelector('.name').textContent;
  }, await marked(page));
  await choose(page, name);
  await page.waitForTimeout(200);
  const chosen = await state();
  await page.locator('[data-does=play]').click();
  await page.waitForFunction(() => !document.querySelector('main [hidden]'));
  const on = await state();
  await context.close();
  return { heardBy, chosen, on, faults };
}

// Looks for words while one person's are shown, and again when all are.
async function beside(browser, file, { name, words }) {
  const { context, page } = await start(browser, file, 'people');
  await choose(page, name);
  await page.locator('[data-tool=find]').click();
  await page.locator('#tool-find input').fill(words);
  await rest(page);
  const one = { said: (await said(page)).at(-1), hits: (await hits(page)).all };
  await page.locator('[data-does=show-all]').click();
  await rest(page);
  const all = { said: (await said(page)).at(-1), hits: (await hits(page)).all };
  await context.close();
  return { one, all };
}

// How long typing is held up in a long transcript: the longest of the pauses between two moments of a busy clock.
async function load(browser, file, words) {
  const { context, page } = await start(browser, file, 'find');
  await page.evaluate(() => {
    globalThis.pauses = [];
    const channel = new MessageChannel();
    let last = performance.now();
    channel.port1.onmessage = () => {
      globalThis.pauses.push(performance.now() - last);
      last = performance.now();
      channel.port2.postMessage(0);
    };
    channel.port2.postMessage(0);
  });
  const times = [];
  for (const letter of words) {
    const before = Date.now();
    await page.keyboard.type(letter);
    times.push(Date.now() - before);
    await page.waitForTimeout(300); // long enough for each beginning of the word to be looked for
  }
  await rest(page);
  const { said: all } = await seen(page);
  const pauses = await page.evaluate(() => globalThis.pauses.sort((a, b) => b - a).slice(0, 10));
  await context.close();
  return { said: all, pauses, times };
}

const THEMES = [null, 'light', 'dark', 'cream', 'yellow-on-black', 'high-contrast'];

// The colours of hits in every theme, as red, green and blue.
async function colours(browser, file, words) {
  const told = {};
  for (const colorScheme of ['light', 'dark']) {
    for (const contrast of ['no-preference', 'more']) {
      const { context, page } = await start(browser, file, 'find', { colorScheme, contrast });
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
      await page.waitForTimeout(300);
      for (const theme of THEMES) {
        told[`${colorScheme} ${contrast} ${theme}`] = await page.evaluate((wanted) => {
          if (wanted) document.documentElement.dataset.theme = wanted;
          else delete document.documentElement.dataset.theme;
          const draw = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const plain = (colour) => { // what color-mix gives is no plain rgb()
            draw.fillStyle = colour;
            draw.fillRect(0, 0, 1, 1);
            return `rgb(${[...draw.getImageData(0, 0, 1, 1).data].slice(0, 3)})`;
          };
          const [range] = CSS.highlights.get('find-hits');
          const pair = (name) => {
            const { color, backgroundColor } = getComputedStyle(range.startContainer.parentElement, `::highlight(${name})`);
            return [plain(color), plain(backgroundColor)];
          };
          const { color, backgroundColor } = getComputedStyle(document.querySelector('#tool-find input'));
          return { hits: pair('find-hits'), hit: pair('find-hit'), field: [plain(color), plain(backgroundColor)] };
        }, theme);
      }
      await context.close();
    }
  }
  return told;
}

// How large each control is, in a wide window and in a narrow one.
async function sizes(browser, file, words) {
  const told = [];
  for (const width of [1280, 320]) {
    const { context, page } = await start(browser, file, 'find', { viewport: { width, height: 800 } });
    const measure = (selector) => page.locator(selector).evaluateAll((found) => found.map((it) => {
      const { width: wide, height: high } = it.getBoundingClientRect();
      return [it.innerText || it.id, wide, high];
    }));
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    told.push(...await measure('#tool-find :is(input, button, a)'));
    await onePerson(page);
    told.push(...await measure('#tool-people label, [data-does=show-all]'));
    await context.close();
  }
  return told;
}

// What is on paper while one person's words are shown.
async function paper(browser, file, name) {
  const { context, page } = await start(browser, file, 'people');
  await choose(page, name);
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(() => document.body.innerText);
  await context.close();
  return text;
}

// What a screen reader says of the toolbar: after a search, and while one person's words are shown.
async function spoken(browser, file, { words, name }) {
  const { context, page } = await start(browser, file, 'find');
  const listen = () => page.evaluate(async (code) => {
    const { virtual } = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    await virtual.start({ container: document.getElementById('tools') });
    const first = await virtual.lastSpokenPhrase();
    do await virtual.next(); while (await virtual.lastSpokenPhrase() !== `end of ${first}`);
    const all = await virtual.spokenPhraseLog();
    await virtual.stop();
    return all;
  }, SCREEN_READER);
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  const searching = await listen();
  await openTool(page, 'people');
  await choose(page, name);
  await page.waitForTimeout(100);
  const choosing = await listen();
  await context.close();
  return { searching, choosing };
}

const RUNS = {
  typing, keys, queries, gone, closing, choosing, lifting, places, heard, beside, load, colours, sizes, paper, spoken,
};

const [plan, file] = process.argv.slice(2);
const browser = await launch();
const told = {};
for (const [name, wanted] of Object.entries(JSON.parse(plan))) {
  told[name] = await RUNS[name.split(' ')[0]](browser, file, wanted);
}
await browser.close();
process.stdout.write(JSON.stringify(told));
