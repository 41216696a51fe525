import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { followPages } from './follow-pages.ts';
import { notPlayed } from './not-run.ts';
import { allPages, pagesToBegin, pagesToRun } from './which-pages.ts';

const test = suite('which pages are followed');
const followed = [...pagesToBegin, ...pagesToRun];

test('every page by task is played', () => {
  const tasks = [
    'first-hour',
    'import',
    'pull-requests',
    'drift',
    'many-organizations',
    'renames-and-deletes',
    'recovering',
    'readiness',
    'documents',
    'accounting-connection',
    'assign',
    'spreadsheets',
  ];
  assert.equal(
    tasks.map((name) => `docs/${name}.md`).filter((page) => !followed.includes(page)),
    [],
  );
  assert.equal(
    Object.keys(notPlayed).filter((page) => !allPages.includes(page)),
    [],
    'what is not played is there',
  );
});

test.run();
followPages('the pages to begin with', pagesToBegin);
