import { connectionSwitches, pushSwitches } from './accounting-switches.ts';
import { accountsSwitches, documentsSwitches } from './data-switches.ts';
import {
  answersSwitches,
  limitsSwitches,
  listsSwitches,
  requestsSwitches,
  tokensSwitches,
} from './request-switches.ts';

/** Every switch of the emulator, by name. */
export const switchTable = {
  ...tokensSwitches,
  ...requestsSwitches,
  ...answersSwitches,
  ...limitsSwitches,
  ...listsSwitches,
  ...accountsSwitches,
  ...documentsSwitches,
  ...connectionSwitches,
  ...pushSwitches,
} as const;
