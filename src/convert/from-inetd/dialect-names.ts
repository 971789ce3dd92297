/** The dialects of inetd.conf that a conversion distinguishes; `debian` is openbsd-inetd, OpenBSD's own included. */
export const inetdDialects = ['debian', 'gnu', 'freebsd', 'netbsd', 'solaris'] as const;
export type InetdDialect = (typeof inetdDialects)[number];
