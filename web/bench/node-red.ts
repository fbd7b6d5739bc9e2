import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const version = '4.1.15';

export interface NodeRed {
  url: string;
  stop(): Promise<void>;
}

/** Installs the peer once, beside what else is built, and starts it with a flow. */
export async function startNodeRed(flow: unknown): Promise<NodeRed> {
  const home = new URL(`../../bin/node-red-${version}/`, import.meta.url).pathname;
  const program = join(home, 'node_modules/node-red/red.js');
  if (!existsSync(program)) {
    await mkdir(home, { recursive: true });
    const install = ['install', '--no-audit', '--no-fund', '--silent', '--prefix', home];
    execFileSync('npm', [...install, `node-red@${version}`], { stdio: 'inherit' });
  }
  const data = await mkdtemp(join(tmpdir(), 'node-red-'));
  await writeFile(join(data, 'flows.json'), JSON.stringify(flow));
  const settings = {
    flowFile: 'flows.json',
    uiHost: '127.0.0.1',
    logging: { console: { level: 'error' } },
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false, projects: { enabled: false } },
  };
  await writeFile(join(data, 'settings.js'), `module.exports = ${JSON.stringify(settings)}`);
  const port = await freePort();
  const child = spawn(process.execPath, [program, '--userDir', data, '--port', `${port}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}/`;
  const stop = async () => {
    await ended(child);
    await rm(data, { recursive: true, force: true });
  };
  try {
    await answers(child, url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await over;
}

async function answers(child: ChildProcess, url: string): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error('Node-RED has ended');
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200)); // it does not listen yet
  }
  throw new Error('Node-RED does not answer');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
