import { formatIpv4, parseDottedQuad, parseInetAton } from '../addresses/ipv4.ts';
import { formatScopedIpv6, parseScopedIpv6 } from '../addresses/scoped-ipv6.ts';
import { parseLong, parseStrictInteger, parseWrappedInt } from '../numbers.ts';
import { type Assignment, onlyWord, reject, type ValueReader, wordAt } from './assignment.ts';

export const readProtocol: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const { text } = word;
  const number = assignment.context.tables.protocolNumber(text);
  if (number === undefined) {
    return reject(assignment, 'unknown-protocol', `Protocol ${text} not in /etc/protocols`, word);
  }
  assignment.draft.values.protocol = { name: text, number };
  return true;
};

export const readPort: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const loose = assignment.context.quirks.has('loose-numbers');
  const value = loose ? parseWrappedInt(word.text) : parseStrictInteger(word.text, 0, 65535);
  if (value === undefined || value < 0 || value > 65535) {
    return reject(assignment, 'bad-port', 'port number is invalid', word);
  }
  assignment.draft.values.port = value;
  return true;
};

/** Numeric addresses of a word: itself, or what the name resolves to now. */
function addressesOf(assignment: Assignment, text: string, family?: 4 | 6): readonly string[] {
  const { tables, quirks } = assignment.context;
  if (text.includes(':')) {
    const address = parseScopedIpv6(text, tables);
    return address === undefined ? [] : [formatScopedIpv6(address, tables)];
  }
  if (/^[0-9.]+$/.test(text)) {
    if (!quirks.has('loose-addresses')) return parseDottedQuad(text) === undefined ? [] : [text];
    const value = parseInetAton(text);
    return value === undefined ? [] : [formatIpv4(value)];
  }
  // The resolver of glibc takes all that inet_aton takes, also `0x7f000001`.
  const value = quirks.has('loose-addresses') ? parseInetAton(text) : undefined;
  return value === undefined ? tables.hostAddresses(text, family) : [formatIpv4(value)];
}

export const readBind: ValueReader = (assignment) => {
  const word = onlyWord(assignment);
  const { text } = word;
  const addresses = addressesOf(assignment, text);
  if (addresses.length === 0) return reject(assignment, 'bad-bind-address', 'bad address', word);
  assignment.draft.values.bind = { text, addresses };
  return true;
};

export const readRedirect: ValueReader = (assignment) => {
  const host = wordAt(assignment, 0);
  const portWord = wordAt(assignment, 1);
  const port = redirectPort(assignment, portWord.text);
  if (port === undefined) return reject(assignment, 'bad-redirect-port', 'port number invalid', portWord);
  if (port > 65535) return reject(assignment, 'bad-redirect-port', 'port number too large', portWord);
  const family = host.text.includes(':') ? 6 : 4;
  const [address] = addressesOf(assignment, host.text, family);
  if (address === undefined) return reject(assignment, 'bad-redirect-address', 'bad address', host);
  assignment.draft.values.redirect = { host: host.text, address, port };
  return true;
};

/** A number above 0, else the name of a tcp service. */
function redirectPort({ context }: Assignment, text: string): number | undefined {
  const loose = context.quirks.has('loose-numbers');
  const number = loose ? parseWrappedInt(text) : parseStrictInteger(text, 1, 65535);
  if (number !== undefined && number > 0) return number;
  return parseLong(text) === undefined ? context.tables.servicePort(text, 'tcp') : undefined;
}
