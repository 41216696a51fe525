import { baseUrlOf } from '../library/base-url-of.ts';
import type { Environment } from '../model/desired.ts';

/** The base URL of an environment, path prefix included: the option's, else the variable's, else its own. Null: the local environment in this process. */
export function endpointOf(
  environment: Environment,
  option: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): string | null {
  if (option !== undefined) return baseUrlOf(environment, { text: option, source: '--api-url' });
  const fromVariable = (variables.TESOURO_API_URL ?? '').trim();
  return baseUrlOf(
    environment,
    fromVariable === '' ? null : { text: fromVariable, source: 'TESOURO_API_URL' },
  );
}
