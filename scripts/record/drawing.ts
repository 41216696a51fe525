import { frame, styles } from './dress.ts';
import type { Position, Recording } from './recording.ts';
import { type Run, runsOf } from './row.ts';
import { across, bar, down, edge, letter, place, round, scrolled } from './sizes.ts';
import { timeline } from './timeline.ts';
import { escaped } from './xml.ts';

/*
 * A recording as one picture that moves by style sheets alone, for pages that show pictures and run no scripts.
 *
 * All rows stand below each other on one long sheet. Two things move, in steps: the sheet, upwards, behind an opening of the terminal's
 * size; and on the sheet a curtain in the colour of the page, which begins at the cursor and hides what comes after it. So every row
 * is drawn once, however long it is seen. Without motion (for who asks for less of it, and where style sheets move nothing) the curtain
 * has passed, and the last screen is there. A picture of each moment was the other way: each row again and again.
 */

/** What somebody is told who does not see it. */
export interface Caption {
  readonly title: string;
  readonly description: string;
}

/** The picture: the same recording gives the same text. */
export function draw(recording: Recording, { description, title }: Caption): string {
  const { columns, lines, rows } = recording;
  const [inner, height] = [round(columns * across), rows * down];
  const [outer, tall] = [inner + 2 * edge, bar + height + 2 * edge];
  const time = timeline(recording);
  const last: Position = time.stops.at(-1)?.cursor ?? { row: 0, column: 0 };
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${outer}" height="${tall}" viewBox="0 0 ${outer} ${tall}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>\n${styles(time, rows)}\n</style>`,
    ...frame(outer, tall),
    `<svg x="${edge}" y="${bar + edge}" width="${inner}" height="${height}">`,
    `<g class="sheet" transform="translate(0 ${-scrolled(last, rows)})">`,
    ...sheet(lines.map(runsOf)),
    `<g class="curtain" transform="translate(${place(last).join(' ')})">`,
    `<rect class="page" width="${inner}" height="${down}"/>`,
    `<rect class="page" x="${-inner}" y="${down}" width="${2 * inner}" height="${height}"/>`,
    `<rect class="cursor" y="1" width="${across}" height="${down - 3}"/>`,
    '</g>',
    '</g>',
    '</svg>',
    '</svg>',
  ].join('\n')}\n`;
}

/** Rows that say the same are drawn once and used again. */
function sheet(rows: readonly (readonly Run[])[]): readonly string[] {
  const texts = rows.map((runs) => runs.map(textOf).join(''));
  const drawn = [...new Set(texts)].filter((text) => text !== '');
  return [
    '<defs>',
    ...drawn.map((text, at) => `<g id="r${at}">${text}</g>`),
    '</defs>',
    ...texts.flatMap((text, row) =>
      text === '' ? [] : [`<use href="#r${drawn.indexOf(text)}" y="${row * down}"/>`],
    ),
  ];
}

function textOf({ classes, column, columns, text }: Run): string {
  const dress = classes === '' ? '' : ` class="${classes}"`;
  // One sign has nothing that could be stretched.
  const long = columns > 1 ? ` textLength="${round(columns * across)}"` : '';
  return `<text x="${round(column * across)}" y="${letter}"${dress}${long}>${escaped(text)}</text>`;
}
