import manifest from '../package.json' with { type: 'json' };

/** Ledgerform's version, as package.json has it. The build puts the text itself here. */
export const version: string = manifest.version;
