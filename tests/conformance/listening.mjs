// Uses the player of a page as readers do, and tells what became of it. Prints one JSON object; the
// judging is done by the tests.
//
//     node listening.mjs stops,keys,… FILE.html
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { listen, marked, open, openTool, tell } from './browser.mjs';

const require = createRequire(import.meta.url);
const FAST = 4; // the speech of a minute in a quarter of it
const MINUTE = 60;
const SCREEN_READER = readFileSync(require.resolve('@guidepup/virtual-screen-reader/browser.js'), 'utf8');

const stateOf = (page) => page.evaluate(() => {
  const audio = document.querySelector('audio');
  const opener = document.querySelector('[data-does=open]');
  const status = document.querySelector('#tool-listen [role=status]');
  return {
    shown: Boolean(document.querySelector('[data-tool=listen]')),
    words: opener.innerText.trim(),
    open: opener.getAttribute('aria-expanded') === 'true',
    playing: audio ? !audio.paused : false,
    at: audio ? Math.round(audio.currentTime * 1000) : 0,
    said: status?.textContent ?? '',
  };
});

// What has the focus, by its words; null where nothing has.
const focused = (page) => page.evaluate(() => {
  const { activeElement: it } = document;
  if (it === document.body) return null;
  const within = it.closest('section, nav, header, footer')?.id ?? '';
  return { tag: it.localName, words: it.innerText?.trim() ?? '', within };
});

const at = (page, place) => page.evaluate((seconds) => new Promise((resolve) => {
  const audio = document.querySelector('audio');
  audio.addEventListener('seeked', resolve, { once: true });
  audio.currentTime = seconds;
}), place);

const inView = (page, id) => page.evaluate((it) => {
  const { top, bottom } = document.getElementById(it).getBoundingClientRect();
  return top >= document.getElementById('tools').getBoundingClientRect().bottom && bottom <= innerHeight;
}, id);

// Until the page has not moved for half a second.
const rest = (page) => page.evaluate(() => new Promise((resolve) => {
  const found = [];
  const look = () => {
    found.push(scrollY);
    if (found.length > 5 && found.slice(-5).every((it) => it === scrollY)) resolve();
    else setTimeout(look, 100);
  };
  look();
}));

// Until the audio is where it was sent, and on its way if it plays.
const settled = (page) => page.evaluate(() => new Promise((resolve) => {
  const audio = document.querySelector('audio');
  const before = audio.currentTime;
  const look = () => {
    if (!audio.seeking && (audio.paused || audio.currentTime !== before)) setTimeout(resolve, 200);
    else setTimeout(look, 50);
  };
  setTimeout(look, 100);
}));

// Each stop of the Tab key, from the top of the page to its end.
async function stops(browser, file) {
  const { context, page } = await open(browser, file);
  const found = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (!stop) break;
    found.push(stop);
  }
  await context.close();
  return found;
}

// Tab, Enter and Space alone, from the top of the page through all that the player can do.
async function keys(browser, file) {
  const { context, page } = await open(browser, file, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const told = [];
  const tabTo = async (words) => {
    do {
      await page.keyboard.press('Tab');
    } while (![null, words].includes((await focused(page))?.words ?? null));
  };
  const press = async (words, key) => {
    if ((await focused(page))?.words !== words) await tabTo(words);
    await page.keyboard.press(key);
    await settled(page);
    const [focus, state, heard] = [await focused(page), await stateOf(page), await marked(page)];
    told.push({ pressed: words, key, focus: focus?.words ?? null, heard, ...state });
  };
  await press('Listen, find, reading settings', 'Enter');
  await press('Play', 'Space');
  await press('Pause', 'Enter');
  await press('Listen', 'Enter');
  await press('Next exchange', 'Enter');
  await press('Next exchange', 'Space');
  await page.keyboard.press('Shift+Tab');
  await press('Previous exchange', 'Enter');
  await press('Play from here', 'Enter');
  await press('Copy link', 'Space');
  told.at(-1).copied = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press('Shift+Tab');
  for (const words of ['Play from here', 'Next exchange', 'Previous exchange']) {
    if ((await focused(page)).words !== words) throw new Error(`${words} is not before`);
    await page.keyboard.press('Shift+Tab');
  }
  await press('Forward one sentence', 'Enter');
  await page.keyboard.press('Shift+Tab');
  await press('Back one sentence', 'Enter');
  await context.close();
  return told;
}

// A minute of speech: what was marked when, and whatever should not have happened.
async function minute(browser, file) {
  const { context, page, faults } = await open(browser, file);
  await listen(page, 'playing');
  await page.evaluate((rate) => {
    const seen = { live: [], focus: [], transcript: [], samples: [] };
    globalThis.seen = seen;
    const live = '[role=status], [role=alert], [role=log], [role=timer], [role=marquee], [aria-live], output';
    new MutationObserver((changes) => changes.forEach(({ target, type, attributeName }) => {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      if (element?.closest(live)) seen.live.push(element.outerHTML.slice(0, 120));
      if (element?.closest('main, nav, header, footer')) seen.transcript.push(`${type} ${attributeName}`);
    })).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    for (const type of ['focusin', 'focusout']) {
      document.addEventListener(type, (event) => seen.focus.push(`${type} ${event.target.localName}`));
    }
    const audio = document.querySelector('audio');
    audio.playbackRate = rate;
    const look = () => { // in each frame, once the page has had its turn
      const [range] = CSS.highlights.get('read-along');
      seen.samples.push([Math.round(audio.currentTime * 1000), range?.startContainer.id ?? null]);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, FAST);
  const begin = (await stateOf(page)).at;
  while ((await stateOf(page)).at < begin + MINUTE * 1000) await page.waitForTimeout(200);
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return { ...seen, faults };
}

// What is marked at rest in the middle of every tenth sentence, by the list in the page.
async function places(browser, file, options) {
  const { context, page } = await open(browser, file, options);
  const times = JSON.parse(await page.locator('script[type="application/json"]').textContent());
  const found = [];
  for (const [id, begin, end] of times.sentences.filter((_, index) => index % 10 === 0)) {
    await at(page, (begin + end) / 2000);
    found.push([id, await marked(page)]);
  }
  await context.close();
  return found;
}

// Whether the page goes with the speech: at first, after the reader has gone elsewhere, and again.
async function follow(browser, file) {
  const told = {};
  for (const reducedMotion of ['no-preference', 'reduce']) {
    const { context, page } = await open(browser, file, { reducedMotion });
    await listen(page, 'playing');
    await rest(page);
    await page.evaluate(() => {
      globalThis.scrolls = 0;
      addEventListener('scroll', () => { globalThis.scrolls += 1; });
    });
    await page.evaluate(() => {
      for (let times = 0; times < 5; times += 1) document.querySelector('[data-does=next]').click();
    });
    await settled(page);
    await rest(page);
    const there = { moves: await page.evaluate(() => globalThis.scrolls), seen: await inView(page, await marked(page)) };
    await page.mouse.move(640, 900);
    await page.mouse.wheel(0, 2500);
    await rest(page);
    const left = await page.evaluate(() => scrollY);
    const before = await marked(page);
    while (await marked(page) === before) await page.waitForTimeout(50);
    await rest(page);
    const stayed = await page.evaluate(() => scrollY) === left;
    await page.locator('[data-does=show]').click();
    await rest(page);
    told[reducedMotion] = { ...there, stayed, back: await inView(page, await marked(page)) };
    await context.close();
  }
  return told;
}

// The place that is meant: what is selected, and otherwise the first sentence in view.
async function here(browser, file) {
  const { context, page } = await open(browser, file);
  const ids = await page.evaluate(() => [...document.querySelectorAll('p.turn')]
    .map((it) => it.querySelector('span')?.id).filter(Boolean).slice(2, 4));
  await openTool(page, 'listen');
  const heardAfter = async () => {
    await page.locator('[data-does=here]').click();
    await settled(page);
    const id = await marked(page);
    await page.locator('[data-does=play]').click();
    await rest(page);
    return id;
  };
  await page.evaluate((id) => {
    const words = document.getElementById(id).firstChild;
    getSelection().setBaseAndExtent(words, 2, words, 9);
  }, ids[0]);
  const selected = await heardAfter();
  await page.evaluate((id) => {
    getSelection().removeAllRanges();
    const player = document.getElementById('tools');
    scrollBy(0, document.getElementById(id).getClientRects()[0].top - player.offsetHeight - 4);
  }, ids[1]);
  await rest(page);
  const first = await heardAfter();
  await context.close();
  return { ids, found: [selected, first] };
}

// The colours of all that the player brings, in every theme, as red, green and blue.
async function colours(browser, file) {
  const told = {};
  for (const colorScheme of ['light', 'dark']) {
    for (const contrast of ['no-preference', 'more']) {
      const { context, page } = await open(browser, file, { colorScheme, contrast });
      await listen(page, 'paused');
      await page.keyboard.press('Tab');
      told[`${colorScheme} ${contrast}`] = await page.evaluate(() => {
        const pair = (element, pseudo) => {
          const { color, backgroundColor } = getComputedStyle(element, pseudo);
          return [color, backgroundColor];
        };
        const [range] = CSS.highlights.get('read-along');
        const player = document.getElementById('tools');
        const ground = getComputedStyle(player).backgroundColor;
        const { outlineColor, outlineWidth } = getComputedStyle(document.activeElement);
        return {
          heard: pair(range.startContainer, '::highlight(read-along)'),
          button: pair(document.querySelector('[data-does=here]')),
          note: [getComputedStyle(player.querySelector('.note')).color, ground],
          ring: [outlineColor, ground],
          ringWidth: outlineWidth,
        };
      });
      await context.close();
    }
  }
  return told;
}

// How large each button is, in a wide window and in a narrow one.
async function sizes(browser, file) {
  const told = [];
  for (const width of [1280, 320]) {
    const { context, page } = await open(browser, file, { viewport: { width, height: 800 } });
    await listen(page, 'open');
    told.push(...await page.evaluate(() => [...document.querySelectorAll('#tools button')].filter((it) => it.checkVisibility()).map((it) => {
      const { width: wide, height: high } = it.getBoundingClientRect();
      return [it.innerText, wide, high];
    })));
    await context.close();
  }
  return told;
}

const alone = async (browser, file) => {
  const { context, page, faults } = await open(browser, file);
  const state = await stateOf(page);
  const text = await page.evaluate(() => document.body.innerText);
  await context.close();
  return { ...state, text, faults };
};

// What a screen reader says, closed, with the player and with the settings open, as it steps through the page.
async function spoken(browser, file) {
  const told = {};
  for (const how of ['closed', 'open', 'settings']) {
    const { context, page } = await open(browser, file);
    if (how !== 'closed') await openTool(page, how === 'open' ? 'listen' : how);
    told[how] = await page.evaluate(async (code) => {
      const { virtual } = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
      await virtual.start({ container: document.body });
      while (await virtual.lastSpokenPhrase() !== 'end of document') await virtual.next();
      const said = await virtual.spokenPhraseLog();
      await virtual.stop();
      return said;
    }, SCREEN_READER);
    await context.close();
  }
  return told;
}

const byClass = (browser, file) => places(browser, file, { withoutHighlights: true });

const RUNS = { stops, keys, minute, places, byClass, follow, here, colours, sizes, alone, spoken };

await tell(RUNS);
