// Packs built files once with Brotli, as small as it gets: pack.mjs <file>... leaves <file>.br beside each.

import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'

for (const name of process.argv.slice(2)) writeFileSync(`${name}.br`, brotliCompressSync(readFileSync(name)))
