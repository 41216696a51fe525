const longest = 500;

/**
 * The API's own words in the body of an answer that is not a success, as one readable line of at most 500 characters;
 * empty where it says nothing. Any body will do: JSON of every known shape, text, HTML.
 */
export function errorWords(body: string): string {
  return oneLine(wordsOf(body));
}

/** One line without control characters, cut at 500 characters. */
export function oneLine(text: string): string {
  const clean = text
    .slice(0, 20 * longest)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...clean];
  return characters.length <= longest ? clean : `${characters.slice(0, longest - 1).join('')}…`;
}

function wordsOf(body: string): string {
  try {
    return fromJson(JSON.parse(body));
  } catch {
    return fromText(body);
  }
}

function fromText(body: string): string {
  if (!/^\s*</.test(body)) return body;
  return /<title[^>]*>([^<]{0,600})<\/title/i.exec(body.slice(0, 10_000))?.[1] ?? '';
}

function fromJson(body: unknown): string {
  if (typeof body === 'string') return body;
  if (!isObject(body)) return '';
  const found = [
    fromError(body.error, body.error_description),
    fromDetail(body.detail),
    body.message,
    body.title,
  ];
  return found.find((each): each is string => typeof each === 'string' && each !== '') ?? '';
}

/** `{error: {message, type}}`, or after RFC 6749 `{error: 'invalid_client', error_description}`. */
function fromError(error: unknown, description: unknown): string {
  if (typeof error === 'string') return typeof description === 'string' ? `${error}: ${description}` : error;
  if (!isObject(error)) return '';
  const { message, type } = error;
  if (typeof message === 'string' && message !== '') return message;
  return typeof type === 'string' ? type : '';
}

/** `{detail: [{loc, msg, type}]}` or `{detail: '...'}`. */
function fromDetail(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return '';
  return detail.slice(0, 20).map(fromItem).filter(Boolean).join('; ');
}

function fromItem(item: unknown): string {
  if (typeof item === 'string') return item;
  if (!isObject(item)) return '';
  const place = Array.isArray(item.loc) ? item.loc.filter((each) => each !== 'body').join('.') : '';
  const words = [item.msg, item.type].find((each): each is string => typeof each === 'string') ?? '';
  return place === '' ? words : `${place}: ${words}`;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
