import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isForbidden } from '../../load/scalar-value.ts';
import type { Environment } from '../../model/desired.ts';
import { errorProblem, Stop } from '../../model/problem.ts';
import { type CommonOptions, environments } from '../common-options.ts';
import { namedEnvironment } from '../named-environment.ts';
import type { Shell } from '../shell.ts';
import { askIn } from './ask.ts';
import { type Ci, pipelines } from './pipelines.ts';

/** What the options of `init` can answer beforehand. */
export interface AnswerOptions {
  readonly organization?: string;
  readonly name?: string;
  readonly environment?: Environment;
  readonly ci?: Ci;
}

/** Whose configuration it is and where it will run. */
export interface Answers {
  /** Null where there is a configuration already. */
  readonly organization: { readonly id: string; readonly name: string | null } | null;
  readonly environment: Environment;
  readonly ci: Ci;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the options say; the rest is asked in a terminal. Without one only the organization must be said (Stop, exit 3). */
export async function answersTo(
  options: AnswerOptions & Pick<CommonOptions, 'env'>,
  configured: boolean,
  root: string,
  shell: Shell,
): Promise<Answers> {
  const environment = options.environment ?? namedEnvironment(options, shell);
  const given = environment === null ? options : { ...options, environment };
  refuseWrong(given);
  const usual = { environment: environment ?? ('local' as const), ci: options.ci ?? ('none' as const) };
  if (shell.edge.stdin.isTTY === true) return asked(given, configured, root, shell);
  if (configured) return { organization: null, ...usual };
  if (options.organization === undefined) throw unanswered;
  return { organization: { id: options.organization, name: options.name ?? null }, ...usual };
}

function refuseWrong({ organization, name }: AnswerOptions): void {
  if (organization !== undefined && !isUuid(organization))
    throw wrong(`--organization is "${organization}", which is no UUID.`, 'Take it from Tesouro.');
  if (name !== undefined && !isName(name))
    throw wrong(
      '--name is no name.',
      'It is one line of 1 to 500 signs, without any that is invisible or turns the direction of text.',
    );
}

/** An id as Tesouro gives it. */
export const isUuid = (text: string): boolean => uuid.test(text);

/** One line that a configuration may hold. */
export const isName = (name: string): boolean =>
  name.trim() !== '' && name.length <= 500 && !/[\t\n]/.test(name) && !isForbidden(name);

async function asked(
  given: AnswerOptions,
  configured: boolean,
  root: string,
  { edge, interrupt }: Shell,
): Promise<Answers> {
  const asking = askIn(edge, interrupt.stop);
  try {
    const organization = configured
      ? null
      : {
          id:
            given.organization ??
            (await asking.ask('Id of the organization in Tesouro, a UUID', null, (text) =>
              uuid.test(text) ? text : null,
            )),
          name:
            given.name ??
            (await asking.ask('What you call it, for outputs', '', (text) =>
              text === '' || isName(text) ? text : null,
            )),
        };
    const environment =
      given.environment ?? (configured ? 'local' : await asking.choose('Environment', environments, 'local'));
    const ci = given.ci ?? (await asking.choose('Workflows for', pipelines, hostOf(root)));
    const named = organization && { id: organization.id, name: organization.name || null };
    return { organization: named, environment, ci };
  } finally {
    asking.end();
  }
}

/** What the repository seems to live on. */
function hostOf(root: string): Ci {
  if (existsSync(join(root, '.github'))) return 'github';
  return existsSync(join(root, '.gitlab-ci.yml')) ? 'gitlab' : 'none';
}

const wrong = (message: string, hint: string): Stop =>
  new Stop(3, [errorProblem('OPTION_INVALID', message, { hint })]);

const unanswered = wrong(
  'Whose configuration it is has to be said, and there is no terminal to ask in.',
  'Add --organization ID; --name, --environment and --ci are as you like.',
);
