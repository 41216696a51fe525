import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assignFacts, findGaps } from '../../../src/accounting/assign/gaps.ts';
import { groupsOf } from '../../../src/accounting/assign/groups.ts';
import type { Choice } from '../../../src/accounting/assign/session.ts';
import { type Way, waysFor } from '../../../src/accounting/assign/ways.ts';
import { accountKind } from '../../../src/accounting/needed-kinds.ts';
import { isWritable, wantedBy } from '../../../src/commands/accounting/assign-wanted.ts';
import { errorsWith } from '../../../src/load/accept/errors-with.ts';
import { assignInto } from '../../../src/load/assign/assign.ts';
import { type LoadOptions, load } from '../../../src/load/load.ts';
import type { Live } from '../../../src/model/live.ts';
import type { Change, ReferenceTarget } from '../../../src/model/plan.ts';
import type { Address } from '../../../src/model/value.ts';
import { propose } from '../../../src/plan/propose.ts';
import { kinds } from '../../../src/providers/tesouro/kinds/index.gen.ts';

/** What is chosen for a group: the code of an account, and which of the ways. */
export interface Chosen {
  readonly code: string;
  readonly way?: (ways: readonly Way[]) => Way | undefined;
}

export interface Tried {
  readonly text: string;
  readonly refused: readonly string[];
  /** The codes of what is wrong with the file then. */
  readonly errors: readonly string[];
  /** What a plan does with the file then. */
  readonly changes: readonly Change[];
}

/** Chooses for every group of what lacks an account, writes it into the first file, and plans. */
export async function tryAssign(
  files: Readonly<Record<string, string>>,
  live: Live,
  choose: (name: string) => Chosen | null,
): Promise<Tried> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-assign-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const [own = ''] = Object.keys(files);
    const options: LoadOptions = {
      path: own,
      environment: null,
      variables: {},
      allowOutside: false,
      root: folder,
      cwd: folder,
    };
    const loaded = await load(options, kinds);
    if (!loaded.desired) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
    const facts = assignFacts(loaded.desired, live, kinds, own);
    const gaps = findGaps(facts);
    const ways = waysFor(facts, gaps, isWritable);
    const choices = groupsOf(gaps).flatMap((group): readonly Choice[] => {
      const chosen = choose(group.type === 'setting' ? group.slot.address : (group.name ?? ''));
      const account = facts.chart.find(({ code }) => code === chosen?.code);
      if (!chosen || !account) return [];
      const possible = group.type === 'setting' ? [] : ways(group, { answered: new Set() });
      return [{ type: 'choice', group, account, way: chosen.way?.(possible) ?? { type: 'entries' } }];
    });
    const references: Record<Address, ReferenceTarget> = {};
    for (const { address, code, external, id, name } of facts.chart)
      references[address] = { id: id ?? '', code, name, external };
    const result = assignInto(
      wantedBy(choices, facts, () => true),
      { desired: loaded.desired, live, kinds, references, files: loaded.files },
      accountKind(kinds),
    );
    const errors = await errorsWith([result], options, kinds);
    await writeFile(join(folder, own), result.after);
    const after = await load(options, kinds);
    return {
      text: result.after,
      refused: result.refused.map(({ why }) => why),
      errors: errors.map(({ code }) => code),
      changes: after.desired ? propose(after.desired, live, kinds).changes : [],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
