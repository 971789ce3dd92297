import type { ModelDiagnostic } from '../../src/model/service.ts';

/** A message as it can be taken out of the daemon's log again. */
export interface LoggedMessage {
  readonly severity: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** How many bytes of a message the daemon writes, its severity and its place among them. */
const messageBytes = 2048;

/** The reason of a system call. The daemon puts it in when the message has been cut. */
const reasons = /\b[A-Z][A-Za-z ]* \(errno = \d+\)/g;
const placeholder = '%m';

/** What the daemon's log shows of a message: one that is too long has lost its place, or more. */
export function loggedMessage({ severity, message, file, line }: ModelDiagnostic): LoggedMessage {
  const found = message.match(reasons) ?? [];
  const template = message.replace(reasons, placeholder);
  const place = file === undefined ? '' : ` [file=${file}] [line=${line}]`;
  const room = messageBytes - `${severity}: `.length;
  if (template.length + place.length > room) {
    const [reason = ''] = found;
    return { severity, message: `${template}${place}`.slice(0, room).replace(placeholder, () => reason) };
  }
  return { severity, message, ...(file === undefined ? {} : { file, line: line ?? 0 }) };
}
