import { writeFileSync } from 'node:fs';
import { draw } from './record/drawing.ts';
import { perform } from './record/perform.ts';
import { caption, play } from './record/play.ts';

/*
 * npm run record: plays `scripts/record/play.ts` in a terminal and draws docs/session.svg, which the README shows. Needs python3 or
 * script (util-linux) to make the terminal. It gives the same bytes on every day and machine until what is printed changes.
 */

const path = 'docs/session.svg';
const picture = draw(await perform(play), caption);
writeFileSync(path, picture);
console.log(`${path}: ${Math.ceil(Buffer.byteLength(picture) / 1024)} kB`);
