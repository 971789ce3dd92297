import { findBuiltInService } from '../../catalog/keywords.ts';
import type { InetdService } from '../from-inetd/inetd-service.ts';
import { type Rejection, rejection } from '../rejection.ts';

/** Longest line that xinetd reads whole wherever it stands in a file; a longer one it cuts without a word. */
const longestLine = 8191;
/** What stands in front of the values. */
const nameColumn = 20;

/** What xinetd has no way to say; null when all of the service can be said. */
export function inexpressible(service: InetdService): Rejection | null {
  return kindRejection(service) ?? internalRejection(service) ?? argumentRejection(service);
}

function kindRejection({ kind, rpcVersion }: InetdService): Rejection | null {
  if (kind === 'unix') return rejection('unix-socket', 'xinetd has no UNIX-domain services');
  if (kind !== 'rpc') return null;
  if (rpcVersion === null) return rejection('rpc-version', 'an RPC service needs its version');
  return /^\d+(?:-\d+)?$/.test(rpcVersion)
    ? null
    : rejection('rpc-version', `xinetd takes a version or a range of them, not ${rpcVersion}`);
}

function internalRejection(service: InetdService): Rejection | null {
  if (!service.isInternal) return null;
  if (service.kind === 'rpc') return rejection('rpc-internal', 'internal RPC service');
  const builtIn = findBuiltInService(service.name);
  const isKnown =
    service.kind === 'listed' && builtIn?.socketTypes.some((type) => type === service.socketType);
  return isKnown === true
    ? null
    : rejection('unknown-internal', `xinetd has no built-in ${service.name}/${service.socketType}`);
}

/** xinetd has neither quotes nor escapes: a word is what stands between blanks. */
function argumentRejection({ server, argv, isInternal }: InetdService): Rejection | null {
  if (isInternal) return null;
  let length = server.length;
  for (const word of argv) {
    if (!isWord(word)) return unwritable;
    length += word.length + 1;
  }
  if (!isWord(server)) return unwritable;
  // A character has three bytes at most; only few lines are worth counting them.
  if (length * 3 <= longestLine) return null;
  return Buffer.byteLength([server, ...argv].join(' ')) > longestLine - nameColumn
    ? rejection('long-line', `xinetd cuts lines of more than ${longestLine} bytes`)
    : null;
}

const unwritable = rejection(
  'arg-whitespace',
  'an argument is empty or holds white space; xinetd has no quoting; use a wrapper script',
);

function isWord(word: string): boolean {
  return word !== '' && !word.includes(' ') && !word.includes('\t');
}
