/** The words of each line of a database below /etc: `#` begins a comment, white space separates. */
export function tableLines(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  for (const line of text.split('\n')) {
    const words = line
      .replace(/#.*/, '')
      .split(/[ \t\r]+/)
      .filter((word) => word !== '');
    if (words.length > 0) lines.push(words);
  }
  return lines;
}
