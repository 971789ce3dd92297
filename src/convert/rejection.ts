/** Why an entry cannot be carried over. */
export interface Rejection {
  readonly code: string;
  readonly text: string;
}

export function rejection(code: string, text: string): Rejection {
  return { code, text };
}

export function isRejection(value: object): value is Rejection {
  return 'code' in value && 'text' in value;
}
