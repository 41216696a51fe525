const ascii = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** Text as it is compared and sent: without white space around it, in Unicode form NFC, lines ended by `\n`. */
export const canonicalText = (text: string): string =>
  ascii.test(text) ? text : text.replace(/\r\n/g, '\n').normalize('NFC').trim();
