/** What a column of a chart or of a list of rates can hold. */
export const roles = ['code', 'name', 'rate', 'type', 'description'] as const;

export type Role = (typeof roles)[number];

/** Headers by which programs and people call a column, each as `plainHeader` makes it. */
export interface Layout {
  readonly name: 'xero' | 'quickbooks' | 'datev' | 'plain';
  readonly of: 'accounts' | 'rates';
  /** Where one is listed, a header among these must be there. */
  readonly marks?: readonly string[];
  /** A role that is absent here is not looked for. The first of the headers that is there counts. */
  readonly headers: Readonly<Partial<Record<Role, readonly string[]>>>;
  /** Without them it is another layout, or none. */
  readonly needs: readonly Role[];
}

/** The layouts that are recognised, in the order in which they are tried. */
export const layouts: readonly Layout[] = [
  {
    name: 'xero',
    of: 'accounts',
    marks: ['*code', 'taxcode'],
    headers: {
      code: ['*code', 'code'],
      name: ['*name', 'name'],
      type: ['*type', 'type'],
      description: ['description'],
    },
    needs: ['code', 'name'],
  },
  {
    name: 'quickbooks',
    of: 'accounts',
    marks: ['detailtype', 'fullname', 'account#', 'accnt#'],
    headers: {
      code: ['accountnumber', 'account#', 'accnt#', 'accountno', 'number', 'account'],
      name: ['accountname', 'fullname', 'account', 'name'],
      type: ['type', 'accounttype'],
      description: ['description'],
    },
    needs: ['name'],
  },
  {
    name: 'datev',
    of: 'accounts',
    headers: {
      code: ['konto', 'kontonummer', 'kontonr', 'ktonr', 'kto'],
      name: [
        'kontenbeschriftung',
        'kontobezeichnung',
        'kontenbezeichnung',
        'beschriftung',
        'bezeichnung',
        'text',
      ],
      type: ['kontoart', 'kontotyp', 'art', 'typ'],
      description: ['kontenbeschriftunglang', 'beschreibung', 'bemerkung'],
    },
    needs: ['code', 'name'],
  },
  {
    name: 'plain',
    of: 'accounts',
    headers: {
      code: ['code', 'nominalcode', 'accountcode', 'accountnumber', 'accountno', 'number', 'account'],
      name: ['name', 'accountname', 'title', 'account'],
      type: ['type', 'accounttype', 'category'],
      description: ['description', 'notes'],
    },
    needs: ['name'],
  },
  {
    name: 'datev',
    of: 'rates',
    headers: {
      code: ['steuerschlüssel', 'steuerschluessel', 'steuerkennzeichen', 'schlüssel', 'schluessel', 'code'],
      name: ['bezeichnung', 'beschriftung', 'steuerbezeichnung', 'name', 'text'],
      rate: ['steuersatz', 'satz', 'prozent', 'prozentsatz'],
      type: ['art', 'typ', 'verwendung'],
      description: ['beschreibung', 'bemerkung'],
    },
    needs: ['rate'],
  },
  {
    name: 'xero',
    of: 'rates',
    marks: ['taxtype'],
    headers: {
      code: ['taxtype'],
      name: ['*name', 'name', 'taxname', 'taxratename', 'displayname'],
      rate: ['effectiverate', 'totaltaxrate', 'displaytaxrate', 'taxrate', 'rate'],
      description: ['description'],
    },
    needs: ['rate'],
  },
  {
    name: 'quickbooks',
    of: 'rates',
    marks: ['agency', 'taxagency'],
    headers: {
      code: ['taxcode', 'code'],
      name: ['taxname', 'taxratename', 'name'],
      rate: ['taxrate', 'ratevalue', 'rate'],
      type: ['taxtype', 'applicableon', 'type'],
      description: ['description'],
    },
    needs: ['rate'],
  },
  {
    name: 'plain',
    of: 'rates',
    headers: {
      code: ['code', 'taxcode', 'taxratecode'],
      name: ['name', 'taxname', 'taxratename', 'title'],
      rate: ['rate', 'ratepercent', 'taxrate', 'effectivetaxrate', 'effectiverate', 'percent', 'percentage'],
      type: ['type', 'use', 'usage'],
      description: ['description', 'notes'],
    },
    needs: ['rate'],
  },
];

/** A header without what people write differently: case, spaces and signs, but for the star of a needed column and the sign for number. */
export const plainHeader = (header: string): string =>
  header
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}*#]/gu, '');
