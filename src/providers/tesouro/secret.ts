import { inspect } from 'node:util';

/** A text that is never shown: printed, logged or put into JSON it is `[secret]`. Only `reveal` gives it away. */
export class Secret {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  /** The text itself, for the one header or body that needs it. */
  reveal(): string {
    return this.#text;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
  [inspect.custom](): string {
    return '[secret]';
  }
}

/** The text without any of the secrets, should a service have echoed one. */
export function withoutSecrets(text: string, secrets: readonly Secret[]): string {
  return secrets.reduce((clean, each) => {
    const hidden = each.reveal();
    return hidden === '' ? clean : clean.replaceAll(hidden, '[secret]');
  }, text);
}
