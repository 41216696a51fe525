import type { Problem } from '../../model/problem.ts';
import { printableLines } from '../printable.ts';
import type { Block, Entry } from './fit.ts';
import { inert, word } from './inert.ts';

/** Problems of one severity as a list that nobody has to unfold; null where there are none. */
export function problemBlock(
  title: string,
  noun: string,
  problems: readonly Problem[],
  most?: number,
): readonly Block[] {
  if (problems.length === 0) return [];
  const block = { open: `\n**${title}**\n\n`, close: '', entries: problems.map(item), noun };
  return [most === undefined ? block : { ...block, most }];
}

const item = (problem: Problem): Entry => ({
  count: 1,
  text: () => `- ${problemLines(problem).join('<br>')}\n`,
});

/** What is wrong, where, and what to do. */
export function problemLines({
  address,
  code,
  column,
  file,
  hint,
  line,
  message,
}: Problem): readonly string[] {
  const place = file === null ? '' : [file, line, column].filter((part) => part !== null).join(':');
  const where = [place, address ?? ''].filter((part) => part !== '').map((part) => ` ${inert(part, 200)}`);
  return [
    `**${word(code)}**${where.join('')}`,
    ...printableLines(message).map((each) => inert(each)),
    ...(hint === null
      ? []
      : [
          `→ ${printableLines(hint)
            .map((each) => inert(each))
            .join('<br>')}`,
        ]),
  ];
}
