import { beforeEach, describe, expect, test } from 'vitest';
import type { ProtocolDocument } from '../../editor/model/document';
import { readOut } from '../../plot/raster/read-out';
import { ProtocolNames } from './protocol-names';
import { type FeedEvent, RunFeed } from './run-feed';

const document: ProtocolDocument = {
  kind: 'lics.protocol',
  format: 1,
  name: 'Cued poke',
  roles: [
    {
      name: 'box',
      channels: [
        { name: 'poke', direction: 'in' },
        { name: 'beam', direction: 'in', rising: 'crossed', falling: 'free' },
        { name: 'valve', direction: 'out' },
      ],
    },
  ],
  nodes: [
    { id: 'loop', type: 'repeat', position: { x: 0, y: 0 } },
    { id: 't', type: 'task', parent: 'loop', position: { x: 0, y: 0 }, data: { label: 'Poke' } },
    { id: 'n1', type: 'state', parent: 't', position: { x: 0, y: 0 }, data: { name: 'cue' } },
    { id: 'n2', type: 'pulse', parent: 't', position: { x: 0, y: 0 }, data: { name: 'water' } },
  ],
  edges: [],
};

const origin = Date.parse('2026-03-01T09:00:00Z');
const at = (ms: number) => new Date(origin + ms).toISOString();
let feed: RunFeed;
const run = (ms: number, kind: string, name = '', node = ''): FeedEvent => ({
  cursor: `run ${ms}`,
  source: 'RUN',
  at: at(ms),
  kind,
  name,
  node,
});
const device = (ms: number, kind: string, name = '', value: unknown = null): FeedEvent => ({
  cursor: `device ${ms}`,
  source: 'DEVICE',
  at: at(ms),
  kind,
  name,
  node: 't',
  value,
  deviceId: 'box-1',
});
const push = (...events: FeedEvent[]) => {
  for (const event of events) feed.push(event);
};

beforeEach(() => {
  feed = new RunFeed(new ProtocolNames(document), origin, () => origin + 10_000);
});

describe('what a page shows of a run', () => {
  test('the active state is shown in its task, with the containers around it', () => {
    push(run(0, 'step_started', '', 'loop'), run(1, 'step_started', '', 't'));
    push(device(2, 'state', 'cue'));
    expect(feed.active()).toEqual(new Set(['loop', 'n1', 't']));
    expect(feed.place()).toBe('t');
    push(device(50, 'state', 'water.open'));
    expect(feed.active().has('n2')).toBe(true);
    expect(feed.active().has('n1')).toBe(false);
    push(device(60, 'end', '', 'end'), run(61, 'step_done', 'out', 't'));
    expect([...feed.active()]).toEqual(['loop']);
    expect(feed.visited).toEqual(new Set(['loop', 'n1', 'n2', 't']));
  });

  test('edges of inputs become bars, by the names that the protocol gives them', () => {
    push(device(10, 'event', 'poke_in'), device(30, 'event', 'poke_out'));
    push(device(40, 'event', 'crossed'), device(45, 'event', 'tone_over'));
    expect(feed.raster.lanes.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'input beam',
      'input poke',
      'event Poke',
    ]);
    expect(readOut(feed.raster, 20).readings.map(({ label }) => label)).toEqual(['poke']);
    expect(readOut(feed.raster, 45).readings.map(({ text }) => text)).toEqual(['', 'tone_over']);
  });

  test('an output is on from its level to nothing', () => {
    push(device(10, 'output', 'valve', 0.5), device(60, 'output', 'valve', 0));
    const bars = feed.raster.find('out/box-1/valve')?.bars;
    expect([bars?.start(0), bars?.end(0), bars?.level(0)]).toEqual([10, 60, 0.5]);
  });

  test('trials have an outcome, and the latency of the state it came in', () => {
    push(device(0, 'trial', '', 1), device(100, 'state', 'cue'), device(450, 'outcome', 'correct'));
    push(device(500, 'state', 'water'), device(900, 'trial', '', 2));
    expect(feed.trials.trials[0]).toMatchObject({ number: 1, outcome: 'correct', latencyMs: 350 });
    expect(feed.trials.outcomes.get('correct')).toBe(1);
    expect(feed.trials.begun).toBe(2);
    expect(readOut(feed.raster, 600).readings[1]).toMatchObject({ kind: 'trial', text: 'correct' });
  });

  test('a lost device and a pause are gaps, open until they are over', () => {
    push(run(100, 'device_lost', 'box-1'), run(150, 'device_lost', 'box-1'));
    expect(feed.raster.gaps).toEqual([
      { kind: 'lost', about: 'box-1', from: 100, to: Number.POSITIVE_INFINITY },
    ]);
    push(
      run(200, 'device_back', 'box-1'),
      run(300, 'status', 'PAUSED'),
      run(400, 'status', 'RUNNING'),
    );
    expect(feed.raster.gaps.map(({ kind, to }) => [kind, to])).toEqual([
      ['lost', 200],
      ['paused', 400],
    ]);
  });

  test('a restart is a gap since the last that was heard of the device', () => {
    push(device(100, 'state', 'cue'), run(900, 'interrupted', 'box-1', 't'));
    expect(feed.raster.gaps[0]).toMatchObject({ kind: 'interrupted', from: 100, to: 900 });
  });

  test('variables keep their last value, and durations are for people', () => {
    push(device(0, 'variable', 'n', 1), device(1, 'variable', 'n', 2));
    push(device(2, 'draw', 'iti', { duration_ns: 1_500_000_000 }));
    expect([...feed.variables.values()].map(({ name, value }) => `${name}=${value}`)).toEqual([
      'n=2',
      'iti=1500 ms',
    ]);
  });

  test('a parameter that a person changed has its new value', () => {
    push({ ...run(5, 'set_parameter', 'iti'), value: { old: '2s', new: '3s', by: 'Ada' } });
    expect(feed.parameters.get('iti')).toBe('3s');
  });

  test('the present goes on by the clock, less what events are late', () => {
    push(device(9_000, 'state', 'cue'));
    expect(feed.edge()).toBe(9_000);
    feed.finish();
    expect(feed.raster.find('state/box-1/t')?.bars.isOpen).toBe(false);
  });
});
