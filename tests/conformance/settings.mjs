// Uses the reading settings of a page as readers do, and the place that it keeps, and tells what became of it. Prints one
// JSON object; the judging is done by the tests.
//
//     node settings.mjs keys,colours,… FILE.html
import { open, openTool, tell } from './browser.mjs';

const THEMES = [undefined, 'light', 'dark', 'cream', 'yellow-on-black', 'high-contrast'];
const TYPEFACES = [undefined, 'sans', 'serif', 'mono'];
const PLACE_IS_KEPT = 1300; // milliseconds without moving, after which it is

const settings = (page) => page.evaluate(() => ({ ...document.documentElement.dataset }));
const stored = (page) => page.evaluate(() => ({ ...localStorage }));
const scrollTo = (page, top) => page.evaluate((y) => new Promise((done) => {
  scrollTo({ top: y, behavior: 'instant' });
  requestAnimationFrame(() => requestAnimationFrame(done));
}), top);

const focused = (page) => page.evaluate(() => {
  const { activeElement: it } = document;
  if (it === document.body) return null;
  return it.labels?.[0]?.innerText.trim() ?? it.innerText.trim();
});

// Tab, Enter and the arrow keys alone, from the top of the page through the settings.
async function keys(browser, file) {
  const { context, page, faults } = await open(browser, file);
  const told = [];
  const tabTo = async (words) => {
    while (await focused(page) !== words) {
      await page.keyboard.press('Tab');
      if (await focused(page) === null) throw new Error(`no stop is called ${words}`);
    }
  };
  const press = async (words, key) => {
    await tabTo(words);
    await page.keyboard.press(key);
    await page.waitForTimeout(200);
    const said = await page.evaluate(() => document.querySelector('#tool-settings [role=status]').textContent);
    told.push({ pressed: words, key, focus: await focused(page), set: await settings(page), stored: await stored(page), said });
  };
  await press(await page.evaluate(() => document.querySelector('[data-does=open]').innerText.trim()), 'Enter');
  await press('Settings', 'Space');
  await press('Larger', 'Enter');
  await press('Larger', 'Space');
  await page.keyboard.press('Shift+Tab');
  await press('Smaller', 'Enter');
  await press('As the device has it', 'ArrowDown');
  await press('Atkinson Hyperlegible', 'ArrowUp');
  await press('Ordinary', 'ArrowDown');
  await page.keyboard.press('Tab');
  await press('Ordinary', 'ArrowRight');
  await press('Off', 'ArrowRight');
  await press('Put all settings back', 'Enter');
  await context.close();
  return { told, faults };
}

// What a second page of the same reader has before it is first drawn, and when.
async function early(browser, file) {
  const before = () => {
    globalThis.seen = {};
    new MutationObserver((_, observer) => {
      if (!document.documentElement.dataset.theme) return;
      globalThis.seen = { at: performance.now(), set: { ...document.documentElement.dataset } };
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  };
  const kept = { theme: 'dark', size: '150', spacing: 'most', nonsense: 'x', measure: 'no"good' };
  const { context, page } = await open(browser, file, { kept, before });
  await openTool(page, 'settings');
  const told = await page.evaluate(() => ({
    ...globalThis.seen,
    painted: performance.getEntriesByName('first-paint')[0]?.startTime ?? null,
    checked: [...document.querySelectorAll('#tool-settings input:checked')].map((it) => [it.name, it.value]),
    size: document.querySelector('.size').textContent,
  }));
  await context.close();
  return told;
}

// What is stored on a visit that changes nothing, toolbar and panels opened and closed.
async function untouched(browser, file) {
  const { context, page } = await open(browser, file);
  await openTool(page, 'settings');
  await page.locator('[data-does=open]').click();
  await page.waitForTimeout(PLACE_IS_KEPT);
  const told = { stored: await stored(page), set: await settings(page) };
  await context.close();
  return told;
}

// A browser that refuses to keep anything.
async function refused(browser, file) {
  const before = () => Object.defineProperty(globalThis, 'localStorage', {
    get() { throw new DOMException('no', 'SecurityError'); },
  });
  const { context, page, faults } = await open(browser, file, { before });
  await openTool(page, 'settings');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const grounds = [await ground()];
  await page.locator('[name=theme][value=dark]').check();
  grounds.push(await ground());
  const note = await page.evaluate(() => document.querySelector('.kept').innerText);
  await scrollTo(page, 3000);
  await page.waitForTimeout(PLACE_IS_KEPT);
  await context.close();
  return { faults, grounds, note };
}

// Every pair of text and ground that is seen, with all panels open, and the rings, in each theme on each device.
async function colours(browser, file) {
  const told = {};
  for (const colorScheme of ['light', 'dark']) {
    for (const contrast of ['no-preference', 'more']) {
      const { context, page } = await open(browser, file, { colorScheme, contrast });
      await openTool(page, 'settings');
      for (const theme of THEMES) {
        told[`${theme ?? 'device'}, ${colorScheme}, ${contrast}`] = await page.evaluate(pairsIn, theme);
      }
      await context.close();
    }
  }
  return told;
}

function pairsIn(theme) {
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  for (const panel of document.querySelectorAll('.panel, .rest, .go-on')) panel.hidden = false;
  for (const part of document.querySelectorAll('details')) part.open = true;
  const groundOf = (element) => {
    let it = element;
    while (it && getComputedStyle(it).backgroundColor === 'rgba(0, 0, 0, 0)') it = it.parentElement;
    return getComputedStyle(it ?? root).backgroundColor;
  };
  const texts = {};
  const note = (name, color, ground) => { texts[`${color} on ${ground}`] ??= [name, color, ground]; };
  for (const element of document.body.querySelectorAll('*')) {
    const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!words.length || !element.checkVisibility() || element.closest('script, style')) continue;
    note(element.outerHTML.slice(0, 60), getComputedStyle(element).color, groundOf(element));
  }
  const heard = getComputedStyle(document.querySelector('main span[id]'), '::highlight(read-along)');
  if (document.querySelector('audio')) note('what is heard', heard.color, heard.backgroundColor);
  const rings = ['.skip', 'nav a', 'summary', '#tools button', '#tools input'].map((what) => {
    const element = document.querySelector(what);
    element.focus({ focusVisible: true });
    const { outlineColor, outlineWidth, outlineStyle } = getComputedStyle(element);
    return [what, outlineColor, groundOf(element.parentElement), outlineWidth, outlineStyle];
  });
  const rules = ['h2', 'blockquote'].map((what) => document.querySelector(what)).filter(Boolean)
    .map((element) => {
      const { borderTopColor, borderInlineStartColor, borderTopWidth } = getComputedStyle(element);
      return [element.localName, borderTopWidth === '0px' ? borderInlineStartColor : borderTopColor, groundOf(element)];
    });
  return { texts: Object.values(texts), rings, rules };
}

// How many characters a line has, in each typeface, and how far apart lines and paragraphs are.
async function lines(browser, file) {
  const { context, page } = await open(browser, file);
  const told = {};
  for (const typeface of TYPEFACES) {
    told[typeface ?? 'ours'] = await page.evaluate(async (value) => {
      const set = document.documentElement.dataset;
      if (value) set.typeface = value;
      else delete set.typeface;
      await document.fonts.ready;
      const lengths = [...document.querySelectorAll('main p')].flatMap((paragraph) => {
        const found = new Map();
        const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        while (walker.nextNode()) {
          for (let place = 0; place < walker.currentNode.length; place += 1) {
            range.setStart(walker.currentNode, place);
            range.setEnd(walker.currentNode, place + 1);
            const line = Math.round(range.getBoundingClientRect().bottom / 8);
            found.set(line, (found.get(line) ?? 0) + 1);
          }
        }
        return [...found.values()];
      });
      return Math.max(...lengths);
    }, typeface);
  }
  for (const spacing of [undefined, 'more', 'most']) {
    told[`spacing ${spacing ?? 'ordinary'}`] = await page.evaluate((value) => {
      const set = document.documentElement.dataset;
      if (value) set.spacing = value;
      else delete set.spacing;
      delete set.typeface;
      const paragraph = document.querySelector('main p.more') ?? document.querySelector('main p.turn');
      const { fontSize, lineHeight, letterSpacing, wordSpacing, textAlign, marginBottom } = getComputedStyle(paragraph);
      const em = parseFloat(fontSize);
      const all = [...document.querySelectorAll('main p')];
      const gaps = all.filter((it) => it.nextElementSibling?.localName === 'p')
        .map((it) => it.nextElementSibling.getBoundingClientRect().top - it.getBoundingClientRect().bottom);
      return {
        line: parseFloat(lineHeight) / em,
        letter: (parseFloat(letterSpacing) || 0) / em,
        word: (parseFloat(wordSpacing) || 0) / em,
        after: parseFloat(marginBottom) / em,
        gap: Math.min(...gaps) / em,
        textAlign,
      };
    }, spacing);
  }
  await context.close();
  return told;
}

// How large each thing is that can be pressed, in a wide window and in a narrow one; a link in a sentence is as high as it.
async function sizes(browser, file) {
  const told = [];
  for (const width of [1280, 320]) {
    const { context, page } = await open(browser, file, { viewport: { width, height: 800 } });
    await openTool(page, 'settings');
    told.push(...await page.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
      document.querySelector('.go-on').hidden = false;
      document.querySelector('.go-on').insertAdjacentHTML('afterbegin', '<a href="#transcript">Go on</a> ');
      return [...document.querySelectorAll('a[href], summary, button, label')]
        .filter((it) => it.checkVisibility() && !it.closest('main p, main span[id]'))
        .map((it) => {
          const { width: wide, height: high } = it.getBoundingClientRect();
          return [it.innerText, wide, high];
        });
    }));
    await context.close();
  }
  return told;
}

// Where the clear lines of line focus are: at the top of the page, in it, at its end, by keyboard; and at the pointer.
async function band(browser, file) {
  const { context, page } = await open(browser, file, { kept: { lines: 'three', theme: 'cream' } });
  const now = () => page.evaluate(() => {
    const { top, bottom } = document.getElementById('line-focus').getBoundingClientRect();
    return { top, bottom, y: scrollY, window: innerHeight };
  });
  const pressed = async (key) => {
    await page.keyboard.press(key);
    await page.waitForTimeout(400);
    return now();
  };
  const told = { top: await now(), down: await pressed('PageDown'), end: await pressed('End') };
  await scrollTo(page, 2500);
  told.middle = await now();
  await page.mouse.move(640, 300);
  told.pointer = await now();
  const clip = { x: 0, y: Math.ceil(told.pointer.top) + 4, width: 1280, height: Math.floor(told.pointer.bottom - told.pointer.top) - 8 };
  const clear = await page.screenshot({ clip });
  const dim = { ...clip, y: clip.y + 200 };
  const dimmed = await page.screenshot({ clip: dim });
  await page.evaluate(() => { delete document.documentElement.dataset.lines; });
  told.clear = clear.equals(await page.screenshot({ clip }));
  told.dimmed = !dimmed.equals(await page.screenshot({ clip: dim }));
  await page.evaluate(() => { document.documentElement.dataset.lines = 'five'; });
  const look = () => page.evaluate(() => {
    const { display, boxShadow, pointerEvents } = getComputedStyle(document.getElementById('line-focus'));
    return { display, boxShadow, pointerEvents };
  });
  await page.emulateMedia({ media: 'print' });
  told.print = await look();
  await page.emulateMedia({ media: 'screen', forcedColors: 'active' });
  told.forced = await look();
  await context.close();
  return told;
}

// The place that is kept: nothing on a first visit, a link on the second, gone once it is used, dismissed or at the end.
async function place(browser, file) {
  const { context, page } = await open(browser, file);
  const look = () => page.evaluate(() => {
    const offer = document.querySelector('.go-on');
    return { shown: !offer.hidden, words: offer.querySelector('a')?.innerText ?? '', href: offer.querySelector('a')?.hash ?? '', y: scrollY };
  });
  const rest = () => page.waitForTimeout(PLACE_IS_KEPT);
  const told = { first: await look() };
  const turn = await page.evaluate(() => {
    const turns = [...document.querySelectorAll('main p.turn')];
    return turns[Math.floor(turns.length / 2)].id;
  });
  await scrollTo(page, 200);
  await rest();
  told.before = await stored(page);
  await page.evaluate((id) => document.getElementById(id).scrollIntoView({ behavior: 'instant' }), turn);
  await rest();
  told.kept = Object.values(await stored(page));
  told.turn = turn;
  const again = async (address = file) => {
    await page.goto('about:blank');
    await page.goto(new URL(address, 'file:').href);
    await page.waitForTimeout(200);
    return look();
  };
  told.fragment = await again(`${file}#transcript`);
  told.second = await again();
  while (!(await focused(page))?.startsWith('Go on where')) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  told.used = { ...await look(), hash: await page.evaluate(() => location.hash), top: await page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, turn) };
  await rest();
  told.third = await again();
  await page.locator('[data-does=dismiss]').click();
  told.dismissed = { ...await look(), stored: await stored(page) };
  told.fourth = await again();
  await page.evaluate((id) => document.getElementById(id).scrollIntoView({ behavior: 'instant' }), turn);
  await rest();
  await scrollTo(page, 10 ** 6);
  await rest();
  told.atTheEnd = await stored(page);
  await context.close();
  return told;
}

// The spacing of WCAG 1.4.12, forced on the page: what no longer fits.
async function spaced(browser, file) {
  const told = [];
  for (const width of [1280, 320]) {
    const { context, page } = await open(browser, file, { viewport: { width, height: 800 } });
    await openTool(page, 'settings');
    await page.addStyleTag({
      content: `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }`,
    });
    told.push(...await page.evaluate(() => {
      const wider = document.scrollingElement.scrollWidth > document.documentElement.clientWidth ? [`the page: ${[...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > document.documentElement.clientWidth).slice(0, 3).map((it) => it.outerHTML.slice(0, 80))}`] : [];
      const cut = [...document.querySelectorAll('button, label, legend, summary, a, h1, h2, h3')]
        .filter((it) => it.checkVisibility() && getComputedStyle(it).display !== 'inline')
        .filter((it) => it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1);
      return [...wider, ...cut.map((it) => it.outerHTML.slice(0, 80))];
    }));
    await context.close();
  }
  return told;
}

// What is in view while the text grows: the text below the toolbar, and the button that was pressed.
async function growing(browser, file) {
  const { context, page } = await open(browser, file);
  await openTool(page, 'settings');
  await page.evaluate(() => [...document.querySelectorAll('main p.turn')].at(12).scrollIntoView({ behavior: 'instant' }));
  const look = () => page.evaluate(() => {
    const { bottom: edge } = document.getElementById('tools').getBoundingClientRect();
    const first = [...document.querySelectorAll('main p')].find((it) => it.getBoundingClientRect().bottom > edge);
    const button = document.querySelector('[data-does=larger]').getBoundingClientRect();
    const below = first.getBoundingClientRect().top - edge;
    return { first: first.textContent.slice(0, 40), below, button: [button.top, button.bottom], window: innerHeight };
  });
  await page.locator('[data-does=larger]').focus();
  const told = [await look()];
  for (let press = 0; press < 7; press += 1) {
    await page.keyboard.press('Enter');
    await page.waitForTimeout(150);
    told.push({ size: (await settings(page)).size, ...await look() });
  }
  await context.close();
  return told;
}

const RUNS = { keys, early, untouched, refused, colours, lines, sizes, band, place, spaced, growing };

await tell(RUNS);
