import { readdirSync, readFileSync } from 'node:fs';
import { ready } from './lics';

/**
 * Kills a part of the running system. `lics up` starts it again, under another
 * number: which one it has now is read from the system's table of processes.
 */
export function kill(part: 'server' | 'worker'): void {
  process.kill(pidOf(part), 'SIGKILL');
}

function pidOf(part: string): number {
  const { pid: up } = ready();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    try {
      const [, parent] = / [A-Z] (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (Number(parent) === up && args[1] === 'part' && args[2] === part) return pid;
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`${part} does not run`);
}
