import type { ServerResponse } from 'node:http';
import { carryOutDue } from '../accounting/carry-out-due.ts';
import type { RawRequest } from '../api.ts';
import type { World } from '../call.ts';
import { authorisePage } from './authorise.ts';
import { type PageAnswer, page, pageHeaders } from './html.ts';
import { systemPage } from './system.ts';

/** A page about one connection or organization: what it shows, and what it does with the answers of its forms. */
export interface Page {
  /** The organization that it is about. */
  readonly organization: string;
  show(): string;
  /** Says what is wrong with an answer; null when it was carried out. */
  answer(form: URLSearchParams): string | null;
}

type Find = (id: string, world: World) => Page | null;

const pages: Readonly<Record<string, Find>> = {
  authorise: authorisePage,
  'accounting-system': systemPage,
};

/** Answers the pages that people use beside the API; false for every other path. */
export function answerPage(request: RawRequest, response: ServerResponse, world: World): boolean {
  const [, name = '', id = ''] = /^\/([a-z-]+)\/([0-9a-f-]{36})$/i.exec(request.url.pathname) ?? [];
  const find = Object.hasOwn(pages, name) ? pages[name] : undefined;
  if (!find) return false;
  const { status, text } = pageAnswer(request, find(id.toLowerCase(), world), world);
  response.writeHead(status, pageHeaders);
  response.end(request.method === 'HEAD' ? undefined : text);
  return true;
}

function pageAnswer({ body, headers, method }: RawRequest, found: Page | null, world: World): PageAnswer {
  if (found === null) return { status: 404, text: page('There is no such page') };
  carryOutDue(found.organization, world);
  if (method === 'GET' || method === 'HEAD') return { status: 200, text: found.show() };
  if (method !== 'POST') return { status: 405, text: page('This page is read or answered') };
  // Another site's page may send a form to this one.
  if (headers.origin !== undefined && !isOwn(headers.origin, world))
    return { status: 403, text: page('Answer on this page itself') };
  const wrong = found.answer(new URLSearchParams(body));
  return wrong === null ? { status: 200, text: found.show() } : { status: 422, text: page(wrong) };
}

/** The same server has two names. */
const isOwn = (origin: string, { root }: World): boolean =>
  origin === root() || origin === root().replace('127.0.0.1', 'localhost');
