import { remediesFor } from '../../accounting/remedies-for.ts';
import { header } from '../../render/header.ts';
import { recordText } from '../../render/record-text.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { recordById } from './record-by-id.ts';
import { documentOf } from './told-document.ts';

/** Shows one synchronization record in full, and what usually helps where it failed. */
export async function recordsShow(id: string, options: CommonOptions, shell: Shell): Promise<ExitCode> {
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    shell.say(header(provider.account, shell.paint));
    const record = await recordById(id, provider);
    const remedies = record.sync_status === 'error' ? remediesFor(options.config?.[0] ?? null)(record) : [];
    shell.sayJson(documentOf(provider, { record, remedies }));
    shell.say(recordText(record, remedies, shell.paint));
    return 0;
  });
}
