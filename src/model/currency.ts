/** Currencies of ISO 4217 whose minor unit is not a hundredth, by the places after the point. */
const places: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const placesOf: ReadonlyMap<string, number> = new Map(
  Object.entries(places).flatMap(([count, codes]) => codes.split(' ').map((code) => [code, Number(count)])),
);

/** How many places after the point an amount of this currency has; two where nothing else is known. */
export const minorPlaces = (currency: string | null): number =>
  placesOf.get((currency ?? '').trim().toUpperCase()) ?? 2;

/** Whether they name the same currency. */
export const isSameCurrency = (a: string, b: string): boolean =>
  a.trim().toUpperCase() === b.trim().toUpperCase();
