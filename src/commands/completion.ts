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

/** Prints a script that completes commands, options and their values in a shell; with `--json` it is a member of the document. */
export function completion(name: string, program: Command, { edge, json, sayJson }: Shell): ExitCode {
  const script = (scripts[name] ?? bashScript)(vocabularyOf(program));
  if (json) sayJson({ format_version: '1', shell: name, script });
  else edge.stdout.write(script);
  return 0;
}
