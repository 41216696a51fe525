import { createHash } from 'node:crypto';
import type { JsonObject, Stored } from '../json.ts';
import { uuidOf } from '../store.ts';

/** Where an object is over there. */
export interface PlatformIds extends JsonObject {
  readonly platform: string;
  readonly platform_object_id: string;
  readonly provider: string;
  readonly provider_object_id: string;
}

/** The ids of an object over there: those that its record has, or the ones that a push gives it. */
export function platformIds(record: Stored, connection: Stored): PlatformIds {
  const platform = text(record.platform) ?? text(connection.platform) ?? 'xero';
  const id = text(record.platform_object_id) ?? newId(platform, record.id);
  return {
    platform,
    platform_object_id: id,
    provider: text(record.provider) ?? 'codat',
    provider_object_id: text(record.provider_object_id) ?? providerId(id),
  };
}

/** The id that the service between the two gives to an object over there. */
export const providerId = (platformObjectId: string): string => uuidOf(`provider/${platformObjectId}`);

/** Xero has UUIDs, QuickBooks numbers. */
const newId = (platform: string, recordId: string): string =>
  platform.startsWith('quickbooks')
    ? String(createHash('sha256').update(recordId).digest().readUIntBE(0, 5))
    : uuidOf(`${platform}/${recordId}`);

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
