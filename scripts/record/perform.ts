import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPty, startIn } from '../../test/ui/pty.ts';
import { type Cell, openScreen } from '../../test/ui/screen.ts';
import { watching } from '../../test/ui/typist.ts';
import { changeLive } from '../change-live.ts';
import { canonical } from './canonical.ts';
import { type Line, size } from './play.ts';
import type { Beat, Recording } from './recording.ts';
import { furnish } from './stage.ts';

/** Nothing but the prompt in the last row. */
const prompt = /(^|\n)\$$/;

/** Plays lines in a shell in a real terminal, with the built command, in a folder of its own. */
export async function perform(play: readonly Line[]): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerform-record-'));
  try {
    return await performIn(folder, play);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function performIn(folder: string, play: readonly Line[]): Promise<Recording> {
  const pty = findPty();
  if (pty === null) throw new Error('neither python3 nor script (util-linux) is here to make a terminal');
  const books = await furnish(folder);
  const screen = openScreen(size.columns, size.rows);
  const { drawn, ended, until } = watching(screen);
  // Where python3 is a shim it looks for the real one at home; the shell moves to another home by itself.
  const env = { ...books.environment, HOME: process.env.HOME };
  const shell = startIn(pty, ['sh', '-i'], { ...size, cwd: books.folder, env });
  const over = new Promise<void>((resolve) => shell.once('close', () => resolve()));
  shell.once('close', ended);
  shell.stdout?.setEncoding('utf8').on('data', drawn);
  try {
    const beats: Beat[] = [];
    await until(prompt);
    for (const { awaits = prompt, meanwhile = [], pace = 25, pause, types } of play) {
      shell.stdin?.write(types);
      await until(new RegExp(`${types.replace(/\W/g, '\\$&')}$`));
      const { column, row } = screen.cursor();
      if (column <= types.length) throw new Error(`${types} does not fit into one row`);
      beats.push({ from: { row, column: column - types.length }, to: column, pace, pause });
      shell.stdin?.write('\r');
      await until(awaits);
      if (meanwhile.length > 0) await changeLive(books, meanwhile);
    }
    const lines = canonical(screen.lines().slice(0, screen.cursor().row + 1));
    shell.stdin?.write('exit\r');
    await over;
    return { ...size, lines: lines.map((line, row) => emphasized(line, row, beats)), beats };
  } finally {
    shell.kill('SIGKILL');
  }
}

/** What was typed is bold, and a remark dim, as shells that know their language show it. */
function emphasized(line: readonly Cell[], row: number, beats: readonly Beat[]): readonly Cell[] {
  const beat = beats.find(({ from }) => from.row === row);
  if (beat === undefined) return line;
  const { from, to } = beat;
  const remark = line[from.column]?.sign === '#';
  return line.map(({ sign, style }, at) => {
    const shown = at >= from.column && at < to ? { ...style, bold: !remark, dim: remark } : style;
    return { sign, style: shown };
  });
}
