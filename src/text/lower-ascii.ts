/** Small letters as strcasecmp compares in the C locale: `É` is another letter than `é`, and the Kelvin sign is no `k`. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
