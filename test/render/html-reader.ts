import { createHash } from 'node:crypto';
import { script } from '../../src/render/html/script.ts';
import { style } from '../../src/render/html/style.ts';

/*
 * Reads the one kind of HTML that our pages are, and refuses anything else: elements and attributes from a list, attributes in double
 * quotes, nothing left open, every sign that could mean something as a character reference. A page that it takes leaves a browser
 * nothing to guess; test/ui compares what a browser reads with what stands here.
 */

/** An element and what is inside of it, in order. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (Element | string)[];
}

const empty = new Set(['meta', 'input', 'br']);

/** What may stand where; an attribute with the pattern of its values. */
const everywhere: Readonly<Record<string, RegExp>> = {
  class: /^[a-z]+(?: [a-z]+)*$/,
  id: /^[a-z]+(?:-\d+)*$/,
};
const elements: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  html: { lang: /^en$/ },
  head: {},
  meta: { charset: /^utf-8$/, 'http-equiv': /^Content-Security-Policy$/, content: /^/, name: /^[a-z-]+$/ },
  title: {},
  style: {},
  body: {},
  a: {
    href: /^#[a-z]+(?:-\d+)*$|^https:\/\/github\.com\/acme\/books\/actions\/runs\/1$/,
    rel: /^noreferrer$/,
  },
  header: {},
  main: { tabindex: /^-1$/ },
  footer: {},
  nav: { 'aria-label': /^Sections$/ },
  section: { 'data-holder': /^$/, 'data-scope': /^$/ },
  p: { role: /^status$/, 'data-noun': /^[a-z]+$/, 'data-names': /^$/ },
  h1: {},
  h2: {},
  h3: {},
  h4: {},
  small: {},
  b: {},
  br: {},
  code: {},
  pre: {},
  span: {},
  del: {},
  ins: {},
  div: { 'data-item': /^$/, 'data-severity': /^[a-z]+$/, 'data-type': /^[a-z]+(?: [a-z]+)*$/ },
  ul: {},
  li: {},
  dl: {},
  dt: {},
  dd: {},
  time: { datetime: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/ },
  table: {},
  caption: {},
  thead: {},
  tbody: { 'data-item': /^$/, 'data-kind': /^/, 'data-action': /^/, 'data-reason': /^/ },
  tr: { 'data-item': /^$/ },
  th: { scope: /^(?:col|row|rowgroup)$/, rowspan: /^\d+$/ },
  td: { rowspan: /^\d+$/, colspan: /^[23]$/, 'data-label': /^/ },
  details: { 'data-holder': /^$/, open: /^$/ },
  summary: {},
  form: { role: /^search$/, 'aria-label': /^/, hidden: /^$/ },
  label: { for: /^[a-z]+$/ },
  input: { name: /^[a-z]+$/, type: /^search$/, autocomplete: /^off$/, spellcheck: /^false$/ },
  select: { name: /^[a-z]+$/ },
  option: { value: /^/ },
  button: { type: /^(?:button|reset)$/, 'data-open': /^(?:all|none)$/ },
  svg: {
    'aria-hidden': /^true$/,
    focusable: /^false$/,
    viewBox: /^0 0 100 6$/,
    preserveAspectRatio: /^none$/,
  },
  rect: { width: /^\d+$/, height: /^6$/ },
  script: {},
};
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The document, or an error that says what is wrong with it. */
export function readHtml(text: string): Element {
  const doctype = '<!doctype html>\n';
  if (!text.startsWith(doctype) || !text.endsWith('</html>\n')) throw new Error('not a whole document');
  const reader = { text, at: doctype.length };
  const root = element(reader);
  if (text.slice(reader.at) !== '\n') throw new Error('something after the root');
  whole(root);
  return root;
}

/** Every element, in the order of the document. */
export function elementsOf(root: Element): readonly Element[] {
  const found: Element[] = [];
  const visit = (each: Element | string): void => {
    if (typeof each === 'string') return;
    found.push(each);
    each.children.forEach(visit);
  };
  visit(root);
  return found;
}

/** All text of an element. */
export const textOf = ({ children }: Element): string =>
  children.map((each) => (typeof each === 'string' ? each : textOf(each))).join('');

interface Reader {
  readonly text: string;
  at: number;
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found === null)
    throw new Error(`not ours: ${JSON.stringify(reader.text.slice(reader.at, reader.at + 80))}`);
  reader.at = pattern.lastIndex;
  return found;
}

function element(reader: Reader): Element {
  const [, name = ''] = take(reader, /<([a-z][a-z0-9]*)/y);
  const allowed = elements[name];
  if (allowed === undefined) throw new Error(`an element ${name}`);
  const attributes = new Map<string, string>();
  for (;;) {
    const [, key, value = '', end] = take(reader, /(?: ([a-zA-Z-]+)(?:="([^"<>]*)")?)|(\/?>)/y);
    if (key === undefined) {
      if (end === '/>' && name !== 'rect') throw new Error(`${name} closes itself`);
      if (end === '/>' || empty.has(name)) return { name, attributes, children: [] };
      break;
    }
    const pattern = allowed[key] ?? everywhere[key];
    if (pattern === undefined || attributes.has(key)) throw new Error(`an attribute ${key} of ${name}`);
    if (!pattern.test(expanded(value))) throw new Error(`${key} of ${name}: ${JSON.stringify(value)}`);
    attributes.set(key, expanded(value));
  }
  if (name === 'style' || name === 'script') return raw(reader, name, attributes);
  const children: (Element | string)[] = [];
  for (;;) {
    const [inside] = take(reader, /[^<]*/y);
    if (inside !== '') children.push(expanded(inside));
    if (reader.text.startsWith('</', reader.at)) break;
    children.push(element(reader));
  }
  const [, closing] = take(reader, /<\/([a-z][a-z0-9]*)>/y);
  if (closing !== name) throw new Error(`</${closing}> closes <${name}>`);
  return { name, attributes, children };
}

/** What is no text for a browser must be ours, to the letter. */
function raw(reader: Reader, name: 'style' | 'script', attributes: ReadonlyMap<string, string>): Element {
  const wanted = name === 'style' ? style : script;
  if (!reader.text.startsWith(`${wanted}</${name}>`, reader.at))
    throw new Error(`a ${name} that is not ours`);
  reader.at += `${wanted}</${name}>`.length;
  return { name, attributes, children: [] };
}

function expanded(text: string): string {
  if (/[<>"']/.test(text)) throw new Error(`a bare sign in ${JSON.stringify(text.slice(0, 80))}`);
  return text.replace(/&(?:([a-z]+|#39);)?/g, (_, name: string | undefined) => {
    const sign = name === undefined ? undefined : named[name];
    if (sign === undefined) throw new Error(`a bare & in ${JSON.stringify(text.slice(0, 80))}`);
    return sign;
  });
}

/** What no element shows alone: one style, one script, a policy that names both, ids that are there once, tables without holes. */
function whole(root: Element): void {
  const all = elementsOf(root);
  const of = (name: string): readonly Element[] => all.filter((each) => each.name === name);
  for (const name of ['title', 'style', 'script', 'h1', 'main', 'header', 'footer'])
    if (of(name).length !== 1) throw new Error(`${of(name).length} times ${name}`);
  const policy = of('meta')
    .find(({ attributes }) => attributes.has('http-equiv'))
    ?.attributes.get('content');
  if (policy !== ourPolicy) throw new Error(`the policy ${policy}`);
  const ids = all.flatMap(({ attributes }) => attributes.get('id') ?? []);
  if (new Set(ids).size !== ids.length) throw new Error('an id twice');
  const missing = all
    .flatMap(({ attributes }) => [
      attributes.get('for') ?? [],
      attributes.get('href')?.match(/(?<=^#).*/)?.[0] ?? [],
    ])
    .flat()
    .find((id) => !ids.includes(id));
  if (missing !== undefined) throw new Error(`no id ${missing}`);
  const levels = all.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name.slice(1))] : []));
  const skipped = levels.find((level, at) => level > (levels[at - 1] ?? 0) + 1);
  if (skipped !== undefined) throw new Error(`a heading h${skipped} without one above it`);
  for (const table of of('table')) withoutHoles(table);
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const ourPolicy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;

/** Every row of a table fills as many columns as its head has. */
function withoutHoles(table: Element): void {
  const rows = elementsOf(table).filter(({ name }) => name === 'tr');
  const cells = (row: Element): readonly Element[] => row.children.filter((each) => typeof each !== 'string');
  const number = ({ attributes }: Element, name: string): number => Number(attributes.get(name) ?? 1);
  const columns = cells(rows[0] ?? table).length;
  let from: number[] = [];
  for (const row of rows) {
    const filled = from.length + cells(row).reduce((sum, cell) => sum + number(cell, 'colspan'), 0);
    if (filled !== columns) throw new Error(`${filled} cells for ${columns} columns`);
    from = [...from, ...cells(row).map((cell) => number(cell, 'rowspan'))]
      .map((rest) => rest - 1)
      .filter((rest) => rest > 0);
  }
  if (from.length > 0) throw new Error('a cell that reaches below its table');
}
