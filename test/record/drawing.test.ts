import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { draw } from '../../scripts/record/drawing.ts';
import { dark, light, type Palette } from '../../scripts/record/palette.ts';
import type { Recording } from '../../scripts/record/recording.ts';
import { openScreen } from '../ui/screen.ts';
import { rowsIn, rowsOf } from './shown.ts';

const test = suite('the picture of a session');
const caption = { title: 'Tea & <biscuits>', description: 'Nothing.' };

/** A terminal in which something was drawn, and a line typed at its end. */
function recorded(text: string, columns = 40): Recording {
  const screen = openScreen(columns, 5);
  screen.feed(text);
  const { row } = screen.cursor();
  const lines = screen.lines().slice(0, row + 1);
  return { columns, rows: 5, lines, beats: [{ from: { row: 0, column: 2 }, to: 5, pace: 20, pause: 500 }] };
}

const pictureOf = (text: string): string => draw(recorded(text), caption);
/** The part behind the opening. */
const sheetOf = (text: string): string => pictureOf(text).replace(/^[\s\S]*<defs>/, '');

test('what would be markup is text', () => {
  const picture = pictureOf('a <b> & "c" </text><script>');
  assert.match(picture, '>a &lt;b&gt; &amp; &quot;c&quot; &lt;/text&gt;&lt;script&gt;</text>');
  assert.match(picture, '<title id="title">Tea &amp; &lt;biscuits&gt;</title>');
});

test('any text is shown as the terminal showed it, row by row and column by column', () => {
  const sign = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.constantFrom(' ', '  ', '\r\n', '旅', 'é', '👩‍👧', '&', '<', '"', '→'),
  );
  // biome-ignore lint/nursery/noFloatingPromises: the property is synchronous, so nothing is promised
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 120 }), (signs) => {
      const recording = recorded(signs.join(''));
      assert.equal(rowsIn(draw(recording, caption)), withoutEmpty(rowsOf(recording.lines)));
    }),
  );
});

/** Empty rows at the end are not drawn. */
function withoutEmpty(rows: readonly string[]): readonly string[] {
  const last = rows.findLastIndex((row) => row !== '');
  return rows.slice(0, last + 1);
}

test('wide signs take two columns, stand alone, and what follows stands where the terminal has it', () => {
  assert.match(
    sheetOf('ab旅c'),
    '<text x="0" y="14" textLength="16.8">ab</text><text x="16.8" y="14" textLength="16.8">旅</text><text x="33.6" y="14">c</text>',
  );
});

test('two spaces part a text, one does not', () => {
  assert.match(
    sheetOf('a b  c'),
    '<text x="0" y="14" textLength="25.2">a b</text><text x="42" y="14">c</text>',
  );
});

test('colours, bold, dim and underlined are classes, each with a colour for day and for night', () => {
  const texts = sheetOf('\u001b[1;31ma\u001b[0m\u001b[92mb\u001b[39m\u001b[2mc\u001b[22m\u001b[4md');
  assert.equal(
    [...texts.matchAll(/<text[^>]*class="([^"]*)"[^>]*>(.)</g)].map(([, classes, sign]) => [sign, classes]),
    [
      ['a', 'c1 b'],
      ['b', 'c2'],
      ['c', 'd'],
      ['d', 'u'],
    ],
  );
  assert.equal(pictureOf('').match(/\.c1\{fill:#\w+\}/g)?.length, 2);
});

test('what cannot be drawn is refused', () => {
  for (const order of ['7', '41', '3', '37', '90'])
    assert.throws(() => pictureOf(`\u001b[${order}mx`), /can be drawn|cannot be drawn/, order);
});

test('every colour is legible on its page', () => {
  for (const palette of [light, dark])
    for (const colour of [palette.text, palette.faint, ...Object.values(palette.colours)])
      assert.ok(contrast(colour, palette) >= 4.5, `${colour} on ${palette.page}`);
});

function contrast(colour: string, { page }: Palette): number {
  const [bright = 0, darker = 0] = [luminance(colour), luminance(page)].sort((a, b) => b - a);
  return (bright + 0.05) / (darker + 0.05);
}

/** As WCAG has it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('without motion the last rows are open, and the cursor is at their end', () => {
  const picture = pictureOf('$ one\r\n2\r\n3\r\n4\r\n5\r\n6\r\n$ ');
  assert.match(picture, '<g class="sheet" transform="translate(0 -40)">');
  assert.match(picture, '<g class="curtain" transform="translate(16.8 120)">');
  const [, moving = ''] = picture.split('@media (prefers-reduced-motion:no-preference){');
  assert.match(moving, '@keyframes curtain{0%');
  assert.is(picture.split('animation:').length - moving.split('animation:').length, 0);
});

test('a letter appears with each key, then the answer row by row, and the sheet goes up when it must', () => {
  const picture = pictureOf('$ one\r\n2\r\n3\r\n4\r\n5\r\n6\r\n$ ');
  const steps = (name: string): readonly string[] => {
    const [, frames = ''] = new RegExp(`@keyframes ${name}\\{(.*)\\}`).exec(picture) ?? [];
    return [...frames.matchAll(/translate\((.*?)\)/g)].map(([, to = '']) => to);
  };
  const rows = [1, 2, 3, 4, 5].map((row) => `0px,${row * 20}px`);
  assert.equal(steps('curtain'), [
    '16.8px,0px',
    '25.2px,0px',
    '33.6px,0px',
    '42px,0px',
    ...rows,
    '16.8px,120px',
  ]);
  assert.equal(steps('sheet'), ['0,0px', '0,-20px', '0,-40px']);
});

test('the picture in the README needs nothing from outside, runs nothing and is small', () => {
  const picture = readFileSync('docs/session.svg', 'utf8');
  assert.ok(Buffer.byteLength(picture) < 150_000);
  assert.equal(picture.match(/<(script|image|foreignObject|a|animate)\b|@import|url\(|\son\w+=/gi), null);
  assert.equal(new Set(picture.match(/(?:href|src)="[^#][^"]*"/g)), new Set());
  assert.equal(picture.match(/https?:\/\/[^"]*/g), ['http://www.w3.org/2000/svg']);
  assert.match(picture, /^<svg [^>]*role="img" aria-labelledby="title description">/);
  assert.match(readFileSync('README.md', 'utf8'), /!\[[^\]]{40,}\]\(docs\/session\.svg\)/);
});

test.run();
