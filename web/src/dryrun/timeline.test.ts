import { describe, expect, test } from 'vitest';
import { activeAt, type Session, stepFrom, timelineOf } from './timeline';

const lane = { node: 't', role: 'box', level: [1, 1], state: ['', ''], drawnAs: ['', ''] };
const session: Session = {
  ended: 'END',
  outcome: 'completed',
  error: '',
  durationNs: 3e9,
  accuracy: 1,
  rewards: 0,
  microlitres: 0,
  rowCount: 4,
  outcomes: [],
  warnings: [],
  timeline: {
    truncated: false,
    lanes: [
      {
        ...lane,
        kind: 'STATE',
        name: 'Task',
        startNs: [0, 1e9],
        endNs: [1e9, 3e9],
        state: ['cue', 'water.open'],
        drawnAs: ['n1', 'n2'],
      },
      { ...lane, kind: 'INPUT', name: 'poke', startNs: [5e8], endNs: [6e8] },
    ],
  },
  trials: { nodes: [{ node: 't', number: 1, startNs: 0, durationNs: 3e9, outcome: 'correct' }] },
};

describe('the result of a dry-run', () => {
  test('is a raster in milliseconds', () => {
    const { model } = timelineOf(session);
    expect(model.lanes.map(({ kind }) => kind)).toEqual(['state', 'trial', 'input']);
    expect([model.from, model.to]).toEqual([0, 3_000]);
  });

  test('says what is at work at a time: the task, and its state as it is drawn', () => {
    const { visits } = timelineOf(session);
    expect(activeAt(visits, 500)).toEqual(new Set(['t', 'n1']));
    expect(activeAt(visits, 1_000)).toEqual(new Set(['t', 'n2']));
    expect(activeAt(visits, 9_000)).toEqual(new Set());
  });

  test('can be stepped through, forwards and backwards', () => {
    const { steps } = timelineOf(session);
    expect(steps).toEqual([0, 500, 600, 1_000, 3_000]);
    expect(stepFrom(steps, 500, 1)).toBe(600);
    expect(stepFrom(steps, 550, -1)).toBe(500);
    expect(stepFrom(steps, 500, -1)).toBe(0);
    expect(stepFrom(steps, 0, -1)).toBeNull();
    expect(stepFrom(steps, 3_000, 1)).toBeNull();
  });
});
