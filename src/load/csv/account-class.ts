/** Types by which charts say what an account is; no list of tax rates has them. */
const classes =
  /^(?:(?:(?:non-?|other )?(?:current|fixed|term)|other|accumulated|long[- ]term|intangible) )?(?:assets?|liabilit(?:y|ies)|equity|revenues?|incomes?|expenses?|costs?|bank|credit card|direct costs?|overheads?|depreciation|inventory|prepayments?|costs? of (?:goods sold|sales)|accounts? (?:receivable|payable)|aktiv(?:a|konto)?|passiv(?:a|konto)?|ertrag|erträge|aufwand|aufwendungen|actif|passif|charges?|produits?)\b/iu;

/** Whether a type is that of an account, and of no tax rate. */
export const isAccountClass = (type: string): boolean => classes.test(type);
