/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [member: string]: Json;
}

/** An object of a list as it is stored: an API object, or a line item with the time stamps that its answer leaves out. */
export interface Stored extends JsonObject {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
