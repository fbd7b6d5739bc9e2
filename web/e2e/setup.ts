import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const readyWithinMs = 120_000;
const program = process.env.LICS_BIN ?? '../bin/lics';

/** Starts a whole LICS with two simulated boxes, and gives what ends it. */
export default async function setup(): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'lics-e2e-'));
  // PostgreSQL does not run as root: it becomes another user, who must come in.
  await chmod(dir, 0o755);
  const log = openSync(join(dir, 'log'), 'w');
  const readyFile = join(dir, 'ready.json');
  const lics = spawn(
    program,
    [
      ...['up', '--simulate', '2', '--no-s3', '--listen', '127.0.0.1:0'],
      ...['--data-dir', join(dir, 'data'), '--ready-file', readyFile],
      ...['--speed', process.env.LICS_E2E_SPEED ?? '1'],
    ],
    { stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const over = new Promise<void>((resolve) => {
    lics.once('exit', () => resolve());
    lics.once('error', () => resolve());
  });
  const stop = async () => {
    lics.kill('SIGTERM');
    await over;
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const ready = await whenReady(lics, readyFile);
    process.env.LICS_E2E_URL = ready.url;
    process.env.LICS_E2E_TOKEN = ready.token;
    process.env.LICS_E2E_READY = readyFile;
  } catch (error) {
    const said = await readFile(join(dir, 'log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`${program} up did not become ready: ${String(error)}\n${said}`);
  }
  return stop;
}

async function whenReady(
  lics: ChildProcess,
  path: string,
): Promise<{ url: string; token: string }> {
  const until = Date.now() + readyWithinMs;
  while (Date.now() < until) {
    if (lics.exitCode !== null || lics.pid === undefined) throw new Error('it has ended');
    try {
      return JSON.parse(await readFile(path, 'utf8'));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200)); // not written yet
    }
  }
  throw new Error(`nothing after ${readyWithinMs / 1_000} s`);
}
