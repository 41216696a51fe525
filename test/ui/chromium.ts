import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** What is said to a browser and what it says, by the protocol of its developer tools. */
type Said = Readonly<Record<string, unknown>>;

/** An open page of a browser. */
export interface Tab {
  /** Asks for something; an error of the browser is thrown. */
  readonly send: (method: string, params?: Said) => Promise<Said>;
  /** What the page comes to, as JSON has it. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Opens a document and waits until it is loaded. */
  readonly open: (url: string) => Promise<void>;
  /** Events so far, by name. */
  readonly events: (method: string) => readonly Said[];
  readonly close: () => Promise<void>;
}

/** A running browser. */
export interface Browser {
  readonly newTab: () => Promise<Tab>;
  readonly close: () => Promise<void>;
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The program; null where there is none. `LEDGERFORM_CHROMIUM` says which. */
export function findChromium(): string | null {
  const given = process.env.LEDGERFORM_CHROMIUM;
  const candidates = given ? [given] : names;
  const works = (name: string) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;
  return candidates.find(works) ?? null;
}

/** Starts it without a window, with a profile that ends with it. It is spoken to through two pipes, so no port is open. */
export async function startChromium(program: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'ledgerform-chromium-'));
  const flags = [
    '--headless=new',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-extensions',
    '--disable-sync',
    '--hide-scrollbars',
    '--font-render-hinting=none',
    // A container has no sandbox of its own to give to root, and nothing is opened but files of the tests.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    'about:blank',
  ];
  const child = spawn(program, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const line = lineTo(child);
  return {
    newTab: async () => {
      const { targetId } = await line.send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await line.send('Target.attachToTarget', { targetId, flatten: true });
      return tabOf(line, String(sessionId), String(targetId));
    },
    close: async () => {
      await line.send('Browser.close');
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** An answer with the id of what was asked, or an event. */
interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Said;
  readonly result?: Said;
  readonly error?: Said;
}

interface Line {
  readonly send: (method: string, params?: Said, sessionId?: string) => Promise<Said>;
  readonly listen: (sessionId: string, listener: (method: string, params: Said) => void) => void;
}

/** Messages are JSON, each ended by a zero byte: ours on the third stream, the browser's on the fourth. */
function lineTo(child: ChildProcess): Line {
  const out = child.stdio[3] as Writable; // a pipe, as asked for above
  const incoming = child.stdio[4] as Readable; // the same
  const waiting = new Map<number, { resolve: (said: Said) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, (method: string, params: Said) => void>();
  let last = 0;
  let rest = '';
  incoming.setEncoding('utf8').on('data', (text: string) => {
    const messages = `${rest}${text}`.split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) receive(JSON.parse(message));
  });
  child.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has ended'));
    waiting.clear();
  });
  const receive = ({ error, id, method = '', params = {}, result = {}, sessionId = '' }: Message): void => {
    if (id === undefined) {
      listeners.get(sessionId)?.(method, params);
      return;
    }
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(new Error(JSON.stringify(error)));
  };
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        out.write(`${JSON.stringify({ id: last, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
      }),
    listen: (sessionId, listener) => void listeners.set(sessionId, listener),
  };
}

async function tabOf(line: Line, sessionId: string, targetId: string): Promise<Tab> {
  const said: { method: string; params: Said }[] = [];
  const loads: (() => void)[] = [];
  line.listen(sessionId, (method, params) => {
    said.push({ method, params });
    if (method === 'Page.loadEventFired') loads.shift()?.();
  });
  const send: Tab['send'] = (method, params) => line.send(method, params, sessionId);
  for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await send(`${domain}.enable`);
  return {
    send,
    evaluate: async (expression) => {
      const { exceptionDetails, result } = await send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value?: unknown }).value; // by value, as asked for
    },
    open: async (url) => {
      const loaded = new Promise<void>((resolve) => void loads.push(resolve));
      await send('Page.navigate', { url });
      await loaded;
    },
    events: (method) => said.filter((each) => each.method === method).map(({ params }) => params),
    close: async () => void (await line.send('Target.closeTarget', { targetId })),
  };
}
