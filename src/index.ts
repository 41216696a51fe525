export type { ApplyEvent } from './apply/apply.ts';
export type { RecordEnd, RecordHeader, RecordIntent, RecordLine, RecordOutcome } from './apply/record.ts';
export type { RecordSink } from './apply/sink-record.ts';
export { type CarryOutOptions, carryOut } from './library/carry-out.ts';
export {
  type Channel,
  type ChannelOptions,
  type LocalOptions,
  type OpenOrganization,
  openChannel,
  type RemoteOptions,
} from './library/channel.ts';
export {
  type Configuration,
  type FolderSource,
  type LoadedConfiguration,
  loadConfiguration,
  type TextSource,
} from './library/configuration.ts';
export {
  accessToken,
  type ClientCredentials,
  type Credentials,
  clientCredentials,
} from './library/credentials.ts';
export type { RecordElsewhere, RecordInFolder, RecordOptions } from './library/record.ts';
export { type RenderFormat, render, type Shown } from './library/render.ts';
export type { RunOptions } from './library/run.ts';
export { type Allowance, type Surveyed, type SurveyOptions, survey } from './library/survey.ts';
export type { Traffic } from './model/account.ts';
export type { Environment, Organization } from './model/desired.ts';
export type { ApplyReport, Outcome, OutcomeStatus } from './model/outcome.ts';
export type * from './model/plan.ts';
export { type Origin, type Problem, type ProblemUse, Stop } from './model/problem.ts';
export type { ProblemCode } from './model/problem-codes.ts';
export type { Address, Fields, Value } from './model/value.ts';
export type { ReadEvent } from './observe/each-payable.ts';
export { type ParsedPlan, parsePlan } from './plan/parse-plan.ts';
export type { LogLine as RequestLine } from './providers/tesouro/traffic.ts';
export { version } from './version.ts';
