import type { CollectionKind } from '../../model/kind.ts';
import type { LiveObject } from '../../model/live.ts';
import type { Fields } from '../../model/value.ts';
import type { Written } from '../contract.ts';
import type { Api, Reply, WireObject } from './api.ts';
import { callFailed } from './call-failed.ts';
import type { CollectionApi } from './collection-api.ts';
import { liveObject, wireFields } from './decode.ts';
import { Incomplete } from './incomplete.ts';
import { proving, written } from './written.ts';

/** Creates an object and answers with what is stored, or at least with its id. */
export async function createObject(
  api: Api,
  calls: CollectionApi,
  fields: Fields,
): Promise<Written<LiveObject>> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  let made: string | null = null;
  const result = await written(async () => {
    const sent = wireFields(calls.kind, given);
    const reply = await calls.create(api, sent);
    const id = reply.body?.id;
    if (typeof id !== 'string' || id === '')
      throw callFailed('API_ANSWER', `The API created a ${calls.kind.noun.one}, but did not say which.`, {
        requestId: reply.requestId,
      });
    made = id;
    return stored(reply, id, sent, api, calls);
  });
  return result.status === 'lost' && made !== null ? { ...result, id: made } : result;
}

/** Sends the given fields of an object and answers with what is stored. */
export function updateObject(
  api: Api,
  calls: CollectionApi,
  id: string,
  fields: Fields,
): Promise<Written<LiveObject>> {
  return written(async () => {
    const sent = wireFields(calls.kind, fields);
    return stored(await calls.update(api, id, sent), id, sent, api, calls);
  });
}

/** Removes an object; that it is gone already is as good. */
export function removeObject(api: Api, calls: CollectionApi, id: string): Promise<Written<null>> {
  return written(async () => ({ stored: null, requestId: (await calls.remove(api, id)).requestId }));
}

/** From the answer, or, where that lacks something that was sent, from a read of the object. */
async function stored(reply: Reply, id: string, sent: WireObject, api: Api, calls: CollectionApi) {
  const { body, requestId } = reply;
  const complete = body !== null && body.id === id && Object.keys(sent).every((name) => name in body);
  if (complete) {
    const object = understood(calls.kind, body);
    if (object) return { stored: object, requestId };
  }
  const object = await proving('lost', `The stored ${calls.kind.noun.one}`, async () =>
    liveObject(calls.kind, (await calls.read(api, id)).body ?? {}),
  );
  return { stored: object, requestId };
}

function understood(kind: CollectionKind, body: WireObject): LiveObject | null {
  try {
    return liveObject(kind, body);
  } catch (error) {
    if (error instanceof Incomplete) return null;
    throw error;
  }
}
