import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en';

const root = join(import.meta.dirname, '..');

/** Every text of the catalogue by its key. */
function keysOf(part: object, path: string[] = []): string[] {
  return Object.entries(part).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? keysOf(value, [...path, name])
      : [[...path, name].join('.')],
  );
}

function programs(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return path.endsWith('i18n/en') || entry.name === 'gql' ? [] : programs(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}

const source = programs(root)
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

/** A key as it is written; where a part is put in (`runs.control.${action}.title`) anything fits. */
const written = [
  ...source.matchAll(/(['"`])((?:[A-Za-z]\w*|\$\{[^}]*\})(?:\.(?:\w|\$\{[^}]*\})+)+)\1/g),
].map(
  ([, , key = '']) =>
    new RegExp(
      `^${key
        .replaceAll(/\$\{[^}]*\}/g, '\u0000')
        .replaceAll('.', '\\.')
        .replaceAll('\u0000', '[^.]+')}$`,
    ),
);

const plural = /_(one|other|zero|two|few|many)$/;

test('every text is used somewhere', () => {
  const unused = keysOf(en).filter(
    (key) => !written.some((pattern) => pattern.test(key.replace(plural, ''))),
  );
  expect(unused).toEqual([]);
});

test('every key that is written whole has its text', () => {
  const known = new Set(keysOf(en).map((key) => key.replace(plural, '')));
  const missing = [...source.matchAll(/\bt\(\s*'([\w.]+)'/g)]
    .map(([, key = '']) => key)
    .filter((key) => !known.has(key));
  expect(missing).toEqual([]);
});
