import { spawn } from 'node:child_process';

/** How many checks and tests have passed and failed so far in this run. */
export const tally = { passed: 0, failed: 0 };

interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Show what it prints while it runs. */
  readonly live?: boolean;
  readonly timeoutSeconds?: number;
}

/** What a command that has ended has said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command without a terminal and without input, and waits for its end. */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: (options.timeoutSeconds ?? 600) * 1000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (options.live) process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (options.live) process.stderr.write(text);
    });
    child.on('error', (error) => resolve({ code: null, stdout, stderr: `${stderr}${error.message}` }));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** One check that is red when it throws. Its result is printed and counted; the run goes on either way. */
export async function check(name: string, body: () => Promise<void>): Promise<boolean> {
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  try {
    await body();
    tally.passed += 1;
    console.log(`✓ ${name} ${seconds()}`);
    return true;
  } catch (thrown) {
    tally.failed += 1;
    console.log(`✘ ${name} ${seconds()}\n${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return false;
  }
}

/** The output of a command that must end with 0; throws with all that it printed otherwise. */
export async function succeed(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}\nended with ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** A check that a command ends with 0. */
export const checkCommand = (
  name: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<boolean> => check(name, async () => void (await succeed(process.execPath, args, options)));

/** Runs a program whose last line is `N passed, N failed`, shows its output, and adds its numbers to the tally. */
export async function checkTests(args: readonly string[], timeoutSeconds: number): Promise<void> {
  const { code, stdout } = await run(process.execPath, args, { live: true, timeoutSeconds });
  const last = /^(\d+) passed, (\d+) failed$/.exec(stdout.trimEnd().split('\n').at(-1) ?? '');
  const failed = Number(last?.[2] ?? 1);
  tally.passed += Number(last?.[1] ?? 0);
  tally.failed += code === 0 ? failed : Math.max(1, failed);
}

/** Prints the last line and sets the exit code. */
export function conclude(): void {
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}
