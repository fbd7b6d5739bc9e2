import { type Gap, RasterModel } from '../../plot/raster/model';
import { momentMs } from './moment';
import type { ProtocolNames } from './protocol-names';
import { type Step, sessionBars } from './session-bars';
import { TrialLog } from './trial-log';
import { levelOf, valueText } from './value-text';

/** An event of a run as the subscription brings it. */
export interface FeedEvent {
  source: 'RUN' | 'DEVICE';
  at: string;
  kind: string;
  name: string;
  node: string;
  /** Of a state: the node it is drawn as. */
  drawnAs: string;
  value?: unknown;
  deviceId?: string | null;
}

/** What a run is at, as the server adds it up. Times are milliseconds since the origin. */
export interface Present {
  steps: readonly Step[];
  states: readonly { deviceId: string; node: string; drawnAs: string }[];
  variables: readonly { node: string; name: string; value?: unknown }[];
  gaps: readonly Gap[];
}

export interface VariableValue {
  node: string;
  name: string;
  value: string;
}

/**
 * Everything a page shows of a run, added up event by event. It begins at some
 * place of the run, told what was before (`countBefore`, `tellPresent`); older
 * events may be put in front of it. It is no React state: at a high rate the
 * page looks at it a few times a second, and the raster once in a frame. Times
 * are milliseconds since the origin.
 */
export class RunFeed {
  readonly raster = new RasterModel();
  readonly trials = new TrialLog();
  /** The last value of each, by task and name. */
  readonly variables = new Map<string, VariableValue>();
  /** Steps under way, the one that began last at the end. */
  readonly steps = new Set<string>();
  /** The drawn node of each task's state. */
  readonly states = new Map<string, string>();
  readonly visited = new Set<string>();
  /** Number of the trial that a task is in, by its node, as far as it was heard. */
  readonly trialNow = new Map<string, number>();
  /** How many of each were told of: the page asks for them again. */
  notes = 0;
  questions = 0;
  changes = 0;
  version = 0;
  /** Of the last event, to go on after it; null before the first. */
  cursor: string | null = null;
  /** How late an event came at the least, by the clock of this machine. */
  #delayMs = Number.POSITIVE_INFINITY;
  readonly #stateSince = new Map<string, number>();
  readonly #silentSince = new Map<string, number>();
  /** Tasks and steps that were heard of since the feed began: what they were at before does not matter. */
  readonly #heard = new Set<string>();
  /** Until when the lane of the session is drawn; nothing of it is before the present was told. */
  #sessionTo = Number.POSITIVE_INFINITY;
  /** When a task first ended what lanes of a prefix have, in the order of the events. */
  readonly #ended = new Map<string, number>();
  #over: 'no' | 'yes' = 'no';

  constructor(
    readonly names: ProtocolNames,
    readonly originMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Where the present is; the clocks of server and machine may differ. */
  readonly edge = (): number => {
    const late = Number.isFinite(this.#delayMs) ? this.#delayMs : 0;
    return Math.max(this.raster.to, this.now() - late - this.originMs);
  };

  push(event: FeedEvent): void {
    const moment = momentMs(event.at);
    this.#delayMs = Math.min(this.#delayMs, this.now() - moment);
    const at = moment - this.originMs;
    this.version += 1;
    this.raster.touch(at);
    this.raster.tell({
      at,
      kind: event.kind,
      name: event.name,
      value: valueText(event.value),
      ...(event.deviceId ? { from: event.deviceId } : {}),
    });
    if (event.source === 'RUN') this.#ofRun(event, at);
    else this.#ofDevice(event, event.deviceId ?? '', at);
  }

  #ofRun({ kind, name, node, value }: FeedEvent, at: number): void {
    const { raster } = this;
    switch (kind) {
      case 'step_started':
        this.#heard.add(node);
        this.steps.delete(node);
        this.steps.add(node);
        this.visited.add(node);
        this.#session(at);
        break;
      case 'step_done':
      case 'step_failed':
      case 'step_cancelled':
        this.#heard.add(node);
        this.steps.delete(node);
        this.visited.add(node);
        this.#session(at);
        break;
      case 'variable':
        this.variables.set(name, { node: '', name, value: valueText(value) });
        break;
      case 'set_parameter':
        this.changes += 1;
        break;
      case 'note':
        this.notes += 1;
        break;
      case 'human':
        this.questions += 1;
        break;
      case 'device_lost':
        this.#gap('lost', name, at);
        break;
      case 'device_back':
        this.#endGap('lost', name, at);
        break;
      case 'interrupted':
        raster.gaps.push({
          kind: 'interrupted',
          from: this.#silentSince.get(name) ?? at,
          to: at,
          about: name,
        });
        break;
      case 'status':
        if (name === 'PAUSED') this.#gap('paused', '', at);
        else this.#endGap('paused', '', at);
        break;
    }
  }

  /** The lane is drawn from the steps that the present was told with, then event by event. */
  #session(at: number): void {
    const { raster } = this;
    if (at <= this.#sessionTo) return;
    const last = [...this.steps].at(-1);
    const { bars } = raster.lane('session', 'session', this.names.document.name);
    if (last === undefined) bars.close(at);
    else bars.open(at, raster.name(this.names.label(last)));
  }

  #ofDevice({ kind, name, node, drawnAs, value }: FeedEvent, device: string, at: number): void {
    const { raster, names } = this;
    const task = `${device}/${node}`;
    this.#silentSince.set(device, at);
    switch (kind) {
      case 'state': {
        const { bars } = raster.lane(`state/${task}`, 'state', names.label(node));
        bars.open(at, raster.name(name));
        this.#heard.add(task);
        if (drawnAs === '') this.states.delete(task);
        else {
          this.states.set(task, drawnAs);
          this.visited.add(drawnAs);
        }
        this.#stateSince.set(task, at);
        break;
      }
      case 'trial': {
        const number = Number(value);
        raster.lane(`trial/${task}`, 'trial', names.label(node)).bars.open(at, raster.name(''));
        this.trials.begin(task, number, at);
        this.trialNow.set(node, number);
        break;
      }
      case 'outcome':
        raster.lane(`trial/${task}`, 'trial', names.label(node)).bars.relabel(raster.name(name));
        this.trials.end(task, name, at, this.#stateSince.get(task));
        break;
      case 'output': {
        const { bars } = raster.lane(`out/${device}/${name}`, 'output', name);
        const level = levelOf(value);
        if (level === 0) bars.close(at);
        else bars.open(at, raster.name(''), level);
        break;
      }
      case 'event': {
        const edge = names.edge(name);
        if (!edge) {
          raster
            .lane(`event/${task}`, 'event', names.label(node))
            .bars.add(at, at, raster.name(name));
          break;
        }
        const { bars } = raster.lane(`in/${device}/${edge.channel}`, 'input', edge.channel);
        if (edge.rising) bars.open(at, raster.name(''));
        else bars.close(at);
        break;
      }
      case 'variable':
      case 'draw':
      case 'parameter':
        this.variables.set(`${node}/${name}`, { node, name, value: valueText(value) });
        break;
      case 'end':
        raster.lane(`state/${task}`, 'state', names.label(node)).bars.close(at);
        raster.find(`trial/${task}`)?.bars.close(at);
        this.#heard.add(task);
        this.states.delete(task);
        for (const lanes of [`in/${device}/`, `trial/${task}`]) {
          if (!this.#ended.has(lanes)) this.#ended.set(lanes, at);
        }
        for (const { id, bars } of raster.lanes) {
          if (id.startsWith(`in/${device}/`)) bars.close(at);
        }
        break;
    }
  }

  #gap(kind: 'lost' | 'paused', about: string, at: number): void {
    const known = this.raster.gaps.some(
      (g) => g.kind === kind && g.about === about && (!Number.isFinite(g.to) || at < g.to),
    );
    if (!known) this.raster.gaps.push({ kind, about, from: at, to: Number.POSITIVE_INFINITY });
  }

  #endGap(kind: 'lost' | 'paused', about: string, at: number): void {
    for (const gap of this.raster.gaps) {
      if (gap.kind === kind && gap.about === about && !Number.isFinite(gap.to)) gap.to = at;
    }
  }

  /** The run is over: nothing is open any more. */
  finish(): void {
    this.#over = 'yes';
    const { to } = this.raster;
    if (Number.isFinite(to)) for (const { bars } of this.raster.lanes) bars.close(to);
    for (const gap of this.raster.gaps) gap.to = Math.min(gap.to, Math.max(gap.from, to));
    this.steps.clear();
    this.states.clear();
    this.version += 1;
    this.raster.version += 1;
  }

  /** What was recorded before the feed begins, of what is at work. What the feed has heard is newer. */
  tellPresent({ steps, states, variables, gaps }: Present): void {
    const running = steps.filter(({ node, endedAt }) => !endedAt && !this.#heard.has(node));
    const later = [...this.steps];
    this.steps.clear();
    for (const node of [...running.map(({ node }) => node), ...later]) this.steps.add(node);
    for (const { node } of steps) this.visited.add(node);
    for (const { deviceId, node, drawnAs } of states) {
      const task = `${deviceId}/${node}`;
      if (this.#heard.has(task) || drawnAs === '') continue;
      this.states.set(task, drawnAs);
      this.visited.add(drawnAs);
    }
    for (const { node, name, value } of variables) {
      const key = node ? `${node}/${name}` : name;
      if (!this.variables.has(key))
        this.variables.set(key, { node, name, value: valueText(value) });
    }
    const known = this.raster.gaps.splice(0);
    this.raster.gaps.push(
      ...gaps,
      ...known.filter(({ from }) => !gaps.some((g) => g.from >= from)),
    );
    const lane = this.raster.lane('session', 'session', this.names.document.name);
    const name = (node: string) => this.raster.name(this.names.label(node));
    lane.bars.prepend(sessionBars(steps, name), (label) => label);
    this.#sessionTo = Math.max(0, ...steps.map(({ startedAt, endedAt }) => endedAt ?? startedAt));
    if (this.#over === 'yes') this.finish();
    this.version += 1;
    this.raster.version += 1;
  }

  /** Puts what was recorded before all of this in front of it. What it left is told by `tellPresent`. */
  prepend(events: readonly FeedEvent[]): void {
    const older = new RunFeed(this.names, this.originMs, this.now);
    for (const event of events) older.push(event);
    for (const [lanes, at] of this.#ended) {
      for (const { id, bars } of older.raster.lanes) {
        if (id.startsWith(lanes) && !this.raster.find(id)) bars.close(at);
      }
    }
    this.raster.prepend(older.raster);
    this.trials.prepend(older.trials, (task) => older.#stateSince.get(task));
    for (const [task, at] of older.#stateSince) {
      if (!this.#stateSince.has(task)) this.#stateSince.set(task, at);
    }
    for (const [device, at] of older.#silentSince) {
      if (!this.#silentSince.has(device)) this.#silentSince.set(device, at);
    }
    for (const [lanes, at] of older.#ended) this.#ended.set(lanes, at);
    for (const node of older.visited) this.visited.add(node);
    if (this.#over === 'yes') this.finish();
    this.version += 1;
  }

  /** The nodes that are at work, with the containers they stand in. */
  active(): Set<string> {
    const out = new Set<string>();
    for (const node of [...this.steps, ...this.states.values()]) {
      for (const id of this.names.path(node)) out.add(id);
    }
    return out;
  }

  /** The container to look into: that of what began last, the task itself when it runs one. */
  place(): string | undefined {
    const state = [...this.states.values()].at(-1);
    const node = state ?? [...this.steps].at(-1);
    if (node === undefined) return undefined;
    return this.names.path(node).at(-2);
  }
}
