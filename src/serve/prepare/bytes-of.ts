import type { Service } from '../../model/service.ts';
import { locationOf } from '../origin-of.ts';

/** A text from an attribute with a character for each byte that it has in its file, as plans of servers want it. */
export function bytesOf(service: Service, attribute: string, text: string): string {
  // Nearly all texts are ASCII, whose bytes are its characters.
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return locationOf(service, attribute).source.encode(text).toString('latin1');
}
