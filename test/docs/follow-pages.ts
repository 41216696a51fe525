import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { shownAlone } from './not-run.ts';
import { type Played, play } from './play.ts';

const text = (page: string): string => readFileSync(page, 'utf8');

/** Follows each page from its first line to its last with the built command, in a suite of that title; what it shows must be what is really printed. */
export function followPages(title: string, pages: readonly string[]): void {
  const test = suite(title);
  const playing = playAll(pages);
  for (const page of pages)
    test(`${page} says what happens, and every command in it was run`, async () => {
      const result = await playing.get(page);
      if (result === undefined || 'failed' in result) throw result?.failed ?? new Error('it was not played');
      const { notRun, ran } = result.played;
      const done = new Set([...ran, ...notRun.flatMap((fence) => fence.split('\n'))]);
      assert.equal(
        commandLinesOf(text(page)).filter((line) => !done.has(line)),
        [],
      );
      assert.equal(
        notRun.map((fence) => fence.split('\n')[0]),
        shownAlone.filter((each) => each.page === page).map(({ begins }) => begins),
      );
    });
  test.run();
}

type Outcome = { readonly played: Played } | { readonly failed: unknown };

/** Plays as many pages at once as the machine has processors; a page that fails fails its own test. */
function playAll(pages: readonly string[]): ReadonlyMap<string, Promise<Outcome>> {
  const waiting: (() => void)[] = [];
  let free = availableParallelism();
  const turn = (): Promise<void> => {
    if (free > 0) free -= 1;
    else return new Promise((resolve) => waiting.push(resolve));
    return Promise.resolve();
  };
  const begin = async (page: string): Promise<Outcome> => {
    await turn();
    try {
      return { played: await play(text(page)) };
    } catch (failed) {
      return { failed };
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
  return new Map(pages.map((page) => [page, begin(page)]));
}

/** What looks like a command in a fence of whatever kind, found without the parser that the player has. */
function commandLinesOf(page: string): readonly string[] {
  let inside = false;
  return page.split('\n').flatMap((line) => {
    if (line.startsWith('```')) inside = !inside;
    const [, dollar, rest = ''] =
      /^(\$ )?((?:ledgerform|git|npm|npx|gh|sh|node|curl|mkdir|cd|export)\b.*)$/.exec(line) ?? [];
    return inside && rest !== '' && (dollar !== undefined || !line.startsWith('ledgerform.yaml'))
      ? [rest.trim()]
      : [];
  });
}
