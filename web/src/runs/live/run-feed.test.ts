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
  source: 'RUN',
  at: at(ms),
  kind,
  name,
  node,
  drawnAs: '',
});
const drawn: Record<string, string> = { cue: 'n1', 'water.open': 'n2', water: 'n2' };
const device = (ms: number, kind: string, name = '', value: unknown = null): FeedEvent => ({
  source: 'DEVICE',
  at: at(ms),
  kind,
  name,
  node: 't',
  drawnAs: (kind === 'state' && drawn[name]) || '',
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

  test('the present goes on by the clock, less what events are late', () => {
    push(device(9_000, 'state', 'cue'));
    expect(feed.edge()).toBe(9_000);
    feed.finish();
    expect(feed.raster.find('state/box-1/t')?.bars.isOpen).toBe(false);
  });
});

describe('a feed that begins in the middle of a run', () => {
  const whole = [
    device(0, 'trial', '', 1),
    device(1, 'state', 'cue'),
    device(50, 'event', 'poke_in'),
    device(300, 'outcome', 'correct'),
    device(301, 'state', 'water'),
    device(301, 'output', 'valve', 1),
    device(340, 'output', 'valve', 0),
    device(400, 'event', 'poke_out'),
    device(500, 'trial', '', 2),
    device(501, 'state', 'cue'),
    device(900, 'event', 'poke_in'),
    device(950, 'outcome', 'omission'),
    device(960, 'end', '', 'end'),
  ];
  const seen = (of: RunFeed) => ({
    lanes: of.raster.lanes.map(({ id, bars }) => [
      id,
      Array.from({ length: bars.count }, (_, i) => [
        bars.start(i),
        bars.end(i),
        of.raster.names[bars.label(i)],
      ]),
    ]),
    trials: of.trials.trials,
    span: [of.raster.from, of.raster.to],
    happenings: Array.from({ length: of.raster.happenings.length }, (_, i) =>
      of.raster.happenings.at(of.raster.happenings.first + i),
    ),
  });

  test('shows the same as one from the beginning, wherever the pages were cut', () => {
    push(...whole);
    for (let first = 0; first <= whole.length; first++) {
      for (let live = first; live <= whole.length; live++) {
        const parted = new RunFeed(feed.names, origin, () => origin + 10_000);
        for (const event of whole.slice(live)) parted.push(event);
        parted.prepend(whole.slice(first, live));
        parted.prepend(whole.slice(0, first));
        expect(seen(parted), `cut at ${first} and ${live}`).toEqual(seen(feed));
      }
    }
  });

  test('counts what was before, and not again when it comes', () => {
    feed.trials.countBefore(41, [{ outcome: 'correct', count: 30 }]);
    push(device(500, 'trial', '', 42), device(600, 'outcome', 'correct'));
    feed.prepend([device(100, 'trial', '', 41), device(200, 'outcome', 'correct')]);
    expect(feed.trials.begun).toBe(42);
    expect(feed.trials.outcomes.get('correct')).toBe(31);
    expect(feed.trials.trials.map(({ number }) => number)).toEqual([41, 42]);
  });

  test('what is at work is told, except where something newer was heard', () => {
    push(run(900, 'step_done', 'out', 'other'), device(950, 'variable', 'n', 7));
    feed.prepend([device(100, 'state', 'water')]);
    expect([...feed.active()]).toEqual([]);
    feed.tellPresent({
      steps: [
        { node: 'loop', startedAt: 0, endedAt: null },
        { node: 'other', startedAt: 1, endedAt: null },
        { node: 't', startedAt: 2, endedAt: null },
      ],
      states: [{ deviceId: 'box-1', node: 't', drawnAs: 'n1' }],
      variables: [
        { node: 't', name: 'n', value: 6 },
        { node: 't', name: 'block', value: 2 },
      ],
      gaps: [{ kind: 'lost', about: 'box-1', from: 10, to: 20 }],
    });
    expect(feed.active()).toEqual(new Set(['loop', 't', 'n1']));
    expect([...feed.variables.values()].map(({ name, value }) => `${name}=${value}`)).toEqual([
      'n=7',
      'block=2',
    ]);
    expect(feed.raster.gaps).toHaveLength(1);
    const { bars } = feed.raster.lane('session', 'session', '');
    expect([bars.start(0), bars.end(bars.count - 1)]).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  test('a run that is over has nothing open, also in what is read back later', () => {
    feed.finish();
    feed.prepend([device(100, 'state', 'cue'), device(110, 'event', 'poke_in')]);
    feed.prepend([device(10, 'output', 'valve', 1)]);
    expect(feed.raster.lanes.map(({ bars }) => bars.isOpen)).toEqual([false, false, false]);
    expect(feed.raster.find('out/box-1/valve')?.bars.end(0)).toBe(110);
  });
});
