// Fails when the first page loads more JavaScript than a slow line of a lab takes.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgetKB = 350;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** The chunks that a page needs: its entry, its route, and all that these import. */
function needs(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) needs(next, seen);
  return seen;
}

function gzippedKB(keys) {
  const files = new Set(
    [...keys].map((key) => manifest[key].file).filter((f) => f.endsWith('.js')),
  );
  return (
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist))).length, 0) /
    1_000
  );
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = new Set([...needs(entry), ...needs('src/home/home-page.tsx')]);
const firstKB = gzippedKB(first);

console.log(`first load: ${firstKB.toFixed(1)} of ${budgetKB} kB gzipped JavaScript`);
for (const key of Object.keys(manifest)
  .filter((k) => manifest[k].isDynamicEntry)
  .sort((a, b) => a.localeCompare(b))) {
  const own = new Set([...needs(key)].filter((k) => !first.has(k)));
  console.log(`  ${key}: ${gzippedKB(own).toFixed(1)} kB more`);
}
if (firstKB > budgetKB) {
  console.error(
    `The first load is ${(firstKB - budgetKB).toFixed(1)} kB over its budget: load something later.`,
  );
  process.exit(1);
}
