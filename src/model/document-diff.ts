import type { BookList } from './book-document.ts';

/** How a document of ours and one over there were found to be the same: by the record, or probably by what they say. */
export type JoinedBy = 'platform_id' | 'provider_id' | 'number_and_amount';

/** What every document of either side comes to: each is in exactly one class. The order is that in which they are shown. */
export const diffClasses = [
  'missing',
  'failed',
  'pending',
  'differs',
  'elsewhere',
  'there_only',
  'same',
  'uncompared',
  'past',
  'not_expected',
] as const;
export type DiffClass = (typeof diffClasses)[number];

/** What somebody has to look at; the rest is as it should be. */
export const differingClasses: readonly DiffClass[] = [
  'missing',
  'failed',
  'pending',
  'differs',
  'elsewhere',
  'there_only',
];

/** What is compared of two documents. */
export type Compared = 'amount' | 'currency' | 'number' | 'status' | 'accounts';

/** One document as one side has it. Amounts are decimals in major units, as text. */
export interface DiffSide {
  readonly id: string;
  readonly number: string | null;
  readonly counterpart: string | null;
  readonly status: string | null;
  readonly currency: string | null;
  readonly amount: string | null;
  /** The amount is the sum of the lines, without tax: the service tells no total. */
  readonly net: boolean;
}

/** One thing that is not the same on both sides, and what each has. */
export interface DiffFacet {
  readonly what: Compared;
  readonly here: string | null;
  readonly there: string | null;
}

/** The synchronization record that decided. */
export interface DiffRecord {
  readonly id: string;
  /** Of documents that are not ours: what the record says they were made from. */
  readonly object_id: string | null;
  readonly platform_object_id: string | null;
  readonly provider_object_id: string | null;
  readonly sync_status: string;
  readonly errors: readonly string[];
}

/** One document of ours, one over there, or both where they were joined, and what that comes to. */
export interface DiffRow {
  readonly list: BookList;
  readonly class: DiffClass;
  readonly here: DiffSide | null;
  readonly there: DiffSide | null;
  readonly joined_by: JoinedBy | null;
  /** Joined without a record: probably the same. */
  readonly probable: boolean;
  readonly record: DiffRecord | null;
  readonly differences: readonly DiffFacet[];
  /** What could not be compared, because a side does not say it or was not asked. */
  readonly not_compared: readonly Compared[];
  /** Why it is in its class, in sentences. */
  readonly reasons: readonly string[];
}

/** What the documents of one class and list are, together. */
export interface DiffTotal {
  readonly list: BookList;
  readonly class: DiffClass;
  readonly count: number;
  /** Of these were joined without a record. */
  readonly probable: number;
  readonly amounts: readonly { readonly currency: string | null; readonly amount: string }[];
}
