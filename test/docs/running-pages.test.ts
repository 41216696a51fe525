import { followPages } from './follow-pages.ts';
import { pagesToRun } from './which-pages.ts';

followPages('the pages about running it', pagesToRun);
