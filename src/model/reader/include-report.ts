import type { Directive } from '../../ast/nodes.ts';
import { SourceText } from '../../text/source-text.ts';
import type { Context } from '../context.ts';
import {
  deepestInclude,
  type IncludeRefusal,
  type IncludeStack,
  mostRepeatedReads,
  readErrorTexts,
} from '../includes.ts';
import { type LogSeverity, placedMessage } from '../report.ts';
import type { ModelDiagnostic } from '../service.ts';
import { placeOf } from './place.ts';

/** What following one directive says, all at its place, and what it could not read. */
export class IncludeReport {
  readonly #directive: Directive;
  readonly #source: SourceText;
  readonly #context: Context;
  readonly #unread: ModelDiagnostic[];

  /** Adds to `unread`, for those whom it costs, that a file could not be read: nobody knows what stands in it. */
  constructor(directive: Directive, source: SourceText, context: Context, unread: ModelDiagnostic[]) {
    this.#directive = directive;
    this.#source = source;
    this.#context = context;
    this.#unread = unread;
  }

  say(severity: LogSeverity, code: string, message: string): ModelDiagnostic {
    const diagnostic = placedMessage(severity, code, message, placeOf(this.#source, this.#directive));
    this.#context.report(diagnostic);
    return diagnostic;
  }

  /**
   * Something that may hold a restriction cannot be read. It is said once why; the services that it costs, which may be
   * many, refer to it.
   * @param what that which is not read
   */
  lose(code: string, message: string, what: string): void {
    const diagnostic = this.say('ERROR', code, message);
    this.#unread.push({ ...diagnostic, message: `${what} is not read, and may hold restrictions` });
  }

  /** Opens a file that the directive names; undefined, and said, where it is not to be read. */
  open(path: string, stack: IncludeStack): SourceText | undefined {
    const refusal = stack.refusal(path);
    if (refusal !== null) {
      this.#refuse(path, refusal);
      return undefined;
    }
    const content = this.#context.files.read(path);
    if ('bytes' in content) {
      this.say('DEBUG', 'reading-include', `Reading included configuration file: ${path}`);
      return SourceText.fromBytes(content.name ?? path, content.bytes);
    }
    const why = readErrorTexts[content.error];
    this.lose('include-missing', `Unable to open included configuration file: ${path}: ${why}`, path);
    return undefined;
  }

  #refuse(path: string, refusal: IncludeRefusal): void {
    // Nothing is lost with a loop: what stands in the file is read where it was named first.
    if (refusal === 'loop') this.say('ERROR', 'include-loop', `${path} includes itself`);
    else if (refusal === 'depth') {
      const message = `${path} is not read: files include each other more than ${deepestInclude} levels deep`;
      this.lose('include-depth', message, path);
    } else {
      const message = `${path} is not read again: files include each other so often that ${mostRepeatedReads} were read once more already`;
      this.lose('include-repeats', message, path);
    }
  }
}
