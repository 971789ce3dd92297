/**
 * Whether an environment may hold a variable of that name. Shells take letters, digits and underscores; what other programs
 * set has dots, colons or dashes at times.
 */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.:-]*$/.test(name);
}
