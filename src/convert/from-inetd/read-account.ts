import type { Attribute } from '../../ast/nodes.ts';
import type { PlaceReport } from '../diagnostic.ts';
import type { KnownNames } from '../known-names.ts';
import type { InetdService } from './inetd-service.ts';

/** The user field, already split. A dot may be a part of the name, though: the user table knows. */
export function readAccount(
  attributes: readonly Attribute[],
  text: string,
  names: KnownNames,
  report: PlaceReport,
): Pick<InetdService, 'user' | 'group'> {
  const [user] = attributes.find(({ key }) => key === 'user')?.values ?? [];
  const [group] = attributes.find(({ key }) => key === 'group')?.values ?? [];
  const name = user?.text ?? '';
  if (/^\d+$/.test(name)) {
    report.warning(
      'numeric-user',
      `inetd looks user names up by name only; xinetd takes ${name} as a uid and as gid`,
    );
  }
  if (user === undefined || group === undefined) return { user: name, group: null };
  const whole = `${name}.${group.text}`;
  if (text.charAt(user.end) !== '.' || !names.isUser(whole)) return { user: name, group: group.text };
  report.info('user-dot', `${whole} taken as a user name because that user exists`);
  return { user: whole, group: null };
}
