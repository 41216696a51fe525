import type { Style } from '../../test/ui/style.ts';

/** The colours of one window. */
export interface Palette {
  readonly page: string;
  readonly frame: string;
  readonly bar: string;
  readonly text: string;
  readonly faint: string;
  readonly cursor: string;
  /** By the number of the terminal's colour; what nothing of ours uses is not there. */
  readonly colours: Readonly<Record<number, string>>;
}

/** Each is legible on its page: at least 4.5 to 1. */
export const light: Palette = {
  page: '#ffffff',
  frame: '#d0d7de',
  bar: '#f6f8fa',
  text: '#1f2328',
  faint: '#656d76',
  cursor: '#57606a',
  colours: { 1: '#cf222e', 2: '#1a7f37', 3: '#9a6700', 4: '#0969da', 5: '#8250df', 6: '#1b7c83' },
};

/** The same at night. */
export const dark: Palette = {
  page: '#0d1117',
  frame: '#3d444d',
  bar: '#161b22',
  text: '#e6edf3',
  faint: '#8b949e',
  cursor: '#8b949e',
  colours: { 1: '#ff7b72', 2: '#56d364', 3: '#e3b341', 4: '#79c0ff', 5: '#d2a8ff', 6: '#56d4dd' },
};

/** The classes of a style; what cannot be drawn is refused. */
export function classesOf({ background, bold, colour, dim, inverse, italic, underline }: Style): string {
  if (background !== null || inverse || italic) throw new Error('only colours of letters can be drawn');
  const base = colour === null ? null : colour % 8;
  if (base !== null && !(base in light.colours)) throw new Error(`the colour ${colour} cannot be drawn`);
  const named = base === null ? [] : [`c${base}`];
  return [...named, ...(bold ? ['b'] : []), ...(dim ? ['d'] : []), ...(underline ? ['u'] : [])].join(' ');
}
