import { type Broken, name, type Told, told } from './told.ts';
import { writtenText } from './tree.ts';

/**
 * A percentage in another form. Zero is zero in any unit. A whole number is not repaired by itself: `20` may be 20 % or, copied from the API, which
 * counts in 1/100 %, 0.2 %; nor is a fraction: `0.19` may be 19 %. Another number with decimals can only be meant in percent.
 */
export function percentProblem(broken: Broken): Told {
  const { path, at } = broken;
  const place = name(path);
  const written = writtenText(at);
  if (at.type !== 'scalar') {
    const message = `${place} must be a percentage; it is a ${at.type === 'mapping' ? 'mapping' : 'list'}.`;
    return { problem: told('PERCENT_FORM', message, 'Write it in the form `7.5%`.', broken) };
  }
  if (at.value === null) {
    return {
      problem: told('PERCENT_FORM', `${place} has no value.`, 'Write a percentage, such as `7.5%`.', broken),
    };
  }
  if (typeof at.value === 'number') {
    const message = `${place} is the bare number \`${written}\`, and nobody can tell whether it counts percent or 1/100 %.`;
    const isZero = /^0+(?:\.0{1,2})?$/.test(written);
    const hasDecimals = /^\d{1,2}\.\d{1,2}$/.test(written) && at.value > 1 && !Number.isInteger(at.value);
    if (!isZero && !hasDecimals) {
      return { problem: told('PERCENT_FORM', message, unclearHint(at.value), broken) };
    }
    const hint = `Write \`${written}%\`.`;
    const repair = !at.editable ? null : { file: at.file.path, start: at.end, end: at.end, text: '%' };
    return { problem: told('PERCENT_FORM', message, hint, broken), repair };
  }
  const message = `${place} is \`${String(at.value).slice(0, 40)}\`, which is no percentage from 0% to 100% with at most two decimals.`;
  const comma = /^\s*(\d{1,3}),(\d{1,2})\s*%?\s*$/.exec(String(at.value));
  const bare = /^\s*\d{1,3}(?:\.\d{1,2})?\s*$/.test(String(at.value));
  const better = comma ? `${comma[1]}.${comma[2]}%` : bare ? `${String(at.value).trim()}%` : '7.5%';
  const hint = comma || bare ? `Write \`${better}\`.` : 'Write it in the form `7.5%`.';
  return { problem: told('PERCENT_FORM', message, hint, broken) };
}

function unclearHint(value: number): string {
  if (value > 0 && value < 1 && Number(value.toFixed(2)) === value) {
    return `Write \`${Number((value * 100).toFixed(2))}%\` if a fraction of 1 is meant, or \`${value}%\`.`;
  }
  const hundredth = Number.isInteger(value) && value >= 0 && value <= 10_000 ? `${value / 100}%` : null;
  const percent = value >= 0 && value <= 100 ? `${value}%` : null;
  if (percent && hundredth)
    return `Write \`${percent}\`, or \`${hundredth}\` if the number comes from the API.`;
  return hundredth
    ? `Write \`${hundredth}\` if the number comes from the API.`
    : 'Write it in the form `7.5%`.';
}
