export type { ApplyEvent } from './apply/apply.ts';
export type { RecordEnd, RecordHeader, RecordIntent, RecordLine, RecordOutcome } from './apply/record.ts';
export type { RecordSink } from './apply/sink-record.ts';
export { type CarryOutOptions, carryOut } from './library/carry-out.ts';
export {
  type Client,
  type ClientOptions,
  type LocalOptions,
  type OpenOrganization,
  openClient,
  type RemoteOptions,
} from './library/client.ts';
export {
  type Configuration,
  type FileSource,
  type LoadedConfiguration,
  loadFiles,
  loadTexts,
  type TextSource,
} from './library/configuration.ts';
export {
  accessToken,
  type ClientCredentials,
  type Credentials,
  clientCredentials,
} from './library/credentials.ts';
export { LedgerformError } from './library/ledgerform-error.ts';
export { type ReadPlan, readPlan } from './library/read-plan.ts';
export type { RecordElsewhere, RecordInFolder, RecordOptions } from './library/record.ts';
export { type RenderFormat, render, type Shown } from './library/render.ts';
export type { RunOptions } from './library/run.ts';
export { type Allowance, type Surveyed, type SurveyOptions, survey } from './library/survey.ts';
export type { Traffic } from './model/account.ts';
export type { Environment, Organization } from './model/desired.ts';
export type { ApplyReport, Outcome, OutcomeStatus } from './model/outcome.ts';
export type {
  Action,
  Allowed,
  Change,
  Plan,
  Reason,
  ReferenceTarget,
  Summary,
  Unmanaged,
} from './model/plan.ts';
export type { Origin, Problem, ProblemUse } from './model/problem.ts';
export type { ProblemCode } from './model/problem-codes.ts';
export type { Address, Fields, Value } from './model/value.ts';
export type { ReadEvent } from './observe/each-payable.ts';
export type { LogLine as RequestLine } from './providers/tesouro/traffic.ts';
export { version } from './version.ts';
