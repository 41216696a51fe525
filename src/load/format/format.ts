import type { Problem } from '../../model/problem.ts';
import { errorProblem } from '../../model/problem.ts';
import { commentsIn } from '../edit/comments.ts';
import { type Layout, layOut } from '../edit/layout.ts';
import { endingAt } from '../edit/lines.ts';
import { hasModeline } from '../modeline.ts';
import { parse } from '../parse.ts';
import { isDivided, partsInOrder } from './arrange.ts';
import { attach } from './attach.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { frameOf } from './frame.ts';
import { inOrder, schemaRoot } from './key-order.ts';
import { isOurs } from './ours.ts';
import { print } from './print.ts';
import { saysTheSame } from './says-the-same.ts';

/** A file to format. */
export interface Unformatted {
  /** As problems show it. */
  readonly path: string;
  readonly text: string;
  /** The first line for it where it has none, without its line end; null to leave that so. */
  readonly modeline: string | null;
}

/** A text in canonical form; or why there is none. */
export type Formatted =
  | {
      readonly text: string;
      /** Its sections keep their order, because of comments between them. */
      readonly divided: boolean;
    }
  | { readonly problems: readonly Problem[] };

/**
 * The canonical form of a file: it says the same with the same comments, and formatting it again changes nothing. Both are proven, and a
 * file of which they cannot be is refused, as are one that is no YAML and one that is no configuration.
 */
export function format({ modeline, path, text: given }: Unformatted): Formatted {
  const text = modeline === null || hasModeline(given) ? given : withModeline(given, modeline);
  const layout = layOut(text);
  if (!layout) return { problems: parse(path, given).problems };
  if (!isOurs(layout)) return { problems: [foreign(path)] };
  if (duplicateKeys(path, layout).length > 0)
    return { problems: duplicateKeys(path, layOut(given) ?? layout) };
  const { divided, text: formed } = form(layout);
  if (formed === given) return { text: given, divided };
  const after = layOut(formed);
  return after && saysTheSame(layout, after) && form(after).text === formed
    ? { text: formed, divided }
    : { problems: [unproven(path)] };
}

function form(layout: Layout): { readonly text: string; readonly divided: boolean } {
  const { root, text } = layout;
  const ending = endingAt(text, 0);
  const { bottom, from, to, top } = frameOf(layout);
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const whole = (body: readonly string[]): string =>
    `${mark}${[...top, ...body, ...bottom].map((line) => `${line}${ending}`).join('')}`;
  if (root?.type !== 'mapping' && root?.type !== 'sequence')
    return { text: whole(asTheyAre(text.slice(from, to))), divided: false };
  const comments = commentsIn(text).filter((at) => at >= from && at < to);
  const noted = { layout, notes: attach(layout, root, comments) };
  const ordered = root.type === 'mapping' ? inOrder(root, schemaRoot, layout.used) : [];
  const kept = partsInOrder(root, schemaRoot, noted);
  const divided =
    root.type === 'mapping' &&
    isDivided(root, noted) &&
    ordered.some((member, index) => member !== kept[index]);
  return { text: whole(print(root, noted)), divided };
}

/** What is no collection keeps its lines. */
function asTheyAre(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const shown = lines.filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '');
  const from = shown[0] === '' ? 1 : 0;
  return shown.slice(from, shown.findLastIndex((line) => line !== '') + 1);
}

/** Above the comments of a file, which go on with it, or above its first key. */
function withModeline(text: string, modeline: string): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const rest = text.slice(mark.length);
  const ending = endingAt(text, 0);
  const link = /^\s*#/.test(rest) ? `#${ending}` : '';
  return `${mark}${modeline}${ending}${link}${rest}`;
}

const foreign = (path: string): Problem => ({
  ...errorProblem('NOT_OURS', `${path} is no configuration of Ledgerform: none of its keys belongs to one.`, {
    hint: 'Name another file.',
  }),
  file: path,
});

const unproven = (path: string): Problem => ({
  ...errorProblem(
    'FORMAT_UNPROVEN',
    `${path} stays as it is: it could not be proven that its canonical form says the same.`,
    { hint: 'Please report it, with the file if it may be seen.' },
  ),
  file: path,
});
