// Reads a text into a tree once, in a process of its own, and prints what that took in milliseconds of processor time: FILE.
import { readFileSync } from 'node:fs';
import { parse } from '../../src/grammar/parse.ts';
import { SourceText } from '../../src/text/source-text.ts';

const [path = ''] = process.argv.slice(2);
const bytes = readFileSync(path);
// The grammar is made once in a process, whatever the size of the text.
parse(new SourceText(path, 'ftp stream tcp nowait root /usr/sbin/in.ftpd in.ftpd\n'));
const before = process.cpuUsage();
const { file } = parse(SourceText.fromBytes(path, bytes));
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000, nodes: file.children.length }));
