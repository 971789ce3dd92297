import type { Blank, Comment } from '../../ast/nodes.ts';
import type { SourceText } from '../../text/source-text.ts';
import { PlaceReport, type Report } from '../diagnostic.ts';
import { lostText } from '../lost-text.ts';
import type { Rejection } from '../rejection.ts';
import type { InetdService } from './inetd-service.ts';
import type { LineKind } from './line-kinds.ts';

/** Where a line of the source stands. */
export interface LinePlace {
  /** The file, or the stretch of it that was parsed. */
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
  /** 1-based, in the file. */
  readonly line: number;
}

/** What an inetd.conf says, in its order: its services, and what is to be kept as a comment. */
export type InetdItem = InetdServiceItem | PlainLine | LostLine | Comment | Blank;

export interface InetdServiceItem {
  readonly type: 'Service';
  readonly service: InetdService;
  readonly place: LinePlace;
}

/** A line that cannot be carried over, as comments with what is wrong with it in front. */
export interface LostLine {
  readonly type: 'LostLine';
  readonly comments: readonly string[];
}

/** A service that differs in name, server and arguments alone from others of its kind, and needs no tree to be read. */
export interface PlainLine extends LinePlace {
  readonly type: 'PlainLine';
  readonly kind: LineKind;
  readonly name: string;
  readonly server: string;
  /** The words of argv with one blank between them; empty where the line has none. */
  readonly args: string;
  /** Its own, or those of the last line that sets them; empty for all. */
  readonly addresses: readonly string[];
}

/** The whole lines of a place, without line ends and byte order mark. */
export function sourceLines({ source, start, end }: LinePlace): readonly string[] {
  const first = source.text.lastIndexOf('\n', start - 1) + 1;
  const last = source.text.indexOf('\n', end);
  return source.text
    .slice(first, last === -1 ? undefined : last)
    .replaceAll(/[\r\uFEFF]/g, '')
    .split('\n');
}

/** A line that cannot be carried over stays as a comment under its diagnostic. */
export function lostLine(place: LinePlace, { code, text }: Rejection, report: Report): LostLine {
  new PlaceReport(report, { file: place.source.path, line: place.line }).error(code, text);
  return { type: 'LostLine', comments: lostText(`line ${place.line}`, code, sourceLines(place)) };
}
