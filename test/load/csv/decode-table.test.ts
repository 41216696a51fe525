import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeTable, type Encoding } from '../../../src/load/csv/decode-table.ts';
import { fromWindows1252, toWindows1252 } from '../../../src/model/windows-1252.ts';

const test = suite('the encoding of a spreadsheet');
const table = 'Konto;Text\r\n0010;Gebäude – „groß“ €\r\n';

const cases: readonly (readonly [title: string, bytes: Uint8Array, encoding: Encoding, text?: string])[] = [
  ['UTF-8', Buffer.from(table), 'utf-8'],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${table}`), 'utf-8'],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${table}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 in the other order with a mark', Buffer.from(`\ufeff${table}`, 'utf16le').swap16(), 'utf-16be'],
  ['UTF-16 without a mark', Buffer.from(table, 'utf16le'), 'utf-16le'],
  ['UTF-16 in the other order without a mark', Buffer.from(table, 'utf16le').swap16(), 'utf-16be'],
  ['Windows-1252', bytesOf(table), 'windows-1252'],
  ['nothing', Buffer.from(''), 'utf-8', ''],
];

function bytesOf(text: string): Uint8Array {
  const bytes = toWindows1252(text);
  if ('missing' in bytes) throw new Error(bytes.missing);
  return bytes;
}

for (const [title, bytes, encoding, text = table] of cases)
  test(`${title} is found out`, () => {
    assert.equal(decodeTable(bytes, null), { text, encoding });
    assert.equal(decodeTable(bytes, encoding), { text, encoding }, 'and can be said');
  });

test('what is no text is none', () => {
  assert.is(decodeTable(Buffer.from('code,name\n1,a\0b\n'), null), null);
  assert.is(decodeTable(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 8, 0]), null), null);
  assert.is(decodeTable(bytesOf(table), 'utf-8'), null);
  assert.is(decodeTable(Buffer.from(table).subarray(0, 11), 'utf-16le'), null);
  assert.is(decodeTable(Buffer.from('\ud800', 'utf16le'), 'utf-16le'), null, 'half a character');
});

test('a letter whose other byte is zero leaves UTF-16 without a mark what it is', () => {
  const text = 'code,name\r\n1001,一般现金\r\n1002,Ā一\r\n';
  assert.equal(decodeTable(Buffer.from(text, 'utf16le'), null), { text, encoding: 'utf-16le' });
  assert.equal(decodeTable(Buffer.from(text, 'utf16le').swap16(), null), { text, encoding: 'utf-16be' });
});

test('another encoding than that of the mark can be said', () => {
  assert.is(decodeTable(Buffer.from('\ufeffä'), 'windows-1252')?.text, 'ï»¿Ã¤');
});

test('any text comes back from each encoding that has its letters', () => {
  void fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (drawn) => {
      const text = `code,name\n${drawn.replace(/\0/g, '')}\n`;
      assert.is(decodeTable(Buffer.from(text), null)?.text, text);
      assert.is(decodeTable(Buffer.from(`\ufeff${text}`, 'utf16le'), null)?.text, text);
      assert.is(decodeTable(Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), null)?.text, text);
      const narrow = toWindows1252(text);
      if (!('missing' in narrow)) assert.is(decodeTable(narrow, 'windows-1252')?.text, text);
    }),
    { numRuns: 100 },
  );
});

test('every byte of Windows-1252 is a letter of its own, whatever the version of Node', () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => at % 256);
  const text = fromWindows1252(bytes);
  assert.is(text.length, bytes.length);
  assert.is(text.slice(0x80, 0x87), '€\u0081‚ƒ„…†');
  assert.is(new Set(text).size, 256);
  assert.equal(toWindows1252(text), bytes);
  assert.equal(toWindows1252('a→b'), { missing: '→' });
});

test.run();
