/*
 * Keys are typed by hand, on any keyboard. Accents go by Unicode's own decomposition; letters that do not decompose, and
 * the two alphabets that have one usual way into Latin letters, by this table. Other scripts have none that everybody
 * would read alike: a key is made of the code instead.
 */
const letters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ŧ: 't', ŋ: 'n', ı: 'i' },
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k' },
  ...{ л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts' },
  ...{ ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', ї: 'yi' },
  ...{ є: 'ye', ґ: 'g', ў: 'u', ђ: 'dj', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz', ѓ: 'g', ќ: 'k', ѕ: 'dz' },
  ...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm' },
  ...{ ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps' },
  ...{ ω: 'o', '&': ' and ', "'": '', '’': '', ʼ: '' },
};

/** A text in small letters `a` to `z`, digits and `_`, as far as it can be read so; empty where nothing can. */
export function snakeCase(text: string): string {
  return [...text.normalize('NFC').toLowerCase().normalize('NFC')]
    .map(latin)
    .join('')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** How many letters of a text have no way into `a` to `z`, and are lost in `snakeCase`. */
export const lostLetters = (text: string): number =>
  [...text.normalize('NFC').toLowerCase()].filter(
    (sign) => /\p{L}/u.test(sign) && letterOf(sign) !== '' && !/[a-z]/.test(latin(sign)),
  ).length;

function latin(sign: string): string {
  const known = letterOf(sign);
  if (known !== undefined) return known;
  const parts = sign.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [...parts].map((part) => letterOf(part) ?? part).join('');
}

const letterOf = (sign: string): string | undefined =>
  Object.hasOwn(letters, sign) ? letters[sign] : undefined;
