import type { Note } from './notes.ts';

/** Lines that are being written, with at most one empty line between two of them. */
export interface Sheet {
  readonly lines: readonly string[];
  /** An empty line before what comes next, where one may stand. */
  readonly apart: () => void;
  /** What comes next follows at once: it is the first below what opens it. */
  readonly close: () => void;
  readonly line: (text: string) => void;
  readonly notes: (notes: readonly Note[], indent: string) => void;
  /** The lines of a text; behind one that `keeps` empty lines there can be no other. */
  readonly body: (lines: readonly string[], keeps: boolean) => void;
}

/** An empty sheet. */
export function newSheet(): Sheet {
  const lines: string[] = [];
  let wanted = false;
  let closed = true;
  const line = (text: string): void => {
    if (wanted && !closed) lines.push('');
    lines.push(text);
    wanted = false;
    closed = false;
  };
  return {
    lines,
    apart: () => {
      wanted = true;
    },
    close: () => {
      closed = true;
    },
    line,
    notes: (notes, indent) => {
      for (const { apart, text } of notes) {
        wanted ||= apart;
        line(`${indent}${text}`);
      }
    },
    body: (texts, keeps) => {
      for (const text of texts) lines.push(text);
      closed = keeps;
    },
  };
}
