// Writes src/editor/canvas/kind-icons.ts: the icons that the catalogue of
// nodes names, so that a new kind of node needs no line of TypeScript and the
// page does not carry thousands of icons.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = new URL('../../protocol/node/', import.meta.url);
const target = new URL('../src/editor/canvas/kind-icons.ts', import.meta.url);
const known = Object.keys(createRequire(import.meta.url)('@tabler/icons-react'));

const named = new Set(['question-mark']);
for (const file of readdirSync(folder)) {
  if (!file.endsWith('.go') || file.endsWith('_test.go')) continue;
  const text = readFileSync(new URL(file, folder), 'utf8');
  for (const [, name] of text.matchAll(/\bIcon:\s*"([^"]+)"/g)) named.add(name);
  // Kinds that are alike are made by a function: of its data, type, label and icon.
  const made = /Kind\s*=\s*\w+\([\w.]+,\s*"[^"]*",\s*"[^"]*",\s*"([^"]+)"/g;
  for (const [, name] of text.matchAll(made)) named.add(name);
}

const component = (name) =>
  `Icon${name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;
const names = [...named].sort((a, b) => (a < b ? -1 : 1));
const missing = names.filter((name) => !known.includes(component(name)));
if (missing.length > 0) {
  console.error(`not in the Tabler icon set: ${missing.join(', ')}`);
  process.exit(1);
}
const lines = [
  '// Written by scripts/icons.mjs from the catalogue in protocol/node. Do not edit.',
  'import {',
  ...names.map((name) => `  ${component(name)},`),
  '  type TablerIcon,',
  "} from '@tabler/icons-react';",
  '',
  'export const kindIcons: Readonly<Record<string, TablerIcon>> = {',
  ...names.map((name) => `  ${/^[a-z]+$/.test(name) ? name : `'${name}'`}: ${component(name)},`),
  '};',
  '',
];
writeFileSync(target, lines.join('\n'));
