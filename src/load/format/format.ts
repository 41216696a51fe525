import { commentsIn } from '../edit/comments.ts';
import { type Layout, layOut } from '../edit/layout.ts';
import { endingAt } from '../edit/lines.ts';
import { attach } from './attach.ts';
import { frameOf } from './frame.ts';
import { print } from './print.ts';
import { saysTheSame } from './says-the-same.ts';

/** A text in canonical form; null where that cannot be proven to say the same, or the text is not one document of valid YAML. */
export function format(text: string): string | null {
  const layout = layOut(text);
  if (!layout) return null;
  const formed = form(layout);
  if (formed === text) return text;
  const after = layOut(formed);
  return after && saysTheSame(layout, after) && form(after) === formed ? formed : null;
}

function form(layout: Layout): string {
  const { text } = layout;
  const ending = endingAt(text, 0);
  const { bottom, from, to, top } = frameOf(layout);
  const { root } = layout;
  const isCollection = root?.type === 'mapping' || root?.type === 'sequence';
  const between = (at: number): boolean => at >= from && at < to;
  const body = isCollection
    ? print(root, layout, attach(layout, root, commentsIn(text).filter(between)))
    : asTheyAre(text.slice(from, to));
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const lines = [...top, ...body, ...bottom];
  return `${mark}${lines.map((line) => `${line}${ending}`).join('')}`;
}

/** What is no collection keeps its lines. */
function asTheyAre(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const shown = lines.filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '');
  return shown.slice(0, shown.findLastIndex((line) => line !== '') + 1);
}
