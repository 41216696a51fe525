import { type ChildProcess, spawn } from 'node:child_process';

/** A folder with a configuration whose environment is the local one, and the built command to serve it with. */
export interface LocalBooks {
  readonly command: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly organization: string;
}

/** What somebody changes: the object of a collection that has this value. */
export interface ByHand {
  readonly path: 'ledger-accounts' | 'accounting-tax-rates';
  readonly where: readonly [member: string, value: string];
  readonly changes: Readonly<Record<string, unknown>>;
}

/** Makes changes through the API itself, as the dashboard would, and says what was sent. */
export async function changeLive(books: LocalBooks, wanted: readonly ByHand[]): Promise<readonly string[]> {
  const server = spawn(process.execPath, [books.command, 'local', 'start', '--port', '0', '--json'], {
    cwd: books.folder,
    env: books.environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const change = await clientOf(await firstDocument(server), books.organization);
    const sent: string[] = [];
    for (const each of wanted) sent.push(await change(each));
    return sent;
  } finally {
    server.kill('SIGINT');
    await ended;
  }
}

interface Server {
  readonly url: string;
  readonly client_id: string;
  readonly client_secret: string;
}

async function firstDocument({ stdout }: ChildProcess): Promise<Server> {
  let text = '';
  for await (const chunk of stdout?.setEncoding('utf8') ?? []) {
    text += chunk;
    if (text.endsWith('}\n')) return JSON.parse(text);
  }
  throw new Error(`the local environment did not start: ${text}`);
}

interface Answer {
  readonly access_token: string;
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

async function clientOf({ client_id, client_secret, url }: Server, organization: string) {
  const versions = { 'x-finops-version': '2025-06-23', 'content-type': 'application/json' };
  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    // Our own local environment answers as the contract says.
    return (await answer.json()) as Answer;
  };
  const grant = { grant_type: 'client_credentials', client_id, client_secret };
  const { access_token } = await ask('POST', '/auth/token', versions, grant);
  const headers = { ...versions, authorization: `Bearer ${access_token}`, 'x-organization-id': organization };
  return async ({ changes, path, where: [member, value] }: ByHand): Promise<string> => {
    const { data } = await ask('GET', `/${path}?limit=250`, headers);
    const target = `/${path}/${data.find((each) => each[member] === value)?.id}`;
    await ask('PATCH', target, headers, changes);
    return `PATCH ${target} ${JSON.stringify(changes)}`;
  };
}
