/** What makes a page easier to search; without it nothing is missing but the filters. */
export const script = `
'use strict';
(() => {
  const form = document.getElementById('tools');
  if (form === null) return;
  const all = (selector, within) => [...(within || document).querySelectorAll(selector)];
  const items = all('[data-item]');
  const holders = all('[data-holder]');
  const sections = all('details');
  const fields = all('input, select', form);
  const status = form.querySelector('[role=status]');
  const usual = new Map(sections.map((each) => [each, each.open]));
  const texts = new Map();
  let narrowed = false;

  const textOf = (item) => {
    const scope = item.closest('[data-scope]');
    const names = scope === null ? '' : scope.querySelector('[data-names]').textContent;
    return (item.textContent + ' ' + names).toLowerCase();
  };
  const fits = (item, wanted) =>
    wanted.every(([name, value]) => {
      if (name !== 'text') return !(name in item.dataset) || item.dataset[name] === value;
      if (!texts.has(item)) texts.set(item, textOf(item));
      return value.toLowerCase().split(/\\s+/).every((word) => texts.get(item).includes(word));
    });
  const show = () => {
    const wanted = fields.map((each) => [each.name, each.value.trim()]).filter(([, value]) => value !== '');
    let count = 0;
    let changes = 0;
    for (const item of items) {
      item.hidden = !fits(item, wanted);
      if ('action' in item.dataset) {
        changes += 1;
        if (!item.hidden) count += 1;
      }
    }
    for (const holder of holders)
      holder.hidden = wanted.length > 0 && holder.querySelector('[data-item]:not([hidden])') === null;
    if (wanted.length > 0)
      for (const each of sections) each.open = each.querySelector('[data-item]:not([hidden])') !== null;
    else if (narrowed) for (const each of sections) each.open = usual.get(each);
    narrowed = wanted.length > 0;
    if (status !== null)
      status.textContent = count.toLocaleString('en-US') + ' of ' + changes.toLocaleString('en-US') + ' changes shown';
  };

  let waiting = 0;
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, items.length > 500 ? 150 : 0);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(show, 0));
  form.addEventListener('click', ({ target }) => {
    const { open } = target.dataset;
    if (open !== undefined) for (const each of sections) each.open = open === 'all';
  });
  let before = [];
  addEventListener('beforeprint', () => {
    before = sections.filter((each) => !each.open);
    for (const each of before) each.open = true;
  });
  addEventListener('afterprint', () => {
    for (const each of before) each.open = false;
  });
  form.hidden = false;
  if (items.length > 0) show();
})();
`;
