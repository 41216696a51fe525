import { readdirSync } from 'node:fs';
import { notPlayed } from './not-run.ts';

/** Every page of docs/. */
export const allPages: readonly string[] = readdirSync('docs')
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);

const played = ['README.md', ...allPages.filter((page) => !Object.hasOwn(notPlayed, page))];

const running = [
  'accounting-connection',
  'documents',
  'drift',
  'many-organizations',
  'outputs',
  'pull-requests',
  'readiness',
  'recovering',
  'renames-and-deletes',
].map((name) => `docs/${name}.md`);

/** What one reads first and beside the work: every page that is played and not about running it day by day. */
export const pagesToBegin: readonly string[] = played.filter((page) => !running.includes(page));

/** What one reads about running it day by day. Two files of tests share the pages, because all of them take long. */
export const pagesToRun: readonly string[] = running;
