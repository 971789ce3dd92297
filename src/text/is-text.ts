/** How much is looked at: what is no text shows it at once. */
const sampleLength = 1024;

/** An even number of bytes: the first line of most files. */
const wideSample = 16;

/** Programs and compressed files, whose first bytes may be all that is odd in the sample. */
const signatures: readonly (readonly number[])[] = [
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0x1f, 0x8b], // gzip
  [0x50, 0x4b, 0x03, 0x04], // zip
  [0x42, 0x5a, 0x68], // bzip2
  [0xfd, 0x37, 0x7a, 0x58, 0x5a], // xz
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  [0x89, 0x50, 0x4e, 0x47], // PNG
];

/** Marks of UTF-16 and UTF-32: text, though the daemons cannot read it. */
const wideMarks: readonly (readonly number[])[] = [
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0x00, 0x00, 0xfe, 0xff],
];

/**
 * Whether bytes can be meant as text. A few bytes that have no business in a text (a NUL, a half character) do not make
 * another thing of it: who has them in a configuration wants to hear of them.
 */
export function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sampleLength);
  if (wideMarks.some((mark) => startsWith(sample, mark)) || isWide(sample)) return true;
  if (signatures.some((signature) => startsWith(sample, signature))) return false;
  const odd = sample.reduce((count, byte) => (isOdd(byte) ? count + 1 : count), 0);
  return odd <= 8 || odd * 20 <= sample.length;
}

/** UTF-16 without a mark: of every two bytes the same one is NUL, as far as the text is ASCII. */
export function isWide(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, wideSample);
  if (!sample.includes(0)) return false;
  const isNulAt = (parity: number) => sample.every((byte, index) => (index % 2 === parity) === (byte === 0));
  return sample.length >= 4 && (isNulAt(0) || isNulAt(1));
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

/** Control characters other than white space and ESC, which colours begin with. */
function isOdd(byte: number): boolean {
  return byte < 0x20 ? (byte < 0x09 || byte > 0x0d) && byte !== 0x1b : byte === 0x7f;
}
