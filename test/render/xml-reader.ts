/** An element as a strict reader of XML finds it: its text is what stands directly in it. */
export interface Read {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Read[];
  readonly text: string;
}

const allowed = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads what of XML 1.0 a report may be made of (a declaration, elements, attributes in double quotes, references) and
 * throws at everything else: comments, CDATA, instructions, document types, a sign that XML forbids.
 */
export function readXml(text: string): Read {
  if (!allowed.test(text)) throw new Error('a sign that XML 1.0 forbids');
  const start = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(start)) throw new Error('no declaration');
  const reader = { text, at: start.length };
  const root = element(reader);
  if (text.slice(reader.at).trim() !== '') throw new Error('something after the root');
  return root;
}

interface Reader {
  readonly text: string;
  at: number;
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found === null) throw new Error(`not well-formed at ${reader.text.slice(reader.at, reader.at + 60)}`);
  reader.at = pattern.lastIndex;
  return found;
}

function element(reader: Reader): Read {
  const [, name = ''] = take(reader, /<([a-z-]+)/y);
  const attributes = new Map<string, string>();
  for (;;) {
    const [, space = '', key = '', value = '', end = ''] = take(
      reader,
      /(\s*)(?:([a-z]+)="([^"<]*)"|(\/?>))/y,
    );
    if (end === '/>') return { name, attributes, children: [], text: '' };
    if (end === '>') break;
    if (space === '' || attributes.has(key)) throw new Error(`an attribute ${key} that may not stand here`);
    attributes.set(key, expanded(value));
  }
  const children: Read[] = [];
  let text = '';
  for (;;) {
    text += expanded(take(reader, /[^<]*/y)[0]);
    if (reader.text.startsWith('</', reader.at)) break;
    children.push(element(reader));
  }
  const [, closing] = take(reader, /<\/([a-z-]+)>/y);
  if (closing !== name) throw new Error(`</${closing}> closes <${name}>`);
  return { name, attributes, children, text };
}

function expanded(text: string): string {
  if (/]]>/.test(text)) throw new Error(']]> in a text');
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`a bare & in ${text.slice(0, 60)}`);
  return text.replace(/&(\w+);/g, (_, name: string) => named[name] ?? '');
}
