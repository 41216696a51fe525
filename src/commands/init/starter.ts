import type { Answers } from './answers.ts';

/** The configuration to begin with. What it shows is in force for the local environment; for a real one it is a comment. */
export function starter(template: string, modeline: string, { environment, organization }: Answers): string {
  const values: Readonly<Record<string, string>> = {
    MODELINE: modeline,
    ID: organization?.id ?? '',
    NAME: quoted(organization?.name ?? ''),
    ENVIRONMENT: environment,
  };
  return template
    .split('\n')
    .filter((line) => organization?.name != null || !line.includes('NAME'))
    .map((line) => line.replace(/^#\| ?/, environment === 'local' ? '' : '# ').trimEnd())
    .map((line) => line.replace(/\b(MODELINE|ID|NAME|ENVIRONMENT)\b/, (word) => values[word] ?? word))
    .join('\n');
}

/** JSON's texts are YAML's; and what looks like a variable is none. */
const quoted = (text: string): string => JSON.stringify(text.replaceAll('${', () => '$${'));
