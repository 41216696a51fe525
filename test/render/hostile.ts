/** Texts that a customer, a file or a service could put into a name to deceive whoever reads the output. */
export const hostile: Readonly<Record<string, string>> = {
  'colour codes': '\u001b[32mAll good\u001b[0m',
  'a cleared screen': '\u001b[2J\u001b[H',
  'a hyperlink': '\u001b]8;;https://example.invalid\u0007click\u001b]8;;\u0007',
  'an 8-bit control sequence': '\u009b31mred',
  'a carriage return': 'Loss\rGain',
  'a backspace': 'abc\b\b\bxyz',
  'a line break': 'Cash\nPlan: 0 to delete.',
  'a right-to-left override': 'abc\u202egnp.exe',
  'bidi isolates': '\u2066abc\u2069',
  'an Arabic letter mark': '\u061cabc',
  'a zero width space': 'Ca\u200bsh',
  'a soft hyphen': 'Ca\u00adsh',
  'a byte order mark': '\ufeffCash',
  'tag characters': 'Cash\u{e0041}\u{e0042}',
  'a line separator': 'Cash\u2028::error::no',
  'a lone surrogate': 'Cash\ud800',
  'a null': 'Cash\u0000',
  'a workflow command': '::error file=a.ts::boom',
  'an indented workflow command': '   ::set-output name=a::b',
  'an old workflow command': 'x ##[group]boom',
  'an order to another runner': 'x ##vso[task.setvariable variable=a]boom',
};

/** What no output may contain: controls but for the line break, format characters, orders to a CI runner. */
export const harmful = /(?![\n\r\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##\w*\[|^\s*::/mu;
