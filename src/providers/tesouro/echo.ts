/*
 * A service may repeat in an error what it was sent. What it says is text by nature, so here, and only here, secrets are
 * found by searching. They are found as they are; with any of their signs percent-encoded, escaped as in JSON or HTML, once
 * or again; in Base64, alone or inside of something; and cut off after twelve signs or more, when they have 24 or more. Not
 * found is what a service has encrypted, hashed, reversed, taken apart or shortened to less.
 *
 * Refused: one regular expression for the whole secret. A token of 4 KB is too large for one, and the error says so by
 * quoting it.
 */

const shortest = 4;
const head = 12;

/** How to take every echo of a secret out of a text. One shorter than four signs is no secret, and stays. */
export function echoRemover(secret: string): (text: string) => string {
  if (secret.length < shortest) return (text) => text;
  const first = secret.length < 2 * head ? secret : secret.slice(0, head);
  const rest = secret.slice(first.length);
  const begin = new RegExp(
    [`(${[...first].map(spellings).join('')})`, ...base64Forms(secret)].join('|'),
    'g',
  );
  return (text) => {
    const kept: string[] = [];
    let from = 0;
    begin.lastIndex = 0;
    for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
      kept.push(text.slice(from, found.index));
      from = found[1] === undefined ? begin.lastIndex : endOf(rest, text, begin.lastIndex);
      begin.lastIndex = from;
    }
    return from === 0 ? text : [...kept, text.slice(from)].join('[secret]');
  };
}

/** Where the echo that began before `at` ends: with the secret, else with the word, as one that is cut off or disfigured. */
function endOf(rest: string, text: string, at: number): number {
  if (text.startsWith(rest, at)) return at + rest.length;
  let end = at;
  for (const sign of rest) {
    const spelled = signPattern(sign);
    spelled.lastIndex = end;
    if (!spelled.test(text))
      return end + (/^[^\s"'<>,;…]*/.exec(text.slice(end, end + 10_000))?.[0].length ?? 0);
    end = spelled.lastIndex;
  }
  return end;
}

const patterns = new Map<string, RegExp>();

function signPattern(sign: string): RegExp {
  const pattern = patterns.get(sign) ?? new RegExp(spellings(sign), 'y');
  patterns.set(sign, pattern);
  return pattern;
}

const named: Readonly<Record<string, string>> = {
  '&': '|&amp;',
  '<': '|&lt;',
  '>': '|&gt;',
  '"': '|&quot;',
  "'": '|&apos;',
};

/** One sign in each of its spellings. All repetitions are bounded: the text may be a hostile one. */
function spellings(sign: string): string {
  const code = sign.charCodeAt(0);
  const two = code.toString(16).padStart(2, '0');
  const hex = two.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const html = `&#0{0,4}${code};|&#[xX]0{0,4}${hex};${named[sign] ?? ''}`;
  // The sign itself comes last: it may be the beginning of another of its spellings.
  return `\\\\{0,8}(?:%(?:25){0,3}?${hex}|u00${hex}|${html}|\\x${two})`;
}

/** How Base64 texts that hold the secret go on from where it begins, for each of three places, in both alphabets. */
function base64Forms(secret: string): readonly string[] {
  if (secret.length < 2 * shortest) return [];
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.from(`${'\0'.repeat(before)}${secret.slice(0, 2 * head)}`);
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor((bytes.length * 8) / 6);
    const core = bytes.toString('base64').slice(from, to);
    return `${core.replaceAll('+', '[+\\-]').replaceAll('/', '[/_]')}[\\w+/=\\-]*`;
  });
}
