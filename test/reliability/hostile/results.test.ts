import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type RenderedFormat, resultText } from '../../../src/render/result-text.ts';
import { poisoned, resultView } from '../../render/result-document.ts';
import { figures } from '../figures.ts';
import { harmInGithub, harmInHtml, harmInMarkdown, harmInSarif, harmInXml, hostileTexts } from './texts.ts';

const harms: Readonly<Record<RenderedFormat, (text: string) => string | null>> = {
  markdown: harmInMarkdown,
  github: harmInGithub,
  sarif: harmInSarif,
  junit: harmInXml,
  html: harmInHtml,
};
const formats = Object.keys(harms) as readonly RenderedFormat[];
const test = suite('hostile texts in results for pull requests and pipelines');
let shown = 0;

function harmless(text: string, other: string): void {
  for (const result of poisoned(text, other, 1))
    for (const format of formats) {
      shown += 1;
      assert.is(
        harms[format](resultText(format, result, resultView)),
        null,
        `${format} of ${result.command}`,
      );
    }
}

for (const [what, text] of Object.entries(hostileTexts))
  test(`${what} means nothing in any of them`, () => harmless(text, `x${text}y`));

test('no sign that XML forbids, Unicode lacks or a language of theirs knows means anything', () => {
  const signs = ['\u0000', '\u0001', '\u000b', '\u001b', '\ufffe', '\uffff', '\ud800', '\udfff', '\u{1fffe}'];
  for (const sign of signs) harmless(sign, `a${sign}b`);
});

/** Pieces out of which a text that breaks out would be made. */
const pieces = [
  ...'\\`*_[](){}<>#|!@&;:,%~$^"\'=+-./ \n\r\ta1',
  '<!--',
  '-->',
  '</code>',
  '</td>',
  '</script>',
  '</style>',
  '</title>',
  '<svg onload=',
  'javascript:',
  '<code>',
  '&#64;',
  '&amp;',
  'https://',
  'www.',
  '::',
  '%0A',
  '%3A',
  ']]>',
  '<![CDATA[',
  '](',
  '{0}',
  '##[',
  '\u2028',
  '\u200b',
  '\ufeff',
];

test('no text that is put together from their signs breaks out of any of them', () => {
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(''));
  void fc.assert(fc.property(text, text, harmless), { numRuns: 80 });
});

test.after(() => figures('hostile-results', { 'results with hostile texts': shown }));

test.run();
