import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const worth = /\.(js|css|svg|webmanifest|json)$/;
const smallestBytes = 1_024;

/**
 * Leaves a brotli and a gzip form beside each file that was built. The server
 * sends them as they are: packing well takes long, and is done once here.
 */
export function pack(): Plugin {
  let folder = 'dist';
  return {
    name: 'pack',
    apply: 'build',
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    closeBundle: async () => {
      // Go embeds the folder, which must not be empty before the first build.
      await writeFile(join(folder, '.gitkeep'), '');
      const names = await readdir(folder, { recursive: true });
      await Promise.all(
        names.filter((name) => worth.test(name)).map((name) => one(join(folder, name))),
      );
    },
  };
}

async function one(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < smallestBytes) return;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}
