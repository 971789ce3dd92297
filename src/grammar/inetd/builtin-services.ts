/** Services that inetd answers itself, with the aliases of the services database. */
const builtins: Readonly<Record<string, readonly string[]>> = {
  echo: [],
  discard: ['sink', 'null'],
  chargen: ['ttytst', 'source'],
  daytime: [],
  time: ['timserver', 'timeserver'],
  tcpmux: [],
  auth: ['authentication', 'tap', 'ident'],
};

export function isBuiltin(name: string): boolean {
  return Object.hasOwn(builtins, name);
}

/** The official name of a built-in service that has this alias. */
export function builtinOfAlias(alias: string): string | undefined {
  return Object.keys(builtins).find((name) => builtins[name]?.includes(alias));
}
