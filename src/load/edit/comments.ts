import { Lexer } from 'yaml';

/** Signs that the reader puts before what follows; they are not in the text. */
const scalar = '\u001f';
const marks: ReadonlySet<string> = new Set(['\u0002', '\u0018', scalar]);

/** Where the comments of a text begin. */
export function commentsIn(text: string): readonly number[] {
  const found: number[] = [];
  let at = 0;
  let inScalar = false;
  for (const piece of new Lexer().lex(text)) {
    if (marks.has(piece)) {
      inScalar = piece === scalar;
      continue;
    }
    if (piece.startsWith('#') && !inScalar) found.push(at);
    inScalar = false;
    at += piece.length;
  }
  return found;
}
