// A program: opens anybody's pages in the system's browser, asks engines what they find, and prints it.
//
// A page is a stranger's. It has no network; of the file system it has its own folder, and of that no more than
// pictures, styles and typefaces; no script of its own is run unless the work says so.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { DESK, NARROW, launch } from './browser.mjs';
import { ENGINES, version, widerThanTheWindow } from './engines.mjs';

const ORIGIN = 'https://page.invalid';
const LARGEST = 50_000_000; // bytes of anything that a page brings with it
const PATIENCE = 60_000; // milliseconds for a page to open
const TYPES = {
  '.html': 'text/html', '.htm': 'text/html', '.xhtml': 'application/xhtml+xml', '.css': 'text/css',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.svg': 'image/svg+xml',
  '.webp': 'image/webp', '.woff2': 'font/woff2', '.woff': 'font/woff', '.ttf': 'font/ttf', '.otf': 'font/otf',
};
const STILL = "script-src 'none'; object-src 'none'; frame-src 'none'; connect-src 'none'; form-action 'none'";
const STATES = {
  light: { viewport: DESK, colorScheme: 'light' },
  dark: { viewport: DESK, colorScheme: 'dark' },
  narrow: { viewport: NARROW, colorScheme: 'light' },
};

// What lies in the page's own folder under that address; nothing where it lies elsewhere.
function beside(file, address) {
  const folder = realpathSync(path.dirname(file));
  try {
    const found = realpathSync(path.join(folder, decodeURIComponent(new URL(address).pathname)));
    const { size } = statSync(found);
    return found.startsWith(folder + path.sep) && size <= LARGEST ? found : undefined;
  } catch {
    return undefined;
  }
}

async function guard(context, file, scripts) {
  let opened = false;
  await context.route('**/*', (route) => {
    const request = route.request();
    const kinds = ['document', 'stylesheet', 'image', 'font', ...(scripts ? ['script'] : [])];
    const found = request.url().startsWith(`${ORIGIN}/`) && kinds.includes(request.resourceType()) && beside(file, request.url());
    if (request.isNavigationRequest() && opened) return route.fulfill({ status: 204 }); // it stays where it is
    if (!found) return route.abort();
    opened ||= request.isNavigationRequest();
    return route.fulfill({
      body: readFileSync(found),
      headers: {
        ...(request.isNavigationRequest() && !scripts ? { 'content-security-policy': STILL } : {}),
        'content-type': TYPES[path.extname(found).toLowerCase()] ?? (opened ? 'text/html' : 'application/octet-stream'),
      },
    });
  });
}

// What is asked of a page is not held back by what the page, or we, forbid its own scripts.
function asking(session) {
  return async (what, argument) => {
    const expression = typeof what === 'string' ? `${what};undefined` : `(${what})(${JSON.stringify(argument) ?? ''})`;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression, awaitPromise: true, returnByValue: true, allowUnsafeEvalBlockedByCSP: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text);
    return result.value;
  };
}

const clauses = (criteria) => criteria.map((it) => `WCAG 2.2 SC ${it}`);

function said(answer) {
  const of = (severity) => (it) => ({
    rule: it.rule, severity: severity(it), text: it.message, where: it.where, clauses: clauses(it.criteria),
  });
  return [
    ...answer.violations.map(of((it) => (it.required ? 'error' : 'warning'))),
    ...answer.undecided.map(of(() => 'info')),
  ];
}

async function examine(browser, file, tools, state, scripts) {
  const context = await browser.newContext({ serviceWorkers: 'block', acceptDownloads: false, ...STATES[state] });
  try {
    await guard(context, file, scripts);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`${ORIGIN}/${encodeURIComponent(path.basename(file))}`, { waitUntil: 'load', timeout: PATIENCE });
    const ask = asking(await context.newCDPSession(page));
    const told = {};
    for (const name of tools.filter((it) => it !== 'reflow' && state !== 'narrow')) {
      const answer = await ENGINES[name](ask);
      told[name] = { said: said(answer), rules: answer.rules, applied: answer.applied };
    }
    if (state === 'narrow') {
      const [first, ...where] = await widerThanTheWindow(ask);
      const remark = { rule: 'reflow', severity: 'error', text: first, where: where[0] ?? '', clauses: clauses(['1.4.10']) };
      told.reflow = { said: first ? [remark] : [], rules: 1 };
    }
    return told;
  } finally {
    await context.close();
  }
}

function add(answers, name, file, told) {
  const answer = answers[name];
  answer.rules = told.rules ?? answer.rules;
  const known = (answer.said[file] ??= []);
  const covers = (answer.covers[file] ??= {});
  for (const [rule, criteria] of told.applied ?? []) {
    for (const clause of clauses(criteria)) covers[clause] = [...new Set([...(covers[clause] ?? []), rule])].sort();
  }
  for (const remark of told.said) {
    const same = known.find((it) => it.rule === remark.rule && it.severity === remark.severity && it.where === remark.where);
    if (!same) known.push(remark);
  }
}

const work = JSON.parse(readFileSync(0, 'utf8'));
const states = [
  ...(work.tools.some((it) => it !== 'reflow') ? ['light', 'dark'] : []),
  ...(work.tools.includes('reflow') ? ['narrow'] : []),
];
const browser = await launch({ stranger: true, proxy: { server: 'http://127.0.0.1:9', bypass: '<-loopback>' } });
const answers = Object.fromEntries(work.tools.map((name) => [name, {
  version: name === 'reflow' ? browser.version() : version(name), rules: null, said: {}, refused: {}, covers: {},
}]));
for (const file of work.files) {
  try {
    for (const state of states) {
      const told = await examine(browser, file, work.tools, state, work.scripts);
      for (const [name, one] of Object.entries(told)) add(answers, name, file, one);
    }
  } catch (error) {
    for (const name of work.tools) {
      delete answers[name].said[file];
      answers[name].refused[file] = `the page could not be looked at (${error.message.split('\n')[0]})`.slice(0, 300);
    }
  }
}
await browser.close();
process.stdout.write(JSON.stringify(answers));
