// Builds what is shipped: the bundle with its code cache, and the native part where there is a C compiler.
import { existsSync } from 'node:fs';
import { buildBundle } from './build-bundle.mjs';

const native = new URL('build-native.mjs', import.meta.url);
if (existsSync(native)) {
  const { buildNative } = await import(native.href);
  await buildNative();
}
// Behind it: the code cache of `xcfg serve` is made by running it.
await buildBundle();
