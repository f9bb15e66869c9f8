// The toolbar: one button that opens it, and a button for each tool that shows its panel, one at a time.
//
// Nothing opens by itself, no key is taken and no focus is moved. Other scripts follow it by the events
// "tools:open" and "tools:close" on the section, whose detail is the tool's name, empty for the toolbar itself;
// they keep it in reach while it is closed by "tools:stay" with { name, stays }.
(() => {
  'use strict';

  const tools = document.getElementById('tools');
  const bar = tools.querySelector('.bar');
  const opener = bar.querySelector('[data-does=open]');
  const buttons = [...bar.querySelectorAll('[data-tool]')];
  const panelOf = (button) => document.getElementById(button.getAttribute('aria-controls'));
  const isOpen = (button) => button.getAttribute('aria-expanded') === 'true';
  const reasons = new Set(); // why the bar stays in reach while the text is read
  const LARGEST = 4; // it may cover a fourth of the window while nothing but the bar is shown

  const tell = (what, name) => tools.dispatchEvent(new CustomEvent(`tools:${what}`, { detail: name }));

  function set(button, opened) {
    if (isOpen(button) === opened) return;
    button.setAttribute('aria-expanded', String(opened));
    if (button === opener) for (const each of buttons) each.hidden = !opened;
    else panelOf(button).hidden = !opened;
    tell(opened ? 'open' : 'close', button.dataset.tool ?? '');
  }

  function stay(name, stays) {
    reasons[stays ? 'add' : 'delete'](name);
    tools.classList.toggle('stays', reasons.size > 0);
  }

  opener.addEventListener('click', () => {
    const opened = !isOpen(opener);
    for (const button of buttons) set(button, false);
    set(opener, opened);
    stay('', opened);
  });
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const opened = !isOpen(button);
      for (const each of buttons) set(each, each === button && opened);
    });
  }
  tools.addEventListener('tools:stay', ({ detail: { name, stays } }) => stay(name, stays));

  // How much of the window's upper part lies below the bar, for what is jumped to (scroll-margin in toolbar.css). With
  // large text the bar would cover too much of the window, and stays where it stands, but for a last line that a tool
  // has reason to keep in reach.
  function measure() {
    tools.style.setProperty('--bar', `${bar.offsetHeight}px`);
    tools.classList.toggle('large', bar.offsetHeight * LARGEST > innerHeight);
    tools.style.setProperty('--above-last', `${tools.lastElementChild.offsetHeight - tools.offsetHeight}px`);
    const { position, top } = getComputedStyle(tools);
    const covers = position === 'sticky' ? tools.offsetHeight + parseFloat(top) : 0;
    document.documentElement.style.setProperty('--covered', `${covers}px`);
  }

  for (const button of buttons) panelOf(button).hidden = true;
  bar.hidden = false;
  tools.hidden = false;
  new ResizeObserver(measure).observe(tools);
  new MutationObserver(measure).observe(tools, { attributeFilter: ['class'] });
  addEventListener('resize', measure);
  tools.addEventListener('tools:measure', measure); // at once, for a script that has changed what the bar is like
})();
