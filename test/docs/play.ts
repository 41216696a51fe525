import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { commandsIn, type PageCommand, type ShownCommand, shownIn } from '../../scripts/pages/commands.ts';
import { leakIn } from '../../scripts/test/leaks.ts';
import { differenceTo, holds } from './looks-like.ts';
import { openService, type Service } from './service.ts';
import { type Step, stepsOf } from './steps.ts';
import { openTerminal, type Printed, type Terminal } from './terminal.ts';

/** What was done of a page: the commands that it shows, as they stand there. */
export interface Played {
  readonly ran: readonly string[];
  /** Fences that the page marks as not run, each as it stands there. */
  readonly notRun: readonly string[];
}

const project = resolve(import.meta.dirname, '..', '..');

/** Does what a page says, in a folder of its own. It throws at the first thing that is not as the page has it. */
export async function play(page: string): Promise<Played> {
  const steps = stepsOf(page);
  const above = await mkdtemp(join(tmpdir(), 'ledgerform-page-'));
  const terminal = await openTerminal(above, { PROJECT: project });
  const player = { terminal, service: null as Service | null, last: null as Printed | null };
  const ran: string[] = [];
  const notRun: string[] = [];
  try {
    for (const step of steps) {
      await take(step, player, ran).catch((error: unknown) => {
        if (error instanceof Error) error.message = `line ${step.line}: ${error.message}`;
        throw error;
      });
      if (step.does === 'not run') notRun.push(step.text.trimEnd());
    }
    return { ran, notRun };
  } finally {
    terminal.close();
    await player.service?.close();
    await rm(above, { recursive: true, force: true });
  }
}

interface Player {
  readonly terminal: Terminal;
  service: Service | null;
  last: Printed | null;
}

async function take({ does, path, text }: Step, player: Player, ran: string[]): Promise<void> {
  const { terminal } = player;
  const file = join(terminal.folder(), path);
  switch (does) {
    case 'before':
      for (const command of commandsIn(text)) await run(command, player);
      return;
    case 'run':
      for (const command of commandsIn(text)) ran.push(await run(command, player));
      return;
    case 'show':
      for (const command of shownIn(text)) ran.push(await show(command, player));
      return;
    case 'printed':
      if (!holds(JSON.parse(player.last?.stdout ?? ''), JSON.parse(text)))
        throw new Error(`this is not in what was printed:\n${text}\n${player.last?.stdout.slice(0, 4000)}`);
      return;
    case 'write':
      await mkdir(dirname(file), { recursive: true });
      return writeFile(file, text);
    case 'add':
      return writeFile(file, `${await readFile(file, 'utf8')}\n${text}`);
    case 'edit':
      return writeFile(file, edited(await readFile(file, 'utf8'), text));
    case 'sandbox':
      player.service = await openService(text);
      for (const [name, value] of Object.entries(player.service.variables))
        await run({ line: `export ${name}='${value}'`, exitCode: 0 }, player);
      return;
    case 'live':
      return serviceOf(player).live(text);
    case 'fault':
      return serviceOf(player).fault(text);
    case 'killed':
      return serviceOf(player).kill(text, terminal);
    default:
      return;
  }
}

function serviceOf({ service }: Player): Service {
  if (service === null) throw new Error('there is no sandbox');
  return service;
}

async function run({ exitCode, line }: PageCommand, player: Player, answer?: string): Promise<string> {
  const printed = await player.terminal.run(line, answer);
  player.last = printed;
  const { all, code } = printed;
  if (code !== exitCode) throw new Error(`${line}\nended with ${code}:\n${all}`);
  const leak = leakIn(all);
  if (leak !== null) throw new Error(`${line}\nprinted ${leak}`);
  return line;
}

const asks = /(Only "yes" is accepted: )(\w+)$/;

async function show(command: ShownCommand, player: Player): Promise<string> {
  const answer = command.output.map((line) => asks.exec(line)?.[2]).find((each) => each !== undefined);
  const line = await run(command, player, answer);
  const printed = (player.last?.all ?? '')
    // Whoever types sees what is typed.
    .replace('Only "yes" is accepted: ', `Only "yes" is accepted: ${answer}\n`)
    .replaceAll(player.service?.url ?? '\0', 'https://api.sandbox.tesouro.com/v1');
  const difference = differenceTo(command.output, printed);
  if (difference !== null) throw new Error(`${line}\n${difference}`);
  return line;
}

/** A text with the lines of a diff that have - replaced by those with +; what it finds must stand there once. */
function edited(text: string, diff: string): string {
  const lines = diff.replace(/\n$/, '').split('\n');
  const side = (sign: string): string =>
    lines
      .filter((line) => line.startsWith(' ') || line.startsWith(sign) || line === '')
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const parts = text.split(side('-'));
  if (parts.length !== 2)
    throw new Error(`the lines of the diff stand ${parts.length - 1} times in\n${text}`);
  return parts.join(side('+'));
}
