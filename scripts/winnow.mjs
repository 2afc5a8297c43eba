#!/usr/bin/env node
// `npx winnow ...`: the command line, started through the same bootstrap as everything else.
process.argv.splice(2, 0, 'winnow')
await import('./bootstrap.mjs')
