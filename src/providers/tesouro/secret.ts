import { inspect } from 'node:util';
import { echoRemover } from './echo.ts';

/**
 * A text that is never shown: printed, logged or put into JSON it is `[secret]`. It stays one until the request that needs
 * it is sent; only `reveal` gives it away, and test/architecture.test.ts says who may call that.
 */
export class Secret {
  readonly #text: string;
  readonly #source: Secret | null;
  #withoutEcho: ((words: string) => string) | null = null;
  constructor(text: string, source: Secret | null = null) {
    this.#text = text;
    this.#source = source;
  }
  /** The text itself, for the one header or body that needs it. */
  reveal(): string {
    return this.#text;
  }
  /** What is made of the text, a header or a body: as secret as the text. */
  within(form: (text: string) => string): Secret {
    return new Secret(form(this.#text), this.source());
  }
  /** The secret that this one was made of, or itself. */
  source(): Secret {
    return this.#source ?? this;
  }
  /** Somebody else's words without echoes of this one. */
  hideInWords(words: string): string {
    this.#withoutEcho ??= echoRemover(this.#text);
    return this.#withoutEcho(words);
  }
  /** Somebody else's data without the text itself, unless it is so short that it may stand there by chance. */
  hideInData(data: string): string {
    return this.#text.length < 16 ? data : data.replaceAll(this.#text, '[secret]');
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

/** Whether a text can be a token or a client's secret: visible ASCII, and no more of it than a header can hold. */
export const canBeSecret = (text: string): boolean => /^[\x21-\x7e]{1,8000}$/.test(text);
