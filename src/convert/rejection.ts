import type { ConversionCode } from './codes.ts';

/** Why an entry cannot be carried over. */
export interface Rejection {
  readonly code: ConversionCode;
  readonly text: string;
}

export function rejection(code: ConversionCode, text: string): Rejection {
  return { code, text };
}

export function isRejection(value: object): value is Rejection {
  return 'code' in value && 'text' in value;
}
