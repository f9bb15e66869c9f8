// Opens a book in foliate-js, a reading system, has it read itself aloud from one of its pages on,
// and tells what was highlighted when. Prints one JSON object; the judging is done by the tests.
//
//     node book_check.mjs BOOK.epub PAGE.xhtml SECONDS SPEED
//
// Without a page (an empty word) it plays from wherever the book opens, as whoever presses play at once has it.
// The browser is the system's own, named by the variable CHROMIUM: nothing is downloaded, and no
// book may reach the network.
import { chromium } from 'playwright-core';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage',
  '--autoplay-policy=no-user-gesture-required', '--mute-audio',
];
const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.epub': 'application/epub+zip' };

const READER = `<!doctype html><meta charset="utf-8"><title>A reader</title>
<style>html, body { height: 100%; margin: 0 } foliate-view { display: block; height: 100% }</style>
<script type="module">
const sounds = [];
const Plain = window.Audio;
window.Audio = function (address) { const made = new Plain(address); sounds.push(made); return made; };
await import('/node_modules/foliate-js/view.js');

const contents = () => view.renderer.getContents().map((shown) => shown.doc);
const active = () => contents().flatMap((doc) =>
  [...doc.getElementsByClassName(view.book.media.activeClass)]);
const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
let view;

window.open_ = async () => {
  const blob = await (await fetch('/book.epub')).blob();
  view = document.body.appendChild(document.createElement('foliate-view'));
  await view.open(new File([blob], 'book.epub', { type: 'application/epub+zip' }));
  await view.init({ lastLocation: null, showTextStart: false });
};

window.play = async (page, seconds, speed) => {
  const { book, mediaOverlay } = view;
  const opened = view.renderer.getContents()[0]?.index;
  const index = page ? book.sections.findIndex((section) => section.id.endsWith(page)) : opened;
  const heard = [];
  const faults = [];
  mediaOverlay.addEventListener('error', (event) => faults.push(String(event.detail)));
  mediaOverlay.addEventListener('highlight', async ({ detail }) => {
    const now = sounds.at(-1).currentTime;
    await wait(150); // the view turns the page first, and then marks the element
    const marked = active();
    heard.push({
      id: detail.text.split('#')[1], begin: detail.begin, end: detail.end, now,
      marked: marked.map((element) => element.id), text: marked[0]?.textContent ?? '',
    });
  });
  if (page) await view.goTo(index);
  mediaOverlay.setRate(speed);
  await mediaOverlay.start(index);
  await wait(seconds * 1000);
  mediaOverlay.pause();
  return { heard, faults, overlays: book.sections.filter((section) => section.mediaOverlay).length };
};

window.colours = () => active().map((element) => {
  const style = element.ownerDocument.defaultView.getComputedStyle(element);
  return [style.color, style.backgroundColor, style.textDecorationLine];
})[0];
window.ready = true;
</script>`;

function serve(book) {
  return createServer((request, response) => {
    const name = new URL(request.url, 'http://localhost').pathname;
    if (name === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(READER);
      return;
    }
    const file = name === '/book.epub' ? book : path.join(HERE, path.normalize(name));
    createReadStream(file)
      .on('open', () => response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
}

const [book, page, seconds, speed] = process.argv.slice(2);
const server = serve(path.resolve(book)).listen(0, '127.0.0.1');
await new Promise((done) => { server.on('listening', done); });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
try {
  const tab = await browser.newPage();
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.waitForFunction('window.ready');
  await tab.evaluate('window.open_()');
  const found = await tab.evaluate(
    ([where, length, rate]) => window.play(where, length, rate),
    [page, Number(seconds), Number(speed)],
  );
  const colours = {};
  for (const colorScheme of ['light', 'dark']) {
    await tab.emulateMedia({ colorScheme });
    colours[colorScheme] = await tab.evaluate('window.colours()');
  }
  process.stdout.write(JSON.stringify({ ...found, colours }));
} finally {
  await browser.close();
  server.close();
}
