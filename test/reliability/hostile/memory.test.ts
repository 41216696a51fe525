import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { freshBuild } from '../../../scripts/fresh-build.ts';
import { figures } from '../figures.ts';

const test = suite('memory and time');
const command = await freshBuild();
const folder = await mkdtemp(join(tmpdir(), 'ledgerform-memory-'));
test.after(() => rm(folder, { recursive: true }));
let most = 0;

/** Told by the process itself at its end, for there is no tool for it everywhere. */
const preload = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('\\nMEMORY ' + process.resourceUsage().maxRSS + ' CPU ' + process.cpuUsage().user + '\\n'))",
)}`;

interface Cost {
  readonly code: number;
  readonly megabytes: number;
  readonly seconds: number;
}

async function cost(args: readonly string[]): Promise<Cost> {
  const { PATH } = process.env;
  const ran = promisify(execFile)(process.execPath, ['--import', preload, command, ...args], {
    cwd: folder,
    env: { PATH },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  });
  const { code, stderr } = await ran.then(
    (done) => ({ code: 0, stderr: done.stderr }),
    // What execFile rejects with where the exit code is not 0.
    (error: { readonly code: number; readonly stderr: string }) => error,
  );
  const [, kilobytes = 'NaN', micros = 'NaN'] = /MEMORY (\d+) CPU (\d+)\s*$/.exec(stderr) ?? [];
  const megabytes = Number(kilobytes) / 1024;
  most = Math.max(most, Math.round(megabytes));
  return { code, megabytes, seconds: Number(micros) / 1e6 };
}

const head = 'version: 1\norganization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a4 }\n';
const size = 8 * 1024 * 1024 - 200;
const full = (piece: string): string => piece.repeat(Math.floor(size / piece.length));
const list = (piece: string): string => `${head}assignments: { products: [${full(piece)}] }\n`;

/** The worst of many that were tried, by memory: each is as large as a file may be. */
const files: Readonly<Record<string, string>> = {
  'document marks': full('---\n'),
  'empty mappings': list('{},'),
  'one name': `${head}tax_rates: { a: { name: "${'x'.repeat(size - 200)}" } }\n`,
};

for (const [what, text] of Object.entries(files)) {
  test(`8 MB of ${what} take less than 512 MB, and less than 20 seconds`, async () => {
    await writeFile(join(folder, 'ledgerform.yaml'), text);
    const { code, megabytes, seconds } = await cost(['validate']);
    assert.is(code, 3);
    assert.ok(megabytes < 512, `${megabytes} MB`);
    assert.ok(seconds < 20, `${seconds} s`);
  });
}

const plans: Readonly<Record<string, string>> = {
  'escaped characters': `{"format_version":"1","digest":"x","changes":["${'\\u20ac'.repeat(10_000_000)}"]}`,
};

for (const [what, text] of Object.entries(plans)) {
  test(`a plan file of ${what} takes less than 512 MB, and less than 20 seconds`, async () => {
    await writeFile(join(folder, 'plan.json'), text);
    const { code, megabytes, seconds } = await cost(['apply', 'plan.json']);
    assert.is(code, 3);
    assert.ok(megabytes < 512, `${megabytes} MB`);
    assert.ok(seconds < 20, `${seconds} s`);
  });
}

test.after(() => figures('hostile-memory', { 'MB of memory at most': most }));

test.run();
