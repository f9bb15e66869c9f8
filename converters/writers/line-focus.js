// Line focus: a few lines stay clear, and the rest is dimmed. The clear lines are where the pointer is, or else in the
// middle of the window, where the page moves under them; at both ends of the page they go to the edge of the window, so
// that every line can be reached by keyboard and touch. They come to what has the focus, to what is heard
// and to what was found.
(() => {
  'use strict';

  const MOVING = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' '];
  const root = document.documentElement;
  const tools = document.getElementById('tools');
  const band = document.createElement('div');
  band.id = 'line-focus';
  band.ariaHidden = 'true';

  let pointer; // how far down the window it is
  let element; // or what the clear lines are at

  const covered = () => (getComputedStyle(tools).position === 'sticky' ? tools.getBoundingClientRect().bottom : 0);

  // Where the band begins, below what is covered, in so much room.
  function byScrolling(room) {
    const last = root.scrollHeight - innerHeight;
    if (last < room) return (room * scrollY) / Math.max(last, 1);
    if (scrollY < room / 2) return scrollY;
    return Math.max(room / 2, room - (last - scrollY));
  }

  function place() {
    if (!root.dataset.lines) return;
    const box = element?.getBoundingClientRect();
    band.style.minHeight = box ? `${box.height + 8}px` : '';
    const edge = covered();
    const room = Math.max(innerHeight - edge - band.offsetHeight, 0);
    const middle = box ? (box.top + box.bottom) / 2 : pointer;
    const wanted = middle === undefined ? byScrolling(room) : middle - edge - band.offsetHeight / 2;
    band.style.top = `${edge + Math.min(Math.max(wanted, 0), room)}px`;
  }

  function at(y, what) {
    pointer = y;
    element = what;
    place();
  }

  document.body.append(band);
  addEventListener('pointermove', ({ pointerType, clientY, target }) => {
    if (pointerType !== 'touch' && !tools.contains(target)) at(clientY);
  }, { passive: true });
  addEventListener('keydown', ({ key, target }) => {
    if (MOVING.includes(key) && !tools.contains(target)) at();
  }, { passive: true });
  addEventListener('touchmove', () => at(), { passive: true });
  addEventListener('focusin', ({ target }) => {
    if (!tools.contains(target)) at(undefined, target);
  });
  for (const type of ['tools:heard', 'tools:found']) {
    tools.addEventListener(type, ({ detail }) => at(undefined, detail));
  }
  for (const type of ['scroll', 'resize']) addEventListener(type, place, { passive: true });
  new MutationObserver(place).observe(root, { attributeFilter: ['data-lines', 'data-size', 'data-spacing', 'style'] });
  place();
})();
