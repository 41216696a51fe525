import type { Handler } from '../call.ts';
import { accountOperations } from './accounts.ts';
import { bookDocumentOperations } from './book-documents.ts';
import { connectionOperations } from './connections.ts';
import { documentOperations } from './documents.ts';
import { lineOperations } from './line-items.ts';
import { productOperations } from './products.ts';
import { settingsOperations } from './settings.ts';
import { recordOperations } from './synced-records.ts';
import { tokenOperations } from './tokens.ts';

/** Every operation that is served, by its id in the OpenAPI document. */
export const handlers: Readonly<Record<string, Handler>> = {
  ...tokenOperations,
  ...accountOperations,
  ...settingsOperations,
  ...productOperations,
  ...documentOperations,
  ...lineOperations,
  ...connectionOperations,
  ...recordOperations,
  ...bookDocumentOperations,
};
