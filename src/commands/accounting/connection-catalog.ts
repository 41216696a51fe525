import { Argument, Option } from 'commander';
import { requirements } from '../../accounting/connection-state.ts';
import type { CommandSpec } from '../command-spec.ts';
import { aimed } from './aimed.ts';
import type { ConnectionConnectOptions } from './connection-connect.ts';
import type { ConnectionDisconnectOptions } from './connection-disconnect.ts';
import type { ConnectionStatusOptions } from './connection-status.ts';
import type { ConnectionSyncOptions } from './connection-sync.ts';
import { waitOption } from './wait-option.ts';

const statusCommand: CommandSpec = {
  name: 'status',
  description: 'say whether an accounting system is connected and healthy, and when the last pull was',
  options: [
    new Option(
      '--require <state>',
      'exit 2 when it is not so: none or an active one, or something was pulled',
    ).choices(requirements),
    waitOption('wait until it is as --require says'),
  ],
  run: async ({ command, shell }) =>
    (await import('./connection-status.ts')).connectionStatus(
      command.optsWithGlobals<ConnectionStatusOptions>(),
      shell,
    ),
};

const connectCommand: CommandSpec = {
  name: 'connect',
  description: 'begin a connection and print the page where a person authorises it',
  options: [
    new Option('--new', 'begin another one although one waits to be authorised'),
    waitOption('wait until it is authorised and something was pulled'),
  ],
  run: async ({ command, shell }) =>
    (await import('./connection-connect.ts')).connectionConnect(
      command.optsWithGlobals<ConnectionConnectOptions>(),
      shell,
    ),
};

const syncCommand: CommandSpec = {
  name: 'sync',
  description: 'pull from the accounting system now',
  arguments: [new Argument('[id]', 'over which connection, where several are active')],
  options: [waitOption('wait until the pull is done')],
  run: async ({ command, shell }) =>
    (await import('./connection-sync.ts')).connectionSync(
      command.args[0],
      command.optsWithGlobals<ConnectionSyncOptions>(),
      shell,
    ),
};

const disconnectCommand: CommandSpec = {
  name: 'disconnect',
  description: 'end a connection, after it is shown what will stop and somebody says yes',
  arguments: [new Argument('[id]', 'which connection, where several could be meant')],
  options: [new Option('--auto-approve', 'do not ask')],
  run: async ({ command, shell }) =>
    (await import('./connection-disconnect.ts')).connectionDisconnect(
      command.args[0],
      command.optsWithGlobals<ConnectionDisconnectOptions>(),
      shell,
    ),
};

/** `ledgerform connection`: the connection to the accounting system. */
export const connectionCommand: CommandSpec = {
  name: 'connection',
  description: 'the connection to the accounting system: see, begin, pull, end',
  subcommands: [statusCommand, connectCommand, syncCommand, disconnectCommand].map(aimed),
};
