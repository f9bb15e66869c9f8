// Opens pages in a real browser, in every state a reader may have set, and asks three
// accessibility engines what they find. Prints one JSON object; the judging is done by the tests.
//
//     node page_check.mjs light,dark,narrow FILE.html ...
import { NARROW } from '../../converters/checks/outside/browser.mjs';
import { ENGINES, widerThanTheWindow } from '../../converters/checks/outside/engines.mjs';
import { DESK, launch, listen, onePerson, open, openTool, search } from './browser.mjs';

// WCAG 2.2 1.4.10: a 1280 x 1024 window at 400 % is 320 x 256 CSS pixels.
const ZOOMED = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };

const STATES = {
  light: { viewport: DESK, colorScheme: 'light' },
  dark: { viewport: DESK, colorScheme: 'dark' },
  'forced-colors': { viewport: DESK, colorScheme: 'dark', forcedColors: 'active' },
  narrow: { viewport: NARROW },
  zoomed: ZOOMED,
  'no-script': { viewport: DESK, javaScriptEnabled: false },
  print: { viewport: DESK },
  open: { listening: 'open' },
  playing: { listening: 'playing' },
  paused: { listening: 'paused' },
  'playing-dark': { listening: 'playing', colorScheme: 'dark' },
  'playing-contrast': { listening: 'playing', contrast: 'more' },
  'playing-forced-colors': { listening: 'playing', colorScheme: 'dark', forcedColors: 'active' },
  'playing-narrow': { listening: 'playing', viewport: NARROW },
  'playing-zoomed': { listening: 'playing', ...ZOOMED },
  settings: { tool: 'settings' },
  'settings-light': { tool: 'settings', colorScheme: 'dark', kept: { theme: 'light' } },
  'settings-dark': { tool: 'settings', colorScheme: 'light', kept: { theme: 'dark', lines: 'three' } },
  'settings-cream': { tool: 'settings', colorScheme: 'dark', contrast: 'more', kept: { theme: 'cream' } },
  'settings-yellow': { tool: 'settings', kept: { theme: 'yellow-on-black', typeface: 'serif' } },
  'settings-contrast': { tool: 'settings', colorScheme: 'dark', kept: { theme: 'high-contrast', measure: 'shortest' } },
  'settings-forced-colors': { tool: 'settings', forcedColors: 'active', kept: { theme: 'cream', lines: 'five' } },
  'settings-largest': { tool: 'settings', kept: { size: '400', spacing: 'most', typeface: 'mono' } },
  'settings-narrow': { tool: 'settings', viewport: NARROW, kept: { size: '200', spacing: 'most', lines: 'five' } },
  'settings-zoomed': { tool: 'settings', ...ZOOMED, kept: { theme: 'dark', spacing: 'most' } },
  searching: { finding: search },
  'searching-dark': { finding: search, colorScheme: 'dark' },
  'searching-forced-colors': { finding: search, colorScheme: 'dark', forcedColors: 'active' },
  'searching-narrow': { finding: search, viewport: NARROW },
  'searching-zoomed': { finding: search, ...ZOOMED },
  'searching-by-class': { finding: search, withoutHighlights: true },
  'one-person': { finding: onePerson },
  'one-person-dark': { finding: onePerson, colorScheme: 'dark', contrast: 'more' },
  'one-person-forced-colors': { finding: onePerson, colorScheme: 'dark', forcedColors: 'active' },
  'one-person-narrow': { finding: onePerson, viewport: NARROW },
  'marked-by-class': { listening: 'playing', colorScheme: 'dark', withoutHighlights: true },
};

async function printed(page) {
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ format: 'A4', tagged: true });
  return pdf.toString('base64');
}

// A page that scrolls below a bar has, at one moment or another, a link that the bar cuts in two; axe measures what is
// left of it. Where the page happens to stand differs from machine to machine, so it is moved by that link's height.
function moveCutLinkBelowTheToolbar() {
  const player = document.getElementById('tools');
  if (!player || getComputedStyle(player).position !== 'sticky') return;
  const edge = player.getBoundingClientRect().bottom;
  const links = [...document.querySelectorAll('a, summary')].filter((link) => !player.contains(link));
  const cut = links.map((link) => link.getBoundingClientRect()).find(({ top, bottom }) => top < edge && bottom > edge);
  if (cut) scrollBy({ top: cut.top - edge - 1, behavior: 'instant' });
}

async function examine(browser, file, state) {
  const { listening, tool, finding, ...options } = STATES[state];
  const { context, page, requests } = await open(browser, file, options);
  if (listening) {
    await listen(page, listening);
    await page.evaluate(() => document.body.dispatchEvent(new WheelEvent('wheel', { bubbles: true })));
    await page.waitForTimeout(600); // the page no longer goes with the speech, and has come to rest
    await page.evaluate(moveCutLinkBelowTheToolbar);
  }
  if (tool) await openTool(page, tool);
  if (finding) {
    await finding(page);
    await page.evaluate(moveCutLinkBelowTheToolbar);
  }
  const text = await page.evaluate(() => [...document.body.children] // of the tools, none is a part of the text
    .filter((part) => part.id !== 'tools' && part.checkVisibility()).map((part) => part.innerText).join('\n'));
  const ask = (what, argument) => page.evaluate(what, argument);
  const overflow = await widerThanTheWindow(ask);
  if (tool || finding) await page.addStyleTag({ content: '#tools .panel { max-height: none !important }' }); // judged in all its length
  const pdf = state === 'print' ? await printed(page) : '';
  const answers = ['no-script', 'print'].includes(state)
    ? [] // nothing of ours can run without scripts, and the printed pages are judged by their text
    : [await ENGINES.axe(ask), await ENGINES.htmlcs(ask), await ENGINES.ibm(ask)];
  await context.close();
  return {
    violations: answers.flatMap((answer) => answer.violations),
    undecided: answers.flatMap((answer) => answer.undecided),
    overflow, requests, text, pdf,
  };
}

async function main(states, files) {
  const browser = await launch();
  const report = {};
  for (const file of files) {
    report[file] = {};
    for (const state of states) report[file][state] = await examine(browser, file, state);
  }
  await browser.close();
  process.stdout.write(JSON.stringify(report));
}

const [states, ...files] = process.argv.slice(2);
await main(states.split(','), files);
