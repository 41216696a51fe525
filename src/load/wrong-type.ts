import { type Broken, name, type Told, told } from './told.ts';
import { type Scalar, writtenText } from './tree.ts';

/** A value of another type than the language has there; where YAML turned text into something else, the quotes that prevent it. */
export function wrongType(broken: Broken): Told {
  const { error, path, at, kinds } = broken;
  const types = [error.params.type].flat().map(String);
  if (!types.includes('string')) return { problem: plainWrongType(broken, types) };
  const field = path.at(-1) ?? '';
  const isCode = kinds.collections.some((kind) => kind.identity === field);
  if (at.type !== 'scalar') return { problem: plainWrongType(broken, types) };
  if (at.value === null) return { problem: emptyText(broken, isCode) };
  if (types.includes('object')) return { problem: notReference(broken, at) };
  const written = writtenText(at);
  const quoted = `"${written}"`;
  const noun = isCode ? 'A code is text' : 'It must be text';
  const message = `${name(path)}: without quotes, YAML reads \`${written}\` as ${readAs(at, written)}. ${noun}.`;
  const repair =
    !at.editable || !/^[\w.+:-]+$/.test(written)
      ? null
      : { file: at.file.path, start: at.start, end: at.end, text: quoted };
  return {
    problem: told(isCode ? 'CODE_NOT_TEXT' : 'WRONG_TYPE', message, `Write \`${quoted}\`.`, broken),
    repair,
  };
}

function readAs({ value }: Scalar, written: string): string {
  if (typeof value === 'boolean') return `the truth value ${value}`;
  if (written.startsWith('0o')) return `the octal number ${value}`;
  if (written.startsWith('0x')) return `the hexadecimal number ${value}`;
  if (/^[-+]?\d+$/.test(written)) return `the number ${value}`;
  return `the decimal number ${value}`;
}

function emptyText(broken: Broken, isCode: boolean) {
  const { at, path } = broken;
  const written = writtenText(at);
  const message =
    written === ''
      ? `${name(path)} has no value, which YAML reads as null.`
      : `${name(path)}: YAML reads \`${written}\` as null, not as text.`;
  const quoted = written === '' ? '' : `; if the text itself is meant, write \`"${written}"\``;
  return told(
    isCode ? 'CODE_NOT_TEXT' : 'WRONG_TYPE',
    message,
    `Fill it in or leave the key out${quoted}.`,
    broken,
  );
}

function notReference(broken: Broken, at: Scalar) {
  const written = writtenText(at);
  const message = `${name(broken.path)} must be a key of this file or a look-up; \`${written}\` is neither.`;
  const { kinds, path } = broken;
  const slot = kinds.settings.find((each) => each.address === path.join('.'));
  const kind = kinds.collections.find(
    (each) => each.collection === slot?.collection || each.name === path.at(-1),
  );
  const hint = kind ? `If it is a code, write \`{ ${kind.identity}: "${written}" }\`.` : 'Write the key.';
  return told('WRONG_TYPE', message, hint, broken);
}

const nouns: Readonly<Record<string, string>> = {
  object: 'a mapping (`key: value`)',
  array: 'a list (`[a, b]`)',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: '`true` or `false`',
  null: 'null',
};

function plainWrongType(broken: Broken, types: readonly string[]) {
  const { at, path } = broken;
  const wanted = types
    .filter((type) => type !== 'null')
    .map((type) => nouns[type] ?? type)
    .join(' or ');
  const found = at.type === 'mapping' ? 'a mapping' : at.type === 'sequence' ? 'a list' : scalarNoun(at);
  const message = `${name(path)} must be ${wanted}; it is ${found}.`;
  const empty = at.type === 'scalar' && at.value === null && types.includes('object');
  const hint = empty ? 'Write `{}` if nothing belongs there, or leave the key out.' : `Write ${wanted}.`;
  return told('WRONG_TYPE', message, hint, broken);
}

function scalarNoun(at: Scalar): string {
  if (at.value === null) return 'empty';
  return `\`${writtenText(at).slice(0, 40)}\``;
}
