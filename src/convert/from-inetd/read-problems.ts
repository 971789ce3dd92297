import type { LineEntry, Problem } from '../../ast/nodes.ts';
import type { ConversionCode } from '../codes.ts';
import type { PlaceReport } from '../diagnostic.ts';
import { type Rejection, rejection } from '../rejection.ts';

/** Faults of the text that leave a line without a sure meaning, with the code of the conversion. */
const rejecting: Readonly<Record<string, ConversionCode>> = {
  'bad-socket-type': 'bad-socket-type',
  'bad-accept-max': 'bad-socket-type',
  'bad-accept-filter': 'bad-socket-type',
  'tcpmux-socket-type': 'bad-socket-type',
  'bad-ip-version': 'bad-protocol',
  'bad-sockbuf': 'bad-protocol',
  'tcpmux-protocol': 'bad-protocol',
  'unknown-protocol': 'bad-protocol',
  'type-proto-mismatch': 'bad-protocol',
  'bad-rpc-version': 'rpc-version',
  'rpc-no-version': 'rpc-version',
  'bad-socket-owner': 'unix-socket',
  'bad-wait': 'bad-wait',
  'bad-rate': 'bad-wait',
  'bad-max-child': 'bad-wait',
  'bad-port': 'bad-port',
  'empty-service': 'missing-field',
  'empty-user': 'missing-field',
  'nul-byte': 'nul-byte',
};

const fieldCount = 6;

/** What the faults of a line mean for its conversion; null when it can go on. */
export function readProblems(entry: LineEntry, report: PlaceReport): Rejection | null {
  for (const problem of entry.problems) {
    if (problem.code === 'too-few-fields') {
      return rejection(
        'missing-field',
        `${entry.fields.length} of the ${fieldCount} fields that a service needs: name, socket type, protocol, wait, user, server`,
      );
    }
    if (problem.code === 'bad-wait' && isWaitInCapitals(entry, problem)) continue;
    if (problem.code === 'unknown-protocol' && isTli(entry, problem)) {
      return rejection('tli', 'ticlts, ticots and ticotsord are transports of TLI');
    }
    const code = Object.hasOwn(rejecting, problem.code) ? rejecting[problem.code] : undefined;
    if (code !== undefined && problem.severity === 'error') return rejection(code, problem.message);
  }
  for (const problem of entry.problems) reportProblem(entry, problem, report);
  return null;
}

/** inetd compares exactly, and what is not `wait` is nowait to it. */
function isWaitInCapitals(entry: LineEntry, { start }: Problem): boolean {
  return entry.fields.some((word) => word.start === start && /^(?:no)?wait$/i.test(word.text));
}

function isTli(entry: LineEntry, { start }: Problem): boolean {
  return entry.fields.some((word) => word.start === start && /^ti(?:cots(?:ord)?|clts)$/.test(word.text));
}

export function reportIndentedFirst(report: PlaceReport): void {
  report.warning('indented-first', 'white space before a service line that continues nothing');
}

/** A built-in service takes no arguments. */
function isInternal({ attributes }: LineEntry): boolean {
  return attributes.some(({ key, values }) => key === 'server' && values[0]?.text === 'internal');
}

function reportProblem(entry: LineEntry, problem: Problem, report: PlaceReport): void {
  switch (problem.code) {
    case 'leading-blanks':
      reportIndentedFirst(report);
      break;
    case 'empty-group':
      report.warning('empty-group', 'empty group ignored');
      break;
    case 'bad-wait':
      if (isWaitInCapitals(entry, problem)) {
        report.warning('wait-case', 'the word is not exactly "wait", so inetd takes it for nowait');
      }
      break;
    case 'trailing-hash':
      if (isInternal(entry)) break;
      report.info(
        'trailing-hash',
        'a # behind the fields begins no comment: it and what follows become arguments of the server',
      );
      break;
    case 'obsolete-faith':
      report.warning('faith-lost', 'the relay of KAME exists no more');
      break;
    case 'obsolete-ttcp':
      report.warning('ttcp-lost', 'T/TCP exists no more');
      break;
  }
}
