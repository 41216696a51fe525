import { partsOf } from '../../scripts/pages/parts.ts';

/** Something that a page says to do, or that happens meanwhile. */
export interface Step {
  readonly does: Doing;
  /** The file that it is about; empty where it is about none. */
  readonly path: string;
  readonly text: string;
  /** Where it stands on the page. */
  readonly line: number;
}

type Doing = keyof typeof notation;

/** How pages say what to do. Anything else in a page is an error. */
export const notation = {
  write: '```yaml file=NAME (or another language): the file is written',
  add: '```yaml add=NAME: it is added to the end of the file',
  edit: '```diff file=NAME: its lines with - are replaced by those with +',
  run: '```sh: each line is run, and ends with 0 or as `# exit 2` behind it says',
  show: '```console: each line that begins with $ is run, and prints what stands below it; … is anything',
  printed: '```json printed: the command before has printed a document with all this in it',
  picture: '```text: nothing to do',
  'not run': '<!-- not run -->: the fence below is shown alone; test/docs/not-run.ts says why',
  before: '<!-- before: COMMANDS -->: what a reader has done already',
  sandbox: '<!-- sandbox -->: an organization to talk to; <!-- sandbox: JSON --> seeds it',
  live: '<!-- live: COLLECTION CODE JSON -->: somebody changes it in Tesouro; without JSON, deletes it',
  fault: '<!-- fault: FAULT -->: the service fails so, as in docs/local.md; <!-- fault: --> ends that',
  killed: '<!-- killed: N COMMAND -->: the command is killed when its Nth write has no answer yet',
} as const;

/** The steps of a page, in its order. */
export function stepsOf(page: string): readonly Step[] {
  const steps: Step[] = [];
  let notRun = false;
  for (const part of partsOf(page)) {
    const { line } = part;
    const step = part.type === 'fence' ? fenced(part.info, part.body) : commented(part.text);
    if (notRun && part.type === 'fence') steps.push({ does: 'not run', path: '', text: part.body, line });
    else if (step !== null) steps.push({ ...step, line });
    else if (part.type === 'fence' || part.text !== 'not run')
      throw new Error(`line ${line}: nobody knows what to do with ${JSON.stringify(part)}`);
    notRun = part.type === 'comment' && part.text === 'not run';
  }
  return steps;
}

function fenced(info: string, text: string): Omit<Step, 'line'> | null {
  const [, word = '', verb = '', path = ''] = /^(\w+)(?: (\w+)(?:=(\S+))?)?$/.exec(info) ?? [];
  const alone = { sh: 'run', console: 'show', text: 'picture' } as const;
  if (verb === '' && Object.hasOwn(alone, word))
    return { does: alone[word as keyof typeof alone], path, text }; // just looked up
  if (info === 'json printed') return { does: 'printed', path, text };
  if (path === '') return null;
  if (word === 'diff') return verb === 'file' ? { does: 'edit', path, text } : null;
  if (verb === 'file') return { does: 'write', path, text };
  return verb === 'add' ? { does: 'add', path, text } : null;
}

function commented(comment: string): Omit<Step, 'line'> | null {
  const [, verb = '', text = ''] = /^(\w+)(?::\s*([\s\S]*))?$/.exec(comment) ?? [];
  const does = (['before', 'sandbox', 'live', 'fault', 'killed'] as const).find((each) => each === verb);
  return does === undefined ? null : { does, path: '', text };
}
