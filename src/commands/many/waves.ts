import { InvalidArgumentError } from 'commander';

/** How far a wave reaches into the list: so many, or so many of a hundred. */
export interface Wave {
  readonly amount: number;
  readonly unit: 'organizations' | 'percent';
}

/** Reads `1,10%,100%`: each reaches further than the one before, and the last to the end. */
export function wavesOption(text: string): readonly Wave[] {
  const waves = text.split(',').map((part): Wave => {
    const [, amount = '', sign = ''] = /^(\d{1,6})(%?)$/.exec(part.trim()) ?? [];
    if (amount === '' || Number(amount) === 0 || (sign === '%' && Number(amount) > 100))
      throw new InvalidArgumentError('It must be numbers and percentages, as in 1,10%,100%.');
    return { amount: Number(amount), unit: sign === '%' ? 'percent' : 'organizations' };
  });
  const last = waves.at(-1);
  if (last?.unit !== 'percent' || last.amount !== 100)
    throw new InvalidArgumentError('The last wave must be 100%, so that nothing is left out unsaid.');
  for (const unit of ['organizations', 'percent'])
    if (!rises(waves.filter((each) => each.unit === unit).map(({ amount }) => amount)))
      throw new InvalidArgumentError('Each wave must reach further than the one before.');
  return waves;
}

const rises = (amounts: readonly number[]): boolean =>
  amounts.every((each, at) => each > (amounts[at - 1] ?? 0));

/** The list in waves; without any it is one. A wave that reaches no further than the one before is left out. */
export function inWaves<T>(list: readonly T[], waves: readonly Wave[] | null): readonly (readonly T[])[] {
  let from = 0;
  return (waves ?? [{ amount: 100, unit: 'percent' as const }]).flatMap(({ amount, unit }) => {
    const reach = unit === 'percent' ? Math.ceil((list.length * amount) / 100) : amount;
    const wave = list.slice(from, reach);
    from = Math.max(from, Math.min(reach, list.length));
    return wave.length === 0 ? [] : [wave];
  });
}
