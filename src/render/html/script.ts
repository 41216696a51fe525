/** What makes a page easier to search; without it nothing is missing but the filters. */
export const script = `
'use strict';
(() => {
  const form = document.getElementById('tools');
  if (form === null) return;
  const all = (selector, within) => [...(within || document).querySelectorAll(selector)];
  const items = all('[data-item]');
  const counted = items.filter(({ dataset }) => 'action' in dataset || 'severity' in dataset);
  const holders = all('[data-holder]');
  const sections = all('details');
  const fields = all('input, select', form);
  const buttons = all('[data-open]', form);
  const status = form.querySelector('[role=status]');
  const usual = new Map(sections.map((each) => [each, each.open]));
  const texts = new Map();
  // Of more than so many a browser takes seconds to lay them out: they stay folded, and the count says how many there are.
  const mostOpen = 1000;
  let narrowed = false;

  const textOf = (part) => {
    if (!texts.has(part)) {
      const scope = part.closest('[data-scope]');
      const names = scope === null ? '' : scope.querySelector('[data-names]').textContent;
      texts.set(part, (part.textContent + ' ' + names).toLowerCase());
    }
    return texts.get(part);
  };
  const hasWords = (part, words) => words.every((word) => textOf(part).includes(word));
  const show = () => {
    const wanted = fields.map((each) => [each.name, each.value.trim()]).filter(([, value]) => value !== '');
    const chosen = wanted.filter(([name]) => name !== 'text');
    const words = wanted.filter(([name]) => name === 'text').flatMap(([, value]) => value.toLowerCase().split(/\\s+/));
    const fits = (item) =>
      chosen.every(([name, value]) => !(name in item.dataset) || item.dataset[name].split(' ').includes(value)) &&
      hasWords(item, words);
    const seen = (within) => within.querySelector('[data-item]:not([hidden])') !== null;
    for (const item of items) item.hidden = !fits(item);
    for (const holder of holders) holder.hidden = wanted.length > 0 && !seen(holder);
    const left = counted.filter((each) => !each.hidden).length;
    // What has nothing in it to choose from opens for what is searched.
    const opens = (each) =>
      each.querySelector('[data-item]') === null ? words.length > 0 && hasWords(each, words) : seen(each);
    if (wanted.length > 0 && left <= mostOpen) for (const each of sections) each.open = opens(each);
    else if (narrowed) for (const each of sections) each.open = usual.get(each);
    narrowed = wanted.length > 0;
    form.toggleAttribute('data-narrowed', narrowed);
    if (status === null) return;
    const number = (count) => count.toLocaleString('en-US');
    status.textContent = number(left) + ' of ' + number(counted.length) + ' ' + status.dataset.noun + ' shown';
  };

  let waiting = 0;
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, items.length > 500 ? 150 : 0);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(show, 0));
  for (const button of buttons)
    button.addEventListener('click', () => {
      for (const each of sections) each.open = button.dataset.open === 'all';
    });
  // Who follows a link to what is filtered away or folded gets to see it.
  document.addEventListener('click', ({ target }) => {
    const link = target.closest('a[href^="#"]');
    const part = link === null ? null : document.getElementById(link.hash.slice(1));
    if (part === null) return;
    if (part.closest('[hidden]') !== null) {
      form.reset();
      show();
    }
    for (let each = part.closest('details'); each !== null; each = each.parentElement.closest('details')) each.open = true;
  });
  let before = [];
  addEventListener('beforeprint', () => {
    before = sections.filter((each) => !each.open);
    for (const each of before) each.open = true;
  });
  addEventListener('afterprint', () => {
    for (const each of before) each.open = false;
  });
  // Nothing is offered that would do nothing.
  for (const button of buttons) button.hidden = sections.length === 0;
  form.hidden = fields.length === 0 && sections.length === 0;
  if (fields.length > 0) show();
})();
`;
