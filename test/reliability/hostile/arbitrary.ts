import * as fc from 'fast-check';

/** A JSON value as JSON.parse makes it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Any JSON value with these names and texts somewhere in it; `__proto__` is a member like any other. */
export function anyJson(names: readonly string[], texts: readonly string[]): fc.Arbitrary<Json> {
  const text = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...texts) },
    { weight: 2, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  );
  const number = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -1, 1e308, 2 ** 53, 1e21, -0.5),
  );
  const leaf: fc.Arbitrary<Json> = fc.oneof(text, number, fc.boolean(), fc.constant(null));
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .array(fc.tuple(fc.oneof(fc.constantFrom(...names), text), tie('value')), { maxLength: 6 })
        .map((members) => Object.fromEntries(members)),
    ),
  }));
  return value;
}

/** A part of a whole, each as likely as another: a double would nearly always be almost nothing. */
export const share = fc.noBias(fc.integer({ min: 0, max: 9999 })).map((part) => part / 10_000);

const pieces = [
  ...'"\'[]{}:,\n\t#&*!|>%@`?-$~0',
  ': ',
  '\n  ',
  '\n- ',
  '- ',
  '&a ',
  '*a',
  '!x ',
  '!!binary ',
  '? ',
  '\u0024{',
  '\u0024{var.X}',
  'null',
  'true',
  '1e999',
  '.nan',
  '\u202e',
  '\u0000',
  '\ufeff',
  '\r',
  '\u2028',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '<<: ',
  '__proto__: ',
  'constructor',
  '[[[[[[[[',
  '{a: {a: {a: ',
];

/** One of the texts after a few cuts, repetitions and insertions, or two of them joined. */
export function changedText(texts: readonly string[]): fc.Arbitrary<string> {
  const change = fc.record({
    // Of the whole length, so that it shrinks towards the beginning.
    at: share,
    cut: fc.nat(40),
    put: fc.oneof(fc.constant(''), fc.constantFrom(...pieces), fc.constant(null)),
  });
  return fc
    .tuple(
      fc.constantFrom(...texts),
      fc.constantFrom('', ...texts),
      fc.array(change, { minLength: 1, maxLength: 6 }),
    )
    .map(([first, second, changes]) =>
      changes.reduce((text, { at, cut, put }) => {
        const start = Math.floor(at * text.length);
        // Null: what is cut stands there twice.
        const between = put ?? text.slice(start, start + cut).repeat(2);
        return text.slice(0, start) + between + text.slice(start + cut);
      }, first + second),
    );
}

/** The same value with another at a place in it: 0 is the whole, what is almost 1 the last. */
export function changedPart(value: Json, place: number, put: Json, how: Change): Json {
  const places = [...placesIn(value, [])];
  return changedAt(value, places[Math.floor(place * places.length)] ?? [], put, how);
}

/** The same value with another text in place of one of its texts. */
export function changedTextIn(value: Json, place: number, put: string): Json {
  const places = [...placesIn(value, [])].filter((steps) => typeof valueAt(value, steps) === 'string');
  return changedAt(value, places[Math.floor(place * places.length)] ?? [], put, 'put');
}

function valueAt(value: Json, steps: Place): Json | undefined {
  let at: Json | undefined = value;
  for (const step of steps)
    at =
      typeof at === 'object' && at !== null
        ? Object.entries(at).find(([name]) => name === step)?.[1]
        : undefined;
  return at;
}

export type Change = 'put' | 'drop' | 'add' | 'twice';
type Place = readonly string[];

function* placesIn(value: Json, above: Place): Generator<Place> {
  yield above;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* placesIn(member, [...above, name]);
}

function changedAt(value: Json, [step, ...rest]: Place, put: Json, how: Change): Json {
  if (step === undefined) return how === 'twice' ? [value, value] : put;
  if (typeof value !== 'object' || value === null) return put;
  const members = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    if (name !== step) return [[name, member]];
    if (rest.length > 0) return [[name, changedAt(member, rest, put, how)]];
    if (how === 'drop') return [];
    if (how === 'twice')
      return [
        [name, member],
        [Array.isArray(value) ? name : `${name}_`, member],
      ];
    if (how === 'add')
      return [
        [name, member],
        [typeof put === 'string' ? put : '__proto__', put],
      ];
    return [[name, put]];
  });
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}
