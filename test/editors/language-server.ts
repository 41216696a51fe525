import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where something stands in a text, as the protocol counts: from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A mark that an editor shows. Severity 1 is an error. */
export interface Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;
}

/** One line of the list that an editor offers. */
export interface Offer {
  readonly label: string;
  readonly detail?: string;
  readonly documentation?: string | { readonly value: string };
  readonly textEdit?: { readonly range: Range; readonly newText: string };
}

/** A text that an editor has open. */
export interface OpenText {
  /** What is marked in it. */
  readonly marks: Promise<readonly Diagnostic[]>;
  /** What is offered at a place. */
  offers(at: Position): Promise<readonly Offer[]>;
  /** What is shown when the mouse rests at a place. */
  hover(at: Position): Promise<string | null>;
}

/** The YAML language server as an editor runs it. */
export interface LanguageServer {
  /** Opens a text as if it stood in a file, which need not be there; its name is made a new one each time. */
  open(text: string, path: string): OpenText;
  /** Ends it, and gives what it has said on stderr. */
  close(): Promise<string>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What an editor tells the server: nothing of the schemas that are published elsewhere. */
const settings: Readonly<Record<string, unknown>> = {
  yaml: {
    ...{ validate: true, hover: true, completion: true },
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
  },
};

/** Whoever wants to reach a host is told no, and it is seen on stderr. */
const noNetwork = `import net from "node:net"; net.Socket.prototype.connect = () => { throw new Error("the network was used"); };
globalThis.fetch = net.Socket.prototype.connect; process.on("uncaughtExceptionMonitor", (error) => process.stderr.write(String(error)));`;

const project = resolve(import.meta.dirname, '..', '..');
const home = dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json'));

/** Starts the server on stdio for a folder, and waits until it has its settings. */
export async function openLanguageServer(folder = project): Promise<LanguageServer> {
  const child = spawn(
    process.execPath,
    [
      `--import=data:text/javascript,${encodeURIComponent(noNetwork)}`,
      join(home, 'bin', 'yaml-language-server'),
      '--stdio',
    ],
    { cwd: folder, stdio: 'pipe', env: { PATH: process.env.PATH } },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const waiting = new Map<number | string, (message: Message) => void>();
  const send = (message: object): void => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const told = (key: number | string): Promise<Message> =>
    new Promise((done) => {
      waiting.set(key, done);
    });
  const tell = (key: number | string, message: Message): void => {
    waiting.get(key)?.(message);
    waiting.delete(key);
  };
  let requests = 0;
  const ask = async (method: string, params: unknown): Promise<unknown> => {
    requests += 1;
    const answer = told(requests);
    send({ id: requests, method, params });
    const { error, result } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  onMessages(child, (message) => {
    const { id, method } = message;
    if (method === undefined) return tell(id ?? -1, message);
    if (id !== undefined) send({ id, result: method === 'workspace/configuration' ? asked(message) : null });
    // The protocol's notification; only its address is read here.
    const { uri } = (message.params ?? {}) as { readonly uri?: string };
    tell(uri === undefined ? method : `${method} ${uri}`, message);
  });

  const configured = told('workspace/configuration');
  const rootUri = pathToFileURL(folder).href;
  await ask('initialize', {
    ...{ processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: 'here' }] },
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    },
  });
  send({ method: 'initialized', params: {} });
  await configured;

  let opened = 0;
  return {
    open(text, path) {
      opened += 1;
      const uri = pathToFileURL(resolve(folder, path.replace(/(\.\w+)$/, `-${opened}$1`))).href;
      const marked = told(`textDocument/publishDiagnostics ${uri}`);
      send({
        method: 'textDocument/didOpen',
        params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
      });
      const at = (position: Position) => ({ textDocument: { uri }, position });
      return {
        marks: marked.then(
          // As the protocol describes it.
          ({ params }) => (params as { readonly diagnostics: readonly Diagnostic[] }).diagnostics,
        ),
        async offers(position) {
          const answer = await ask('textDocument/completion', at(position));
          // As the protocol describes it.
          return (answer as { readonly items: readonly Offer[] }).items;
        },
        async hover(position) {
          const answer = await ask('textDocument/hover', at(position));
          // As the protocol describes it.
          return (answer as { readonly contents: { readonly value: string } } | null)?.contents.value ?? null;
        },
      };
    },
    async close() {
      await ask('shutdown', null);
      send({ method: 'exit' });
      await ended;
      return said;
    },
  };
}

/** Settings by the sections that are asked for. */
function asked({ params }: Message): unknown {
  // As the protocol describes it; the server also sends one where several are allowed.
  const { items } = params as { readonly items: readonly { readonly section: string }[] };
  return items.map(({ section }) => settings[section] ?? null);
}

/** Reads messages off stdout, whatever pieces they come in. */
function onMessages(child: ChildProcess, take: (message: Message) => void): void {
  let rest = Buffer.alloc(0);
  child.stdout?.on('data', (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      const head = rest.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, head).toString())?.[1]);
      const end = head + 4 + length;
      if (rest.length < end) return;
      // The protocol's own form.
      const message = JSON.parse(rest.subarray(head + 4, end).toString()) as Message;
      rest = rest.subarray(end);
      take(message);
    }
  });
}

/** The place of a sign in a text. */
export function positionAt(text: string, at: number): Position {
  const before = text.slice(0, at).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** The sign at a place. */
export function offsetAt(text: string, { character, line }: Position): number {
  const lines = text.split('\n').slice(0, line);
  return lines.reduce((sum, each) => sum + each.length + 1, character);
}

/** A text with what an offer inserts, as an editor does it whose user types nothing over. */
export function accepted(text: string, { textEdit }: Offer): string {
  if (!textEdit) throw new Error('an offer without an edit');
  const [start, end] = [offsetAt(text, textEdit.range.start), offsetAt(text, textEdit.range.end)];
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const indent = /^ */.exec(line)?.[0] ?? '';
  const inserted = textEdit.newText
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\{?\d+\}?/g, '')
    .replaceAll('\n', `\n${indent}`);
  return text.slice(0, start) + inserted + text.slice(end);
}
