import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { acceptSoundly } from '../../../src/load/accept/accept-soundly.ts';
import { type Loaded, type LoadOptions, load } from '../../../src/load/load.ts';
import type { Live } from '../../../src/model/live.ts';
import type { Change } from '../../../src/model/plan.ts';
import { propose } from '../../../src/plan/propose.ts';
import { kinds } from '../../../src/providers/tesouro/kinds/index.gen.ts';

/** What accepting came to, and what a plan says after it. */
export interface Tried {
  /** Every file as it is now, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly accepted: readonly string[];
  /** `address: why` of what is left. */
  readonly left: readonly string[];
  readonly reasons: readonly string[];
  /** The changes that a plan shows afterwards. */
  readonly after: readonly Change[];
  readonly problems: Loaded['problems'];
}

/** Accepts all drift of files, of which the first is the organization's own, that are applied as they are. */
export async function tryAccept(
  files: Readonly<Record<string, string>>,
  live: Live,
  where: 'own' | 'base' = 'own',
): Promise<Tried> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-accept-'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  try {
    for (const [path, text] of Object.entries(files)) await write(path, text);
    const options: LoadOptions = {
      path: Object.keys(files)[0] ?? '',
      environment: null,
      variables: { LEDGERFORM_VAR_CODE: '1090' },
      allowOutside: false,
      root: folder,
      cwd: folder,
    };
    const before = await load(options, kinds);
    const base = usable(before);
    const { changes, references } = propose(base, live, kinds, base);
    const drift = changes.filter(({ reason }) => reason === 'drift');
    const given = { desired: base, live, kinds, references, where, files: before.files };
    const result = await acceptSoundly(drift, given, options);
    const now = { ...files };
    for (const { after, path } of result.files) {
      now[path] = after;
      await write(path, after);
    }
    const loaded = await load(options, kinds);
    return {
      files: now,
      accepted: result.accepted.map(({ address }) => address),
      left: result.left.map(({ change, why }) => `${change.address}: ${why}`),
      reasons: changes.map(({ address, reason }) => `${address}: ${reason}`),
      after: propose(usable(loaded), live, kinds, base).changes,
      problems: loaded.problems,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function usable({ desired, problems }: Loaded): NonNullable<Loaded['desired']> {
  if (!desired) throw new Error(problems.map(({ message }) => message).join('\n'));
  return desired;
}
