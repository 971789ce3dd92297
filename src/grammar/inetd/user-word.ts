import type { Word } from '../../ast/nodes.ts';
import { type FieldSink, piece } from './field-sink.ts';
import { isSystemAccount, isSystemGroup } from './system-names.ts';

/** Fifth field: user, with group and login class as the dialect separates them. */
export function readUserWord(sink: FieldSink, word: Word): void {
  const { rules } = sink;
  if (rules.userKeywords) {
    readKeywords(sink, word);
    return;
  }
  const slash = rules.loginClass ? word.text.lastIndexOf('/') : -1;
  const account = slash === -1 ? word : piece(word, 0, slash);
  readAccount(sink, account);
  if (slash !== -1) sink.add('login_class', piece(word, slash + 1));
}

function readAccount(sink: FieldSink, account: Word): void {
  const at = separatorOf(sink, account.text);
  const user = at === -1 ? account : piece(account, 0, at);
  if (user.text === '') {
    sink.report('empty-user', account, 'the user name is empty');
  } else {
    sink.add('user', user);
  }
  if (at === -1) return;
  const group = piece(account, at + 1);
  if (group.text === '') {
    sink.report('empty-group', account, `no group stands behind '${account.text}'`);
    return;
  }
  sink.add('group', group);
  if (sink.rules.dialect === 'auto') reportDots(sink, account, user, group);
}

/** Dialects differ in which separator counts; a name with a dot or two colons is read otherwise elsewhere. */
function reportDots(sink: FieldSink, account: Word, user: Word, group: Word): void {
  const byColon = account.text.includes(':');
  if (user.text.includes(':')) {
    sink.report('two-colons', account, `'${account.text}': some daemons cut at the first colon`);
  } else if (byColon && user.text.includes('.')) {
    sink.report('dotted-user', user, `'${user.text}': some daemons cut off a group at the dot`);
  } else if (!byColon && !isSystemAccount(user.text) && !isSystemGroup(group.text)) {
    sink.report('dotted-user', account, `'${account.text}' may be one name; some daemons cut it at the dot`);
  }
}

function separatorOf(sink: FieldSink, text: string): number {
  for (const separator of sink.rules.groupSeparators) {
    const at =
      separator === 'last-colon'
        ? text.lastIndexOf(':')
        : text.indexOf(separator === 'first-dot' ? '.' : ':');
    if (at !== -1) return at;
  }
  return -1;
}

/** DG/UX: `user:net:trusted`. */
function readKeywords(sink: FieldSink, word: Word): void {
  const [name = '', ...keywords] = word.text.split(':');
  sink.add('user', piece(word, 0, name.length));
  let at = name.length + 1;
  const values: Word[] = [];
  for (const keyword of keywords) {
    values.push(piece(word, at, at + keyword.length));
    at += keyword.length + 1;
  }
  sink.addList('user_keywords', values);
}
