// The place where a reader stopped. It is kept on this device, once the first exchange has been read, and forgotten when
// the end of the conversation is in view. On the next visit it is offered as a link, unless the address leads somewhere.
(() => {
  'use strict';

  const KEY = `curbcut-place:${location.pathname}`;
  const RESTS = 1000; // milliseconds that the page has not moved: somebody is reading
  const WORDS = 6;

  const offer = document.querySelector('.go-on');
  const conversation = offer && document.getElementById(offer.dataset.within);
  if (!conversation) return;
  const link = offer.querySelector('a');
  const blocks = [...conversation.querySelectorAll('p[id]')];
  const [, second] = conversation.querySelectorAll('.exchange');
  const beginning = second ?? blocks[1];
  let resting;

  function stored(change) {
    try {
      return change(localStorage);
    } catch {
      return undefined; // nothing may be kept here
    }
  }

  const top = (element) => element.getBoundingClientRect().top;
  const inView = () => blocks.find((block) => block.getBoundingClientRect().bottom > innerHeight / 4 && block.checkVisibility?.() !== false);

  function keep() {
    if (!beginning || top(beginning) > innerHeight / 2 || conversation.querySelector('[hidden]')) return;
    const last = blocks.at(-1).getBoundingClientRect();
    if (last.bottom <= innerHeight) stored((kept) => kept.removeItem(KEY));
    else stored((kept) => kept.setItem(KEY, inView().id));
  }

  function show(block) {
    const exchange = [...conversation.querySelectorAll('.exchange')]
      .findLast((heading) => heading.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING);
    const words = block.textContent.trim().split(/\s+/);
    const opening = words.length > WORDS ? `${words.slice(0, WORDS).join(' ')}…` : words.join(' ');
    const [before, after] = link.dataset.words.split('{value}');
    const theirs = document.createElement('span');
    theirs.lang = document.documentElement.lang;
    theirs.dir = 'auto';
    theirs.textContent = `${exchange?.textContent.match(/^\d+\. /) ?? ''}${opening}`;
    link.replaceChildren(before, theirs, after);
    link.href = `#${block.id}`;
    offer.hidden = false;
  }

  // After the browser has followed the link, so that the place where one reads has gone with it.
  const withdraw = () => setTimeout(() => { offer.hidden = true; });

  const kept = stored((all) => all.getItem(KEY));
  const block = !location.hash && blocks.find((each) => each.id === kept);
  if (block) show(block);
  link.addEventListener('click', withdraw);
  offer.querySelector('[data-does=dismiss]').addEventListener('click', () => {
    stored((all) => all.removeItem(KEY));
    offer.hidden = true;
  });
  addEventListener('scroll', () => {
    clearTimeout(resting);
    resting = setTimeout(keep, RESTS);
  }, { passive: true });
  addEventListener('pagehide', keep);
})();
