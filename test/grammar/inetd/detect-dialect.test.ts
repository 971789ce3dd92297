import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectDialect } from '../../../src/grammar/inetd/detect-dialect.ts';
import { parseInetd } from '../../../src/grammar/inetd/parse.ts';
import { SourceText } from '../../../src/text/source-text.ts';

function detect(text: string): string {
  return detectDialect(parseInetd(new SourceText('inetd.conf', text))).dialect;
}

const rest = 'root /bin/x x\n';

const samples: readonly (readonly [text: string, dialect: string])[] = [
  [`ftp stream tcp nowait ${rest}`, 'auto'],
  ['', 'auto'],
  ['ftp on user = root;\n', 'netbsd'],
  ['.include conf.d/*\n', 'netbsd'],
  [`ftp stream:dataready tcp nowait ${rest}`, 'netbsd'],
  [`ftp stream,5 tcp nowait ${rest}`, 'netbsd'],
  [`ftp stream tcp nowait:5 ${rest}`, 'netbsd'],
  [`ftp stream tcp nowait.5 ${rest}`, 'auto'],
  [`ftp stream tcp nowait/5 ${rest}`, 'freebsd'],
  ['ftp stream tcp nowait root/daemon /bin/x x\n', 'freebsd'],
  [`:a:b:600:/x stream unix nowait ${rest}`, 'freebsd'],
  ['auth stream tcp nowait root internal auth -r\n', 'freebsd'],
  ['auth stream tcp nowait root internal auth\n', 'auto'],
  [`ftp stream tcp/ttcp nowait ${rest}`, 'dragonfly'],
  ['#@ in ipsec esp\n', 'auto'],
  [`#@ in ipsec esp\ntcpmux/a stream tcp46 nowait ${rest}`, 'freebsd'],
  [`ftp stream tcp46 nowait ${rest}#<off># ftp stream tcp nowait ${rest}`, 'debian-openbsd'],
  [`ftp stream tcp,sndbuf=1k nowait ${rest}ftp stream tcp46 nowait ${rest}`, 'debian-openbsd'],
  [`ftp stream tcp6only nowait ${rest}`, 'gnu'],
  [`a tli rpc/ticots wait ${rest}`, 'solaris'],
  ['a/1 dgram rpc/udp wait root /usr/lib/netsvc/a a\n', 'solaris'],
  ['rpc dgram udp wait root /usr/lib/netsvc/a 100001 1-2 a\n', 'hpux'],
  [`a dgram udp swait ${rest}`, 'hpux'],
  [`a sunrpc_udp udp wait ${rest}`, 'aix'],
  ['a stream tcp nowait root ?/bin/x x\n', 'irix'],
  [`a/1,3 stream rpc/tcp wait ${rest}`, 'irix'],
  [`a dgram/i udp wait ${rest}`, 'sco'],
  [`camp-a stream tcp nowait ${rest}`, 'interix'],
  ['a stream tcp nowait /bin/x x\n', 'ultrix'],
  ['a stream tcp nowait a.b [2-4] /bin/x x\n', 'nonstop'],
  ['# $OpenBSD: inetd.conf $\n', 'openbsd'],
  [`# $NetBSD$\nftp stream tcp nowait/5 ${rest}`, 'netbsd'],
];

for (const [text, dialect] of samples) {
  test(`${JSON.stringify(text)} is ${dialect}`, () => assert.equal(detect(text), dialect));
}
