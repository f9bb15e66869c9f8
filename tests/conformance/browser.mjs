// A page of ours opened in the system's own browser: nothing is downloaded, and no page may reach the network.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DESK, launch } from '../../converters/checks/outside/browser.mjs';

export { DESK, launch };

const SETTINGS = 'curbcut-reading-settings';

// Does the runs that the command line names, on the page that it names, and prints what each tells.
export async function tell(runs) {
  const [wanted, file] = process.argv.slice(2);
  const browser = await launch();
  const told = {};
  for (const name of wanted.split(',')) told[name] = await runs[name](browser, file);
  await browser.close();
  process.stdout.write(JSON.stringify(told));
}

// A page in a context of its own, with what it asked of the network. A page with sound is there
// when its sound is, or when that cannot be had. `kept` are reading settings of an earlier visit;
// `before` runs in the page before anything of its own does.
export async function open(browser, file, { withoutHighlights, kept, before, ...options } = {}) {
  const context = await browser.newContext({ bypassCSP: true, viewport: DESK, ...options });
  const requests = [];
  await context.route(/^(?!file:|data:|blob:)/, (route) => {
    requests.push(route.request().url());
    return route.abort();
  });
  if (withoutHighlights) {
    await context.addInitScript(() => Object.defineProperty(CSS, 'highlights', { value: undefined }));
  }
  if (kept) await context.addInitScript(([key, it]) => localStorage.setItem(key, it), [SETTINGS, JSON.stringify(kept)]);
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(pathToFileURL(path.resolve(file)).href);
  if (options.javaScriptEnabled ?? true) await soundIsThere(page);
  return { context, page, requests, faults };
}

const soundIsThere = (page) => page.waitForFunction(
  () => [...document.querySelectorAll('audio')].every((it) => it.readyState || it.error),
);

// The id of the sentence that is marked as being heard.
export const marked = (page) => page.evaluate(() => {
  const [range] = CSS.highlights?.get('read-along') ?? [];
  const element = range ? range.startContainer : document.querySelector('.read-along');
  return element?.id ?? null;
});

// The toolbar open, and in it one tool.
export async function openTool(page, name) {
  const opener = page.locator('[data-does=open]');
  if (await opener.getAttribute('aria-expanded') === 'false') await opener.click();
  await page.locator(`[data-tool=${name}]`).click();
}

// The player as a reader may have left it: open, playing with a sentence of the conversation marked,
// or paused there.
export async function listen(page, how) {
  const press = (does) => page.locator(`[data-does=${does}]`).click();
  await openTool(page, 'listen');
  if (how === 'open') return;
  for (let exchange = 1; exchange <= 4; exchange += 1) await press('next');
  await press('play');
  while (!await marked(page)) await page.waitForTimeout(50);
  if (how === 'paused') await press('play');
}

// A search for two letters of the conversation as a reader may have left it, at its second hit.
export async function search(page) {
  await openTool(page, 'find');
  const field = page.locator('#tool-find input');
  await field.fill(await page.evaluate(() => document.querySelector('p.turn > span').textContent.trim().slice(0, 2)));
  await field.press('Enter');
  await field.press('Enter');
  await page.waitForFunction(() => !document.querySelector('#tool-find a').hidden);
}

// The words of the second person on the list alone.
export async function onePerson(page) {
  await openTool(page, 'people');
  await page.locator('#tool-people input').nth(2).check();
}
