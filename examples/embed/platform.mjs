import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { carryOut, LedgerformError, loadTexts, openClient, render, survey } from 'ledgerform';

/*
 * A platform that serves many tenants: it looks at all of them, shows what differs, asks somebody once, and carries that out.
 * Everything goes through one client, so that all of it together keeps to one request budget.
 *
 *   node platform.mjs          asks
 *   node platform.mjs --yes    does not
 */

const here = import.meta.dirname;
/** Tenants that are looked at or written to at once. The budget decides how fast that goes, and this how much is held. */
const atOnce = 8;

// A platform has these texts in its database; nothing of them has to be a file.
const texts = {
  ...(await textsIn('shared')),
  ...(await textsIn('tenants')),
};
/** Who is who is known to the platform: a configuration may not choose whose books are read and changed. */
const tenants = [
  { path: 'tenants/harbour.yaml', organizationId: '1d6f0a52-3c87-4b1e-9a40-6e2b7c915801' },
  { path: 'tenants/meadow.yaml', organizationId: '8c24e7b9-50fd-4e63-b7a8-0f91d3c46802' },
  { path: 'tenants/summit.yaml', organizationId: 'f3a95d10-7e42-4c08-8d5b-b26c40e7f903' },
];

// Against Tesouro: { environment: 'sandbox', credentials: clientCredentials({ id, secret }) }.
const client = await openClient({ environment: 'local', file: join(here, '.ledgerform', 'local.json') });
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

try {
  process.exitCode = await main();
} finally {
  await client.close();
}

async function main() {
  const looked = await each(tenants, look);
  for (const { text } of looked) console.log(text);
  const ready = looked.filter(({ plan }) => plan !== null && plan.changes.length > 0);
  const broken = looked.filter(({ plan }) => plan === null).length;
  if (ready.length === 0) return broken === 0 ? 0 : 1;
  if (!(await agreed(ready))) return 4;
  const done = await each(ready, write);
  for (const { text } of done) console.log(text);
  return broken === 0 && done.every(({ complete }) => complete) ? 0 : 5;
}

/** A plan of one tenant, or the text that says why there is none. The others go on. */
async function look(tenant) {
  const { organizationId, path } = tenant;
  const variables = { STANDARD_RATE: '20%' };
  const loaded = await loadTexts({ texts, path, variables });
  if (!loaded.ok)
    return { tenant, plan: null, text: await render({ path, problems: loaded.problems }, 'human') };
  const { configuration } = loaded;
  try {
    const found = await survey(configuration, client.organization(organizationId), { timeoutSeconds: 60 });
    if (!found.ok)
      return { tenant, plan: null, text: await render({ path, problems: found.problems }, 'human') };
    const text = await render({ plan: found.plan }, 'human');
    return { tenant, configuration, plan: found.refused ? null : found.plan, text };
  } catch (error) {
    if (!(error instanceof LedgerformError)) throw error;
    return { tenant, plan: null, text: `${path}: ${error.message}` };
  }
}

/** Carries out exactly what was shown. */
async function write({ configuration, plan, tenant }) {
  try {
    const report = await carryOut(plan, client.organization(tenant.organizationId), {
      configuration,
      record: { folder: join(here, '.ledgerform', 'runs'), actor: 'platform' },
      stop: stop.signal,
    });
    const complete = report.outcome === 'applied' || report.outcome === 'nothing';
    return { complete, text: await render({ plan, report }, 'human') };
  } catch (error) {
    if (!(error instanceof LedgerformError)) throw error;
    return { complete: false, text: `${tenant.path}: ${error.message}` };
  }
}

async function agreed(ready) {
  const changes = ready.reduce((sum, { plan }) => sum + plan.changes.length, 0);
  const question = `Make ${changes} changes for ${ready.length} tenants? `;
  if (process.argv.includes('--yes')) return true;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question(question);
  asking.close();
  return answer.trim() === 'yes';
}

/** Does something with each, some at once, and answers in their order. */
async function each(items, work) {
  const results = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [at, item] of waiting) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function textsIn(folder) {
  const names = await readdir(join(here, folder));
  const entries = names.map(async (name) => [
    `${folder}/${name}`,
    await readFile(join(here, folder, name), 'utf8'),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}
