import type { Command } from 'commander';
import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { vocabularyOf } from './completion/vocabulary.ts';
import { zshScript } from './completion/zsh.ts';
import type { ExitCode } from './exit-code.ts';
import type { Shell } from './shell.ts';

const scripts: Readonly<Record<string, typeof bashScript>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Prints a script that completes commands, options and their values in a shell. */
export function completion(name: string, program: Command, { edge }: Shell): ExitCode {
  edge.stdout.write((scripts[name] ?? bashScript)(vocabularyOf(program)));
  return 0;
}
