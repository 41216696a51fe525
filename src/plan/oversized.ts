/** 50,000 changes have 1.2 million values and 100,000 names. A few bytes of text can take twenty times as many of memory. */
const most = { values: 3_000_000, names: 300_000, depth: 20 };

/** Whether reading a text as JSON would take more than any plan does: values, different names, or depth; told from the text alone. */
export function isOversized(text: string): boolean {
  const names = new Set<string>();
  let [depth, values] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfText(text, at);
      if (isName(text, end)) names.add(text.slice(at, Math.min(end, at + 500)));
      at = end;
    } else if (code === comma || code === brace || code === bracket) values += 1;
    if (code === brace || code === bracket) depth += 1;
    else if (code === brace + 2 || code === bracket + 2) depth -= 1;
    if (values > most.values || names.size > most.names || depth > most.depth) return true;
  }
  return false;
}

const [quote, comma, colon, backslash, bracket, brace] = [0x22, 0x2c, 0x3a, 0x5c, 0x5b, 0x7b];

/** Where the quote stands that ends a text, or the end of all. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    // An even number of backslashes are escapes of each other.
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}

function isName(text: string, end: number): boolean {
  let after = end + 1;
  while (/\s/.test(text.charAt(after))) after += 1;
  return text.charCodeAt(after) === colon;
}
