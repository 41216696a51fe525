/** How one query parameter is written and read. */
export interface QueryForm {
  readonly type: string;
  /** Repeated once for each value. */
  readonly list: boolean;
  readonly format?: string;
  readonly default?: string | number | boolean;
  readonly maximum?: number;
}

/** What the OpenAPI document says of one operation, as far as the emulator asks. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** `/ledger-accounts/{ledger_account_id}` */
  readonly path: string;
  readonly served: boolean;
  /** Needs no access token. */
  readonly open: boolean;
  /** Needs the version header. */
  readonly version: boolean;
  /** Needs the organization header. */
  readonly organization: boolean;
  readonly mediaType: string | null;
  readonly query: Readonly<Record<string, QueryForm>>;
  /** The members that its body may have. */
  readonly members: readonly string[];
  /** The document itself forbids further members. */
  readonly closed: boolean;
  /** Members that may be null in the answer but not in the body: what a null could mean to clear. */
  readonly clearable: readonly string[];
}
