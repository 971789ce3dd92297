import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutDaemons, withoutPrivateNetwork } from '../support/daemons.ts';
import { fuzz } from './fuzz.ts';

/** Seeds of a run; others are taken with XCFG_FUZZ_SEED and XCFG_FUZZ_COUNT. */
const firstSeed = Number(process.env.XCFG_FUZZ_SEED ?? 1_000_000);
const count = Number(process.env.XCFG_FUZZ_COUNT ?? 400);

test(`the model and xinetd agree about ${count} made configurations`, {
  skip: withoutDaemons('xinetd') || withoutPrivateNetwork(),
}, () => {
  const [difference] = fuzz(firstSeed, count);
  assert.deepEqual(
    difference?.model,
    difference?.daemon,
    `seed ${difference?.seed}: ${difference?.case.main}`,
  );
});
