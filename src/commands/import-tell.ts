import { join } from 'node:path';
import type { Composed } from '../import/part.ts';
import type { Differing } from '../import/prove-into.ts';
import type { Account } from '../model/account.ts';
import { importedText } from '../render/imported-text.ts';
import { printable } from '../render/printable.ts';
import { commandAbout } from './command-about.ts';
import type { ImportOutcome } from './import-write.ts';
import { type PutSchema, tellSchema } from './schema-beside.ts';
import type { Shell } from './shell.ts';

/** What an import came to. */
export interface Imported {
  readonly account: Account;
  readonly composed: Composed;
  /** What the file says otherwise than it is live; nothing in a new file. */
  readonly differing: readonly Differing[];
  readonly outcome: ImportOutcome;
  readonly root: string;
  /** Relative to the root. */
  readonly path: string;
  /** What is printed in place of being written. */
  readonly text: string | null;
  /** What editors need beside it; null where nothing is new but entries. */
  readonly schema: PutSchema | null;
}

/** Tells what was written, and what was left out and why. A text that is printed has stdout for itself. */
export function tellImported(
  { account, composed, differing, outcome, path, root, schema, text }: Imported,
  shell: Shell,
): void {
  const { leftOut, parts } = composed;
  const sections = sectionsOf(composed);
  const { apiUrl, environment, organization } = account;
  shell.sayJson({
    format_version: '1',
    ok: true,
    organization,
    environment,
    api_url: apiUrl,
    file: { path, outcome },
    ...(schema && { schema: { path: schema.path, outcome: schema.outcome } }),
    written: Object.fromEntries(sections.map(([section, count]) => [section, count])),
    addresses: parts.map(({ address }) => address),
    left_out: leftOut.map(({ address, label, why }) => ({ address, label, why })),
    differing: differing.map(({ address, label, why }) => ({ address, label, why })),
    ...(text !== null && { text }),
    problems: schema?.problems ?? [],
  });
  const plan = commandAbout('ledgerform plan', join(root, path), shell.edge.cwd);
  const told = importedText(
    { sections, leftOut, differing, outcome, path, plan },
    text === null ? shell.paint : shell.notePaint,
  );
  if (text === null) shell.say(told);
  else {
    shell.print(text);
    shell.note(told);
  }
  if (schema) tellSchema(schema, shell);
  // Whoever approves a plan would read an id in place of a name.
  if (outcome === 'written' && organization.name === null)
    shell.note(
      `Plans and pages show its id: a name, as \`name\` below \`organization\` in ${printable(path)}, is easier to read.\n`,
    );
}

/** How much stands in each section, by its path; rules apart. */
function sectionsOf({ parts }: Composed): readonly (readonly [section: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { path } of parts) {
    const section = path.join('.');
    counts.set(section, (counts.get(section) ?? 0) + 1);
  }
  return [...counts];
}
