import type { ServerResponse } from 'node:http';
import type { RawRequest } from '../api.ts';
import type { World } from '../call.ts';
import { authorised, type Connection, connectionOf, connectionWrite } from './connection.ts';

const pathForm = /^\/authorise\/([0-9a-f-]{36})$/i;

/** Where a person authorises a connection. */
export const pageOf = ({ root }: Pick<World, 'root'>, id: string): string => `${root()}/authorise/${id}`;

/** Answers the page on which a person authorises a connection; false for every other path. It is no part of the API. */
export function answerPage(request: RawRequest, response: ServerResponse, world: World): boolean {
  const [, id = ''] = pathForm.exec(request.url.pathname) ?? [];
  if (id === '') return false;
  const { status, text } = pageAnswer(request, id.toLowerCase(), world);
  response.writeHead(status, headers);
  response.end(request.method === 'HEAD' ? undefined : text);
  return true;
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
};

interface PageAnswer {
  readonly status: number;
  readonly text: string;
}

function pageAnswer(request: RawRequest, id: string, world: World): PageAnswer {
  const connection = found(id, world);
  if (connection === null) return { status: 404, text: page('There is no such connection', '') };
  if (request.method === 'GET' || request.method === 'HEAD') {
    return { status: 200, text: shown(connection, world) };
  }
  if (request.method !== 'POST') return { status: 405, text: page('This page is read or answered', '') };
  // Another site's page may send a form to this one.
  const { origin } = request.headers;
  if (origin !== undefined && origin !== world.root())
    return { status: 403, text: page('Answer on this page itself', '') };
  answered(connection, new URLSearchParams(request.body).get('answer') ?? '', world);
  return { status: 200, text: shown(found(id, world) ?? connection, world) };
}

function found(id: string, world: World): Connection | null {
  for (const { id: organization } of world.store.state.organizations.values()) {
    const connection = connectionOf(organization, id, world);
    if (connection) return connection;
  }
  return null;
}

const platforms: Readonly<Record<string, string>> = {
  xero: 'Connect as Xero',
  quickbooks_online: 'Connect as QuickBooks Online',
};

function answered(connection: Connection, answer: string, world: World): void {
  const time = world.now();
  if (Object.hasOwn(platforms, answer)) world.store.commit(authorised(connection, answer, time, world));
  if (answer === 'refuse' && connection.value.status === 'pending_auth') {
    const errors = [{ message: 'access was refused on the authorisation page' }];
    world.store.commit([connectionWrite(connection, { status: 'deauthorized', errors }, time)]);
  }
}

function shown({ organization, value }: Connection, { store }: World): string {
  const name = store.organization(organization).name ?? organization;
  if (value.status !== 'pending_auth') {
    const state = value.status === 'connected' ? 'Connected' : `This connection is ${String(value.status)}`;
    return page(state, `<p>Organization: ${escaped(name)}. You can close this page.</p>`);
  }
  const buttons = Object.entries({ ...platforms, refuse: 'Refuse' }).map(
    ([answer, label]) => `<button name="answer" value="${answer}">${label}</button>`,
  );
  return page(
    `Let ${escaped(name)} use an accounting system?`,
    `<p>This is the local environment of Ledgerform: behind it there is no real accounting system, and nothing leaves this machine.</p>
<form method="post">${buttons.join(' ')}</form>`,
  );
}

/** `title` is HTML already. */
const page = (title: string, content: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.5 sans-serif;max-width:40em;margin:3em auto;padding:0 1em}button{font:inherit;padding:.4em 1em}</style>
<h1>${title}</h1>
${content}
</html>
`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => entities[each] ?? '');
