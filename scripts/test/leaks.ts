/*
 * What no output and no file of Ledgerform may hold, found by searching: the marks are known here, which they are not in the
 * product. Everything that the tests produce is searched: what a command prints, the files that it leaves, and what the test
 * processes print themselves.
 */

/** The secret that every emulator accepts. `local start` prints it on purpose, for other clients. */
export const localSecret = 'local-secret';

const telling: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['the local secret', new RegExp(localSecret)],
  ['a token of the emulator', /\blocal-[\w-]{32}(?![\w-])/],
  ['a bearer token', /\bBearer[\s+]+[\w.~+/-]{6,}/i],
  ['an Authorization header', /\bauthorization["'\\]*\s*[:=]\s*["'\\]*(?!(?:\w+ )?\[secret\])[\w.~+/-]{3,}/i],
];

/** What leaks in a text, or null: what tells itself by its form, and these secrets in every usual encoding. */
export function leakIn(text: string, secrets: readonly string[] = []): string | null {
  const found = telling.find(([, pattern]) => pattern.test(text));
  if (found) return found[0];
  const told = secrets.findIndex(
    (secret) => secret !== '' && formsOf(secret).some((form) => text.includes(form)),
  );
  return told === -1 ? null : `secret number ${told + 1}`;
}

function formsOf(secret: string): readonly string[] {
  const base64 = [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.from(`${' '.repeat(before)}${secret}`);
    // Without the signs that depend on what stands before and behind.
    const core = (text: string): string => text.slice(before === 0 ? 0 : before + 1, (bytes.length * 8) / 6);
    return [core(bytes.toString('base64')), core(bytes.toString('base64url'))];
  });
  const json = JSON.stringify(secret).slice(1, -1);
  const hex = Buffer.from(secret).toString('hex');
  return [secret, json, encodeURIComponent(secret), hex, ...(secret.length < 8 ? [] : base64)];
}
