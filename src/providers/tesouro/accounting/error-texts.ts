import { isObject } from '../api.ts';
import { oneLine } from '../error-body.ts';

/** Members that hold the sentence of an error. */
const sentences = ['message', 'msg', 'detail', 'description', 'title', 'reason', 'error'];
const mostTexts = 20;
const deepest = 6;

/**
 * The texts in what the service says of errors, each on one line: `{}` and null say nothing. The shape is not documented:
 * a text, `{message}`, a list, or texts below names, which then stand before them (`line_items: ...`).
 */
export function errorTexts(errors: unknown): readonly string[] {
  const texts = textsIn(errors, '', 0).map(oneLine);
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, mostTexts);
}

function textsIn(value: unknown, name: string, depth: number): readonly string[] {
  if (depth > deepest) return [];
  if (typeof value === 'string') return value.trim() === '' ? [] : [named(name, value)];
  if (typeof value === 'number' || typeof value === 'boolean') return [named(name, String(value))];
  if (Array.isArray(value))
    return value.slice(0, mostTexts).flatMap((each) => textsIn(each, name, depth + 1));
  if (!isObject(value)) return [];
  const sentence = sentences.map((each) => value[each]).find((each) => typeof each === 'string');
  // Beside a sentence, only what is nested says more; codes and ids would repeat it.
  const members = Object.entries(value).filter(
    ([, each]) => sentence === undefined || typeof each === 'object',
  );
  return [
    ...textsIn(sentence ?? null, name, depth + 1),
    ...members
      .slice(0, mostTexts)
      .flatMap(([key, each]) =>
        textsIn(each, [...sentences, 'errors'].includes(key) ? name : key, depth + 1),
      ),
  ];
}

const named = (name: string, text: string): string => (name === '' ? text : `${name}: ${text}`);
