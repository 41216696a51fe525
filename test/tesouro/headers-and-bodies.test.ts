import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { errorWords } from '../../src/providers/tesouro/error-body.ts';
import { rateHeaders, retryAfter } from '../../src/providers/tesouro/rate-headers.ts';
import { bag } from './limited-service.ts';

const test = suite('headers and bodies');

const bodies: readonly (readonly [string, string, string])[] = [
  [
    'the error envelope',
    '{"error":{"message":"The token has been expired.","type":"t"}}',
    'The token has been expired.',
  ],
  ['an envelope with a type alone', '{"error":{"type":"missing_api_version"}}', 'missing_api_version'],
  [
    'validation items',
    '{"detail":[{"loc":["body","name"],"msg":"field required","type":"value_error"},{"loc":["query","limit"],"msg":"too big"}]}',
    'name: field required; query.limit: too big',
  ],
  ['a validation item with a type alone', '{"detail":[{"type":"missing"}]}', 'missing'],
  ['validation items that are texts', '{"detail":["a","b"]}', 'a; b'],
  ['a detail in words', '{"detail":"Not Found"}', 'Not Found'],
  ['a bare message', '{"message":"API rate limit exceeded"}', 'API rate limit exceeded'],
  ['RFC 6749', '{"error":"invalid_client","error_description":"Unknown"}', 'invalid_client: Unknown'],
  ['RFC 6749 without a description', '{"error":"invalid_grant"}', 'invalid_grant'],
  ['RFC 9457', '{"title":"Forbidden","status":403}', 'Forbidden'],
  ['a JSON text', '"no"', 'no'],
  ['plain text', '  upstream\nconnect error ', 'upstream connect error'],
  [
    'HTML',
    '<html><head><title>502 Bad Gateway</title></head><body><h1>x</h1></body></html>',
    '502 Bad Gateway',
  ],
  ['HTML without a title', '<html><body>secret page</body></html>', ''],
  ['nothing', '', ''],
  ['other JSON', '{"a":1}', ''],
  ['an array', '[1]', ''],
  ['null', 'null', ''],
  ['members of the wrong type', '{"error":7,"detail":8,"message":{}}', ''],
  ['control characters', '{"message":"a\\u001b[31mred\\u202eb\\u0000c"}', 'a [31mred b c'],
];
for (const [name, body, words] of bodies)
  test(`the words of ${name} are found`, () => {
    assert.is(errorWords(body), words);
  });

test('the words of any body are one clean line of at most 500 characters', () => {
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.object().map((each) => JSON.stringify({ error: each, detail: [each] })),
  );
  void fc.assert(
    fc.property(body, (text) => {
      const words = errorWords(text);
      assert.ok([...words].length <= 500);
      assert.not.match(words, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('long words are cut, hostile ones in time', () => {
  assert.is(errorWords('x'.repeat(2000)), `${'x'.repeat(499)}…`);
  const started = performance.now();
  for (const body of [
    '<title'.repeat(200_000),
    '['.repeat(1_000_000),
    '<'.repeat(1_000_000),
    ' '.repeat(1_000_000),
  ])
    assert.ok(errorWords(body).length <= 500);
  assert.ok(performance.now() - started < 10_000);
});

const budgets: readonly (readonly [string, Readonly<Record<string, string>>, readonly (number | null)[]])[] =
  [
    ['nothing', {}, [null, null, null]],
    [
      'the draft’s names',
      { 'ratelimit-limit': '30', 'ratelimit-remaining': '12', 'ratelimit-reset': '1' },
      [30, 12, 1],
    ],
    [
      'Kong’s names',
      { 'x-ratelimit-limit-second': '30', 'x-ratelimit-remaining-second': '0' },
      [30, 0, null],
    ],
    [
      'old names',
      { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '49', 'x-ratelimit-reset': '1767225600' },
      [50, 49, null],
    ],
    ['a list with a window', { 'ratelimit-limit': '30, 30;w=1', 'ratelimit-remaining': '5' }, [30, 5, null]],
    ['a window of a minute', { 'ratelimit-limit': '600;w=60', 'ratelimit-remaining': '5' }, [10, null, null]],
    [
      'nonsense',
      { 'ratelimit-limit': 'many', 'ratelimit-remaining': '-3', 'ratelimit-reset': 'soon' },
      [null, null, null],
    ],
    ['a limit of none', { 'ratelimit-limit': '0' }, [null, null, null]],
    ['decimals', { 'ratelimit-limit': '30.0', 'ratelimit-remaining': '2.5' }, [30, 2, null]],
  ];
for (const [name, headers, expected] of budgets)
  test(`a budget told by ${name} is understood`, () => {
    const { limit, remaining, reset } = rateHeaders(bag(headers));
    assert.equal([limit, remaining, reset], expected);
  });

const today = Date.UTC(2026, 0, 1);
for (const [text, expected] of [
  ['3', 3000],
  ['0', 0],
  ['0.5', 500],
  ['Thu, 01 Jan 2026 00:00:05 GMT', 5000],
  ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
  ['later', null],
  ['', null],
  ['-1 potato', null],
] as const)
  test(`Retry-After "${text}" is ${expected}`, () => {
    assert.is(retryAfter(bag({ 'retry-after': text }), today), expected);
  });

test.run();
