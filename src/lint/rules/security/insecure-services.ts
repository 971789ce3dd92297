import type { BenchmarkItem } from '../../rule.ts';

/** A service that auditors ask for, with what to run instead. */
export interface InsecureService {
  /** Names of the services file, aliases included. */
  readonly names: readonly string[];
  /** `port/protocol`, for entries under another name. */
  readonly port?: string;
  /** Base names of the programs. */
  readonly programs: readonly string[];
  readonly reason: string;
  readonly replacement: string;
  /** Items of benchmarks that ask for it to be off. */
  readonly items: readonly BenchmarkItem[];
}

const clearText = 'passwords and everything else go over the network in clear text';
const byAddress = 'it believes what the client says of itself, or its address';

export const insecureServices: readonly InsecureService[] = [
  {
    names: ['telnet', 'telnets'],
    port: '23/tcp',
    programs: ['in.telnetd', 'telnetd', 'in.ktelnetd', 'utelnetd'],
    reason: clearText,
    replacement: 'ssh',
    items: ['CIS Ubuntu 16.04 2.1.8', 'STIG RHEL-07-021710'],
  },
  {
    names: ['shell', 'rsh', 'kshell'],
    port: '514/tcp',
    programs: ['in.rshd', 'rshd', 'rsh-server', 'kshd'],
    reason: byAddress,
    replacement: 'ssh',
    items: ['CIS Ubuntu 16.04 2.1.6', 'STIG RHEL-07-020000'],
  },
  {
    names: ['login', 'rlogin', 'klogin', 'eklogin'],
    port: '513/tcp',
    programs: ['in.rlogind', 'rlogind', 'klogind'],
    reason: byAddress,
    replacement: 'ssh',
    items: ['CIS Ubuntu 16.04 2.1.6', 'STIG RHEL-07-020000'],
  },
  {
    names: ['exec', 'rexec'],
    port: '512/tcp',
    programs: ['in.rexecd', 'rexecd'],
    reason: clearText,
    replacement: 'ssh',
    items: ['CIS Ubuntu 16.04 2.1.6', 'STIG RHEL-07-020000'],
  },
  {
    names: ['tftp'],
    port: '69/udp',
    programs: ['in.tftpd', 'tftpd', 'atftpd'],
    reason: 'nobody is asked who he is, and everything goes in clear text',
    replacement: 'https, or a network of its own',
    items: ['CIS Ubuntu 16.04 2.1.9', 'STIG RHEL-07-040700'],
  },
  {
    names: ['talk', 'ntalk'],
    port: '517/udp',
    programs: ['in.talkd', 'talkd', 'in.ntalkd', 'ntalkd'],
    reason: 'messages go in clear text, and anybody may send them',
    replacement: 'a message service with accounts',
    items: ['CIS Ubuntu 16.04 2.1.7'],
  },
  {
    names: ['finger', 'cfinger'],
    port: '79/tcp',
    programs: ['in.fingerd', 'fingerd', 'cfingerd', 'efingerd', 'ffingerd'],
    reason: 'it tells strangers who has an account and who is logged in',
    replacement: 'nothing',
    items: ['STIG GEN003860'],
  },
  {
    names: ['systat'],
    port: '11/tcp',
    programs: [],
    reason: 'it tells strangers which processes run',
    replacement: 'monitoring with access control',
    items: [],
  },
  {
    names: ['netstat'],
    port: '15/tcp',
    programs: [],
    reason: 'it tells strangers which connections there are',
    replacement: 'monitoring with access control',
    items: [],
  },
  {
    names: ['ident', 'auth'],
    port: '113/tcp',
    programs: ['in.identd', 'identd', 'oidentd', 'pidentd'],
    reason: 'it tells strangers which user a connection belongs to',
    replacement: 'nothing',
    items: [],
  },
  {
    names: ['uucp'],
    port: '540/tcp',
    programs: ['in.uucpd', 'uucpd', 'uucico'],
    reason: clearText,
    replacement: 'ssh, rsync over ssh',
    items: [],
  },
  {
    names: ['pop2', 'pop-2'],
    port: '109/tcp',
    programs: ['ipop2d'],
    reason: clearText,
    replacement: 'imaps',
    items: [],
  },
  {
    names: [
      'rstatd',
      'rusersd',
      'rwalld',
      'walld',
      'sprayd',
      'rquotad',
      'cmsd',
      'ttdbserverd',
      'ttdbserver',
      'sadmind',
    ],
    programs: [
      'rpc.rstatd',
      'rpc.rusersd',
      'rpc.rwalld',
      'rpc.sprayd',
      'rpc.rquotad',
      'rpc.cmsd',
      'rpc.ttdbserverd',
      'sadmind',
    ],
    reason: 'an old RPC service with a long list of holes, for anybody who reaches it',
    replacement: 'nothing, or monitoring with access control',
    items: [],
  },
  {
    names: ['swat'],
    port: '901/tcp',
    programs: ['swat'],
    reason: 'the password of root goes over the network in clear text',
    replacement: 'ssh and an editor',
    items: [],
  },
  {
    names: ['vmware-authd'],
    port: '902/tcp',
    programs: ['vmware-authd'],
    reason: 'it hands out consoles of machines',
    replacement: 'a management network of its own',
    items: [],
  },
  {
    names: ['linuxconf'],
    port: '98/tcp',
    programs: ['linuxconf'],
    reason: 'it administers the machine over the network, unmaintained for decades',
    replacement: 'ssh',
    items: [],
  },
  {
    names: ['tcpmux'],
    port: '1/tcp',
    programs: [],
    reason:
      'it reached services that were not meant to be (CVE-2012-0862), and ran them as root (CVE-2013-4342)',
    replacement: 'a port for each service',
    items: [],
  },
  {
    names: ['servers', 'services', 'xadmin'],
    programs: [],
    reason: 'it tells strangers what the daemon runs',
    replacement: 'the state dump of the daemon',
    items: [],
  },
];
