import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConnections } from '../../src/providers/tesouro/dispatcher.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';
import { httpExchange } from '../../src/providers/tesouro/transport.ts';

const test = suite('an exchange that lasts for months');
const tokenOf = (number: number): string => `token-number-${number}-of-the-service`;

test('looks for echoes of the tokens of late and of the client’s secret, not of all that there ever were', async () => {
  let body = '';
  const server = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on a port
  const connections = openConnections({}, 1);
  const exchange = httpExchange(connections);
  const send = async (text: string): Promise<string> => {
    const headers = { authorization: new Secret(text) };
    const request = {
      method: 'GET',
      url: `http://127.0.0.1:${port}/`,
      headers,
      body: null,
      answer: 'data',
    } as const;
    return (await exchange(request, new AbortController().signal, () => {})).text;
  };
  const client = new Secret('the-secret-of-the-client');
  const renew = (): Promise<unknown> =>
    exchange(
      { method: 'POST', url: `http://127.0.0.1:${port}/`, headers: {}, body: client, answer: 'secret' },
      new AbortController().signal,
      () => {},
    );
  try {
    for (let number = 0; number < 20; number += 1) {
      await renew();
      await send(tokenOf(number));
    }
    body = `${tokenOf(0)} ${tokenOf(19)} the-secret-of-the-client`;
    assert.is(await send(tokenOf(20)), `${tokenOf(0)} [secret] [secret]`);
  } finally {
    await connections.close();
    server.close();
  }
});

test.run();
