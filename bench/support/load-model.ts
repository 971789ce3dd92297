// Resolves a configuration once, in a process of its own, and prints what that took: MAIN PROFILE.
import { profileNames } from '../../src/catalog/profiles.ts';
import { diskFiles } from '../../src/model/host/disk-files.ts';
import { readTables } from '../../src/model/host/disk-tables.ts';
import { resolve } from '../../src/model/resolve.ts';

const [main = '', wanted] = process.argv.slice(2);
const profile = profileNames.find((name) => name === wanted) ?? 'serve';
const started = performance.now();
const before = process.cpuUsage();
const files = diskFiles({ directory: '/' });
const { services } = resolve(main, { profile, tables: readTables('/etc', files), files });
const { user, system } = process.cpuUsage(before);
const result = { wall: performance.now() - started, cpu: (user + system) / 1000, services: services.length };
process.stdout.write(JSON.stringify(result));
