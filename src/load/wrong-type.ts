import { plainWrongType } from './plain-wrong-type.ts';
import { type Broken, name, type Told, told } from './told.ts';
import { type Scalar, writtenText } from './tree.ts';

/** A value of another type than the language has there; where YAML turned text into something else, the quotes that prevent it. */
export function wrongType(broken: Broken): Told {
  const { error, path, at, kinds } = broken;
  const types = [error.params.type].flat().map(String);
  const pinned = path.at(-1) === 'id' && at.type === 'scalar';
  if (pinned) return { problem: noId(broken, at) };
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
  if (writtenText(at).startsWith('*')) return { problem: behindAlias(broken, at, isCode) };
  const repair =
    !at.editable || !/^[\w.+:-]+$/.test(written)
      ? null
      : { file: at.file.path, start: at.start, end: at.end, text: quoted };
  return {
    problem: told(isCode ? 'CODE_NOT_TEXT' : 'WRONG_TYPE', message, `Write \`${quoted}\`.`, broken),
    repair,
  };
}

/** The value stands elsewhere, at its anchor, and so does its repair. */
function behindAlias(broken: Broken, at: Scalar, isCode: boolean) {
  const anchor = writtenText(at).slice(1);
  const message = `${name(broken.path)} must be text; \`*${anchor}\` stands for \`${String(at.value)}\`.`;
  const hint = `Put the value after \`&${anchor}\` between double quotes.`;
  return told(isCode ? 'CODE_NOT_TEXT' : 'WRONG_TYPE', message, hint, broken);
}

function noId(broken: Broken, at: Scalar) {
  const message =
    at.value === null
      ? `${name(broken.path)} has no value.`
      : `${name(broken.path)} cannot be \`${writtenText(at).slice(0, 40)}\`.`;
  const hint = 'An id of the service is a UUID, such as `9d2b4c8f-2087-4738-ba91-7359683c49a4`.';
  return told('WRONG_TYPE', message, hint, broken);
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
