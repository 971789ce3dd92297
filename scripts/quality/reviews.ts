import { readFileSync } from 'node:fs';

/** What people have said about findings and misses after looking at them, by what it is about. */
export type Reviews = Readonly<Record<string, string>>;

function read(name: string): Reviews {
  const file = new URL(`../../fixtures/lint-quality/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Reviews;
}

/** Why an error is right that is found in a file about which the real daemon says nothing. */
export const verdicts = (): Reviews => read('verdicts.json');

/** Why a fault that the real daemon sees is not found. */
export const missReasons = (): Reviews => read('misses.json');
