/** A number as it is read at a glance: `2,000`. */
export const numberText = (count: number): string => count.toLocaleString('en-US');
