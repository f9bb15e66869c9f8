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
  const link = document.createElement('a');
  const sentences = [...conversation.querySelectorAll('p span[id]')];
  const exchanges = [...conversation.querySelectorAll('.exchange')];
  const beginning = exchanges[1] ?? conversation.querySelectorAll('p[id]')[1];
  let resting;

  function stored(change) {
    try {
      return change(localStorage);
    } catch {
      return undefined; // nothing may be kept here
    }
  }

  const bottom = (element) => element.getBoundingClientRect().bottom;
  const isShown = (element) => element.getClientRects().length > 0; // not while only another person's words are
  const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const covered = () => parseFloat(document.documentElement.style.getPropertyValue('--covered')) || 0;

  // Where somebody reads: the first sentence of which something is in view. To read a few lines again is better than to
  // miss some.
  function keep() {
    const edge = covered() + 4;
    const here = sentences.find((sentence) => isShown(sentence) && bottom(sentence) > edge);
    const last = sentences.findLast(isShown);
    if (!beginning || !last) return;
    if (bottom(last) <= innerHeight) stored((kept) => kept.removeItem(KEY));
    else if (follows(beginning, here)) stored((kept) => kept.setItem(KEY, here.id));
  }

  // "9. Phyllis Bennis: and then we all went…": exchange, person, and the first words of the sentence.
  function described(sentence) {
    const number = exchanges.findLast((heading) => follows(heading, sentence))?.textContent.match(/^\d+\. /) ?? '';
    let paragraph = sentence.closest('p');
    while (paragraph?.matches('.more')) paragraph = paragraph.previousElementSibling;
    const name = paragraph?.querySelector('.name')?.textContent ?? '';
    const words = sentence.textContent.trim().split(/\s+/);
    const opening = words.slice(0, WORDS).join(' ');
    return `${number}${name} ${opening}${words.length > WORDS ? '…' : ''}`;
  }

  function show(sentence) {
    const [before, after] = offer.dataset.words.split('{value}');
    const theirs = document.createElement('span');
    theirs.lang = document.documentElement.lang;
    theirs.dir = 'auto';
    theirs.textContent = described(sentence);
    link.replaceChildren(before, theirs, after);
    link.href = `#${sentence.id}`;
    offer.prepend(link, ' ');
    offer.hidden = false;
  }

  const kept = stored((all) => all.getItem(KEY));
  const sentence = !location.hash && sentences.find((each) => each.id === kept);
  if (sentence) show(sentence);
  link.addEventListener('click', () => { offer.hidden = true; }); // before the browser follows it: the page is shorter then
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
