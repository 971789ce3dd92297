'use strict';
// A thread of `xcfg lint`: the bundle once more, with the same code cache.
const path = require('node:path');
const { loadBundle } = require('./xcfg.js');

const { exports: bundle } = loadBundle(path.join(__dirname, '..', 'dist'), 'lint');
bundle.lintShare();
