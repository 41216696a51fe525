import { dark, light, type Palette } from './palette.ts';
import { bar, letter, place, scrolled } from './sizes.ts';
import type { Stop, Timeline } from './timeline.ts';

/** The window around the terminal. */
export const frame = (wide: number, tall: number): readonly string[] => [
  `<rect class="page" x="0.5" y="0.5" width="${wide - 1}" height="${tall - 1}" rx="9"/>`,
  `<path class="bar" d="M0.5 ${bar}.5v-${bar - 9}a9 9 0 0 1 9-9h${wide - 19}a9 9 0 0 1 9 9v${bar - 9}z"/>`,
  `<rect class="frame" x="0.5" y="0.5" width="${wide - 1}" height="${tall - 1}" rx="9"/>`,
  ...[22, 42, 62].map((x) => `<circle class="knob" cx="${x}" cy="${bar / 2}" r="6"/>`),
];

/** Its style sheet: two palettes, and for who likes motion what moves. */
export function styles({ stops, total }: Timeline, rows: number): string {
  // It moves once, then the last screen stays: what moves for long and cannot be stopped keeps people from reading.
  const moves = (name: string): string => `animation:${name} ${total}ms step-end`;
  const share = ({ at }: Stop): string => `${Math.round((at / total) * 100_000) / 1000}%`;
  const changes = (of: (stop: Stop) => string): string =>
    stops
      .filter((stop, index) => index === 0 || of(stop) !== of(stops[index - 1] ?? stop))
      .map((stop) => `${share(stop)}{${of(stop)}}`)
      .join('');
  const curtain = changes(({ cursor }) => {
    const [x, y] = place(cursor);
    return `transform:translate(${x}px,${y}px)`;
  });
  const sheet = changes(({ cursor }) => `transform:translate(0,${-scrolled(cursor, rows)}px)`);
  return [
    `text{font:${letter}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}`,
    '.b{font-weight:bold}.u{text-decoration:underline}.bar,.frame{stroke-width:1}.frame{fill:none}',
    colours(light),
    `@media (prefers-color-scheme:dark){${colours(dark)}}`,
    '@media (prefers-reduced-motion:no-preference){',
    `.curtain{${moves('curtain')}}.sheet{${moves('sheet')}}`,
    `@keyframes curtain{${curtain}}`,
    `@keyframes sheet{${sheet}}`,
    '}',
  ].join('\n');
}

const colours = ({ bar, colours, cursor, faint, frame, page, text }: Palette): string =>
  [
    `text{fill:${text}}`,
    `.page{fill:${page}}`,
    `.bar{fill:${bar}}`,
    `.bar,.frame{stroke:${frame}}`,
    `.knob{fill:${frame}}`,
    `.cursor{fill:${cursor}}`,
    `.d{fill:${faint}}`,
    ...Object.entries(colours).map(([at, colour]) => `.c${at}{fill:${colour}}`),
  ].join('');
