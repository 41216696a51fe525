/**
 * Text without its case. Upper case first, so that `ß` and `SS` meet; no locale, so that every machine agrees; one sigma,
 * because which of the two small ones is written depends on what follows, and a part of a text does not know that.
 */
export function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}
