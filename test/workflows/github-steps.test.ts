import { suite } from 'uvu';
import { playCase, stepCases } from './github-steps.ts';

const test = suite('what is posted to GitHub, and which plan is applied');

for (const each of stepCases) test(each.title, () => playCase(each));

test.run();
