import { printable } from './printable.ts';

/** What usually helps, as it is shown: a sentence, and what to run or to write. */
export interface ShownRemedy {
  readonly text: string;
  readonly steps: readonly { readonly type: 'run' | 'write'; readonly text: string }[];
}

/** What usually helps, its steps below the sentence. */
export function remedyText({ steps, text }: ShownRemedy, indent: string): string {
  const verbs = { run: 'run', write: 'write' } as const;
  const lines = steps.map((step) => `${indent}  ${verbs[step.type].padEnd(5)}  ${printable(step.text)}`);
  return [`${indent}→ ${printable(text)}`, ...lines].map((line) => `${line}\n`).join('');
}
