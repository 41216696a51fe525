import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { client, failure, withService } from './fake-service.ts';
import { selfSigned } from './self-signed.ts';

const test = suite('TLS');

for (const variable of [undefined, '0'])
  test(`a certificate that nobody vouches for gets nothing sent, NODE_TLS_REJECT_UNAUTHORIZED being ${variable}`, async () => {
    let asked = 0;
    const server = createServer(selfSigned('localhost'), (_, response) => {
      asked += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a server on a port has such an address
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    if (variable !== undefined) process.env.NODE_TLS_REJECT_UNAUTHORIZED = variable;
    try {
      await withService(
        () => 'hang',
        async (service) => {
          const provider = service.connect({
            baseUrl: `https://127.0.0.1:${port}/v1`,
            credentials: client,
          });
          const error = await service.until(failure(provider.list('ledger_accounts')));
          assert.is(error.problem.code, 'API_UNREACHABLE');
          assert.match(error.problem.message, 'SELF_SIGNED');
          const written = await service.until(provider.create('ledger_accounts', { name: 'A' }));
          assert.is(written.status, 'refused');
        },
      );
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    assert.is(asked, 0);
  });

test.run();
