import { readFileSync } from 'node:fs';
import { releaseObstacles } from './release/release-obstacles.ts';

/*
 * node --import tsx scripts/release.ts TAG, in the release workflow before anything is published: says what is missing and
 * ends with 1, or says nothing.
 */

const [, , tag = ''] = process.argv;
const obstacles = releaseObstacles({
  tag,
  manifest: JSON.parse(readFileSync('package.json', 'utf8')),
  changelog: readFileSync('CHANGELOG.md', 'utf8'),
  hostedAt: process.env.GITHUB_REPOSITORY ?? null,
});
for (const obstacle of obstacles) console.error(`✘ ${obstacle}`);
process.exitCode = obstacles.length === 0 ? 0 : 1;
