import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasModeline, modelineTo } from '../../src/load/modeline.ts';

const test = suite('the line that leads editors to the schema');
const line = modelineTo('./schemas/ledgerform.v1.schema.json');

const told: Readonly<Record<string, string>> = {
  'at the top': `${line}\nversion: 1\n`,
  'behind a byte-order mark': `\ufeff${line}\nversion: 1\n`,
  'with the line ends of Windows': `# Ours.\r\n${line}\r\nversion: 1\r\n`,
  'below other comments, the mark of a document and empty lines': `# Ours.\n\n%YAML 1.2\n---\n\n${line}\nversion: 1\n`,
  'with spaces of its own': '#   yaml-language-server : $schema=x.json\nversion: 1\n',
  'in the words of JetBrains': '# $schema: x.json\nversion: 1\n',
  'with nothing else in the file': line,
};
for (const [where, text] of Object.entries(told))
  test(`it is found ${where}`, () => {
    assert.is(hasModeline(text), true);
  });

const untold: Readonly<Record<string, string>> = {
  'in an empty file': '',
  'among comments that say something else': '# yaml-language-server is what we use\nversion: 1\n',
  'below what the file says, where no editor looks': `version: 1\n${line}\n`,
  'beside what the file says': `version: 1 ${line}\n`,
  'below the mark of a document that begins to say something': `--- { version: 1 }\n${line}\n`,
  'without the space that editors want': `#yaml-language-server: $schema=x.json\nversion: 1\n`,
};
for (const [where, text] of Object.entries(untold))
  test(`it is not found ${where}`, () => {
    assert.is(hasModeline(text), false);
  });

test.run();
