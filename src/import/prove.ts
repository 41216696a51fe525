import type { Loaded } from '../load/load.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { propose } from '../plan/propose.ts';
import { compose, type ImportFacts } from './compose.ts';
import type { Composed } from './part.ts';
import { type FileHead, type FileText, fileText } from './text.ts';

/** A configuration that is proven to say what is live: a plan of it is empty. */
export interface ProvenFile {
  readonly text: string;
  readonly composed: Composed;
}

/** Loads a text as the file that it will be. */
export type LoadText = (text: string) => Promise<Loaded>;

/**
 * A configuration of what is live, proven before anybody writes it: the text is loaded, and a plan is proposed against what was read. What
 * the file cannot say, or what a plan would change, is left out, until nothing is left to object to.
 */
export async function proveNew(
  facts: Omit<ImportFacts, 'excluded'>,
  head: FileHead,
  load: LoadText,
): Promise<ProvenFile> {
  const excluded = new Map<Address, string>();
  for (;;) {
    const composed = compose({ ...facts, excluded });
    const file = fileText(composed, head);
    const objections = objectionsTo(await load(file.text), facts.live, facts.kinds);
    if (objections.length === 0) return { text: file.text, composed };
    const before = excluded.size;
    for (const each of objections) {
      const address = partOf(each, file);
      if (address !== null && !excluded.has(address)) excluded.set(address, each.why);
    }
    if (excluded.size === before)
      throw new Error(`what was imported does not plan empty: ${objections.map(({ why }) => why).join(' ')}`);
  }
}

/** Why a text is not what is live. */
export interface Objection {
  readonly address: Address | null;
  readonly line: number | null;
  /** What a controller calls it, where it is something that a plan would change; null for a problem. */
  readonly label: string | null;
  readonly why: string;
}

/** Everything that loading and planning a file find to do or to complain of. */
export function objectionsTo({ desired, problems }: Loaded, live: Live, kinds: Kinds): readonly Objection[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || desired === null) return errors.map(complaint);
  const { changes, problems: found, refusals } = propose(desired, live, kinds);
  return [
    ...[...found, ...refusals].map(complaint),
    ...changes.map(({ action, address, label, source }) => ({
      address,
      label,
      line: source?.line ?? null,
      why: `a plan would ${action} it`,
    })),
  ];
}

const complaint = ({ address, line, message }: Problem): Objection => ({
  address,
  line,
  label: null,
  why: message.replace(/\.$/, ''),
});

function partOf({ address, line }: Objection, { partAt }: FileText): Address | null {
  const there = line === null ? null : (partAt[line - 1] ?? null);
  return there ?? (partAt.includes(address) ? address : null);
}
