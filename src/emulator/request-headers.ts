import type { World } from './call.ts';
import { invalid, Refusal } from './refusal.ts';
import type { Route } from './route.ts';
import type { Switches } from './switches.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** The versions that exist. */
const versions = new Set(['2025-06-23']);

/** Throws a Refusal unless the version header is there and says a version. */
export function checkVersion(headers: Headers, switches: Switches): void {
  const name = switches.version_header;
  const given =
    name === 'either' ? (headers['x-finops-version'] ?? headers['x-tesouro-version']) : headers[name];
  if (given === undefined) {
    if (switches.missing_version === 'accepted') return;
    if (switches.missing_version === '422')
      throw invalid(['header', name], 'field required', 'value_error.missing');
    const message = `Missing the ${name === 'either' ? 'x-finops-version' : name} HTTP header`;
    const type = 'missing_api_version';
    throw new Refusal(
      400,
      type,
      message,
      switches.error_wording === 'words' ? {} : { fixed: { error: { type, message } } },
    );
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(given) || (switches.unknown_version === '400' && !versions.has(given))) {
    throw new Refusal(400, 'unknown_api_version', `there is no API version ${given}`);
  }
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The organization of a call, from its header or its path; throws a Refusal where it may not be used. */
export function checkOrganization(
  { operation, params }: Route,
  headers: Headers,
  { store, switches }: World,
): string {
  const owner = params.entity_id ?? params.organization_id;
  if (!operation.organization && owner === undefined) return '';
  const given = operation.organization ? headers['x-organization-id'] : owner;
  if (operation.organization && (given === undefined || !uuid.test(given))) {
    const detail = {
      loc: ['header', 'x-organization-id'],
      msg: 'value is not a valid uuid',
      type: 'type_error.uuid',
    };
    throw new Refusal(
      Number(switches.organization_header),
      'organization_header',
      'the X-Organization-Id header is missing or no UUID',
      {
        details: [detail],
      },
    );
  }
  const id = (given ?? '').toLowerCase();
  if (switches.unknown_organization === 'refused' && !store.state.organizations.has(id)) {
    throw new Refusal(
      Number(switches.foreign_status),
      'unknown_organization',
      'the organization does not exist or is not yours',
    );
  }
  return id;
}
