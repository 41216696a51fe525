import { randomUUID } from 'node:crypto';
import type { RawAnswer } from './api.ts';
import type { Fault } from './faults.ts';

const otherOrganization = 'b0b0b000-0000-4000-8000-000000000000';

/** The answer of a planned status. */
export function failureAnswer({ code = 500, retryAfter }: Fault): RawAnswer {
  const message = code === 429 ? 'API rate limit exceeded' : `Planned failure with status ${code}`;
  return {
    status: code,
    headers: {
      'content-type': 'application/json',
      'x-request-id': randomUUID(),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify(code === 429 ? { message } : { error: { message } }),
    operation: null,
    rejected: false,
  };
}

/** The answer as the fault distorts it. */
export function withFault(fault: Fault, answer: RawAnswer): RawAnswer {
  switch (fault.kind) {
    case 'status':
      return failureAnswer(fault);
    case 'not-json':
      return { ...answer, body: '<html><body>Bad gateway</body></html>' };
    case 'wrong-content-type':
      return withHeader(answer, 'content-type', 'text/html');
    case 'wrong-organization':
      return withHeader(answer, 'x-organization-id', otherOrganization);
    case 'refuse-connection':
      return withHeader(answer, 'connection', 'close');
    default:
      return answer;
  }
}

const withHeader = (answer: RawAnswer, name: string, value: string): RawAnswer => ({
  ...answer,
  headers: { ...answer.headers, [name]: value },
});
