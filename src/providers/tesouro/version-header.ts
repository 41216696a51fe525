const version = '2025-06-23';

/** The name that the reference pages give the version header, and the one that every request sends. */
export const versionHeader = { 'X-Finops-Version': version } as const;

/** The name that the page about headers gives it. Pages differ, so requests carry both. */
export const otherVersionHeader = { 'X-Tesouro-Version': version } as const;
