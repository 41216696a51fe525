import type { Element } from './xml.ts';

/** One test of a report. */
export interface TestCase {
  readonly name: string;
  /** Why it failed: a code, a line, and all there is to say. */
  readonly failure?: { readonly type: string; readonly message: string; readonly text: string };
  /** Why it was left out. */
  readonly skipped?: string;
  /** What it prints. */
  readonly out?: string;
}

/** A test as JUnit has it; `where` is what it is filed under. */
export function caseElement({ failure, name, out, skipped }: TestCase, where: string): Element {
  const inside: Element[] = [];
  if (skipped !== undefined)
    inside.push({ name: 'skipped', attributes: skipped === '' ? {} : { message: skipped }, inside: '' });
  if (failure !== undefined)
    inside.push({
      name: 'failure',
      attributes: { type: failure.type, message: failure.message },
      inside: failure.text,
    });
  if (out !== undefined && out !== '') inside.push({ name: 'system-out', attributes: {}, inside: out });
  return { name: 'testcase', attributes: { classname: where, name }, inside };
}
