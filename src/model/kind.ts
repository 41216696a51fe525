/** Text of at most `maxLength` characters. With `foldCase`, upper and lower case are no difference. */
export interface TextField {
  readonly type: 'text';
  readonly maxLength: number;
  readonly foldCase?: true;
  /** It may be empty: `null` clears it. */
  readonly clearable?: true;
  /** In a file it stands between quotes, whatever it is. */
  readonly quoted?: true;
  readonly description: string;
  readonly example: string;
}

/** A percentage from `0%` to `100%` with at most two decimals, compared in 1/100 %. */
export interface PercentField {
  readonly type: 'percent';
  readonly description: string;
  readonly example: string;
}

export type Field = TextField | PercentField;

/**
 * A kind of object that Ledgerform creates, updates and deletes: everything that load and plan need to know of it, as
 * data. `identity` is the field that identifies an object; `name` does where that one is empty.
 */
export interface CollectionKind {
  /** As plans call it: `ledger_account`. */
  readonly name: string;
  /** Its section in the file and the first part of its addresses: `ledger_accounts`. */
  readonly collection: string;
  /** In sentences: `ledger account`, `ledger accounts`. */
  readonly noun: { readonly one: string; readonly many: string };
  /** The field that holds the code: `nominal_code`, `code`. */
  readonly identity: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** The field by which products, and lines of invoices and payables, point to an object; null where they cannot. */
  readonly usedIn: {
    readonly product: 'ledger_account_id' | null;
    readonly line: 'ledger_account_id' | 'accounting_tax_rate_id' | null;
  };
  /**
   * Of a tax rate: documents find their rate over there by its value, which is that of this field or, where several taxes
   * are compounded, of a member that the API has beside it.
   */
  readonly rate?: { readonly field: string; readonly total: 'total_tax_rate' };
  /** For editors: the code of an object that is renamed or removed, and an object of the accounting system. */
  readonly otherExamples: {
    readonly former: string;
    readonly external: { readonly key: string; readonly code: string };
  };
  /** Hover text of the section and of one entry in an editor. */
  readonly description: { readonly section: string; readonly entry: string };
}

/** A setting of the organization that holds a reference: it is set or cleared, never created or deleted. */
export interface SettingSlot {
  /** `settings.ledger_accounts.payments` */
  readonly address: string;
  /** The collection it refers to: `ledger_accounts`. */
  readonly collection: string;
  /** The field name of its value in plans: `ledger_account` or `tax_rate`. */
  readonly field: string;
  /** Where the API keeps it, below `accounting`. */
  readonly wire: readonly [group: 'ledger_account_ids' | 'tax_ids', name: string];
  /** What it refers to must have this value, in canonical form, for the setting to make sense. */
  readonly needs?: { readonly field: string; readonly value: string };
  readonly description: string;
  readonly example: string;
}

/** All that can be declared. The core is told of kinds only through this. */
export interface Kinds {
  readonly collections: readonly CollectionKind[];
  readonly settings: readonly SettingSlot[];
}
