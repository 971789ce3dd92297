import fc from 'fast-check';

const xinetdPieces = [
  'service',
  'defaults',
  'include',
  'includedir',
  'wait',
  '{',
  '}',
  '=',
  '+=',
  '-=',
  ' ',
  '\t',
  '\v',
  '\f',
  '\r',
  '\n',
  '\r\n',
  '\n{\n',
  '\n}\n',
  '#',
  '\0',
  '\uFEFF',
  '\u00A0',
  'no',
  'é',
  '{{',
  '%}',
  '\\',
  '"',
  '\u2028',
];

/** Lines that are right, so that whole entries come up and not only noise. */
const xinetdLines = [
  'service a\n{\n',
  'service  b # x\n# why\n{\n',
  '  wait   = no\n',
  'only_from +=\t10.0.0.1   ::1 \r\n',
  '  # note  \n',
  '\n\n\n',
  '  }\n',
  'include  /etc/x\n',
  '  service  c\n  {\n',
  'word\n',
];

const inetdPieces = [
  'ftp',
  'stream',
  'tcp',
  'nowait',
  'root',
  '/bin/x',
  'on',
  'user = root',
  ';',
  ',',
  ' ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  '\r',
  '\0',
  '#',
  '#<off># ',
  '#@ ',
  '#:A: ',
  '127.0.0.1:',
  '.include ',
  '"',
  "'",
  '\\',
  '\uFEFF',
  'é',
];

const inetdLines = [
  'ftp  stream tcp\tnowait root /bin/ftpd   ftpd  -l\n',
  'time dgram   udp wait root internal  \n',
  '   more  words\n',
  ' # indented\n',
  '# comment  \n',
  '\n\n\n',
  '  \n',
  'on-line on wait = no,\n user = root ;\n',
];

/** Texts that look like inetd.conf, right and wrong. */
export const inetdText = textOf([...inetdPieces, ...inetdLines]);

/** Texts that look like xinetd.conf, right and wrong. */
export const xinetdText = textOf([...xinetdPieces, ...xinetdLines]);

function textOf(pieces: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((chosen) => chosen.join(''));
}
