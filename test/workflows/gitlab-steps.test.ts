import { suite } from 'uvu';
import { playCase, stepCases } from './gitlab-steps.ts';

const test = suite('what is posted to GitLab, and which plan is applied there');

for (const each of stepCases) test(each.title, () => playCase(each));

test.run();
