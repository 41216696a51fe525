import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseFault } from '../../src/emulator/faults.ts';
import { command, openSandbox, organization, type Sandbox, seedOf } from '../commands/workbench.ts';
import { ambush, isWrite } from '../reliability/stand.ts';
import type { Terminal } from './terminal.ts';

/** The service that a page talks to, and what happens to it meanwhile. */
export interface Service {
  readonly url: string;
  readonly variables: Readonly<Record<string, string>>;
  /** `ledger_accounts 4010 {"name": "Kasse"}`; without members it is deleted. */
  live(text: string): void;
  fault(text: string): void;
  /** `2 ledgerform apply …`: killed when its second write was carried out and is not answered. */
  kill(text: string, terminal: Terminal): Promise<void>;
  close(): Promise<void>;
}

/** Starts one that holds this of the organization of the pages. */
export async function openService(seed: string): Promise<Service> {
  let onRequest: Parameters<typeof openSandbox>[0] = {};
  const sandbox = await openSandbox({
    seed: seedOf(seed === '' ? {} : JSON.parse(seed)),
    onRequest: (request) => onRequest?.onRequest?.(request),
  });
  const { emulator, environment } = sandbox;
  return {
    url: emulator.url,
    variables: environment,
    live: (text) => change(text, sandbox),
    fault: (text) => emulator.planFaults(text === '' ? [] : [parseFault(text)]),
    kill: async (text, terminal) => {
      const [nth = '', program = '', ...args] = text.split(/\s+/);
      if (program !== 'ledgerform') throw new Error(`${program} cannot be killed`);
      const trap = ambush(Number(nth), isWrite, () => {
        emulator.planFaults([{ kind: 'timeout-after-commit', nth: 1 }]);
        return undefined;
      });
      onRequest = { onRequest: trap.onRequest };
      const child = spawn(process.execPath, [...command, ...args], {
        cwd: terminal.folder(),
        env: { ...terminal.environment, ...environment },
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      const first = await Promise.race([trap.struck, ended]);
      if (Array.isArray(first)) throw new Error(`${text} ended before it could be killed`);
      child.kill('SIGKILL');
      await ended;
      onRequest = {};
      emulator.planFaults([]);
    },
    close: () => emulator.close(),
  };
}

function change(text: string, { emulator }: Sandbox): void {
  const [, collection = '', code = '', members = ''] = /^(\w+) (\S+)(?: (\{.*\}))?$/.exec(text) ?? [];
  if (collection !== 'ledger_accounts' && collection !== 'tax_rates' && collection !== 'products')
    throw new Error(`nobody can do this: ${text}`);
  const books = emulator.organization(organization);
  const found = books
    .all(collection)
    .filter(({ code: taxCode, name, nominal_code }) => [taxCode, name, nominal_code].includes(code));
  const [one, another] = found;
  if (code === 'new') books.put(collection, { is_external: false, ...JSON.parse(members) });
  else if (one === undefined || another !== undefined) throw new Error(`${text}: ${found.length} are there`);
  else if (members === '') books.remove(collection, one.id);
  else books.put(collection, { id: one.id, ...JSON.parse(members) });
}
