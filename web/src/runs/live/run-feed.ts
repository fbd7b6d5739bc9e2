import { RasterModel } from '../../plot/raster/model';
import { momentMs } from './moment';
import type { ProtocolNames } from './protocol-names';
import { TrialLog } from './trial-log';
import { levelOf, valueText } from './value-text';

/** An event of a run as the subscription brings it. */
export interface FeedEvent {
  cursor: string;
  source: 'RUN' | 'DEVICE';
  at: string;
  kind: string;
  name: string;
  node: string;
  value?: unknown;
  deviceId?: string | null;
}

export interface VariableValue {
  node: string;
  name: string;
  value: string;
}

/**
 * Everything a page shows of a run, added up event by event. It is no React
 * state: at a high rate the page looks at it a few times a second, and the
 * raster once in a frame. Times are milliseconds since the origin.
 */
export class RunFeed {
  readonly raster = new RasterModel();
  readonly trials = new TrialLog();
  /** The last value of each, by task and name. */
  readonly variables = new Map<string, VariableValue>();
  /** What parameters were changed to while the run was on. */
  readonly parameters = new Map<string, unknown>();
  /** Steps under way, the one that began last at the end. */
  readonly steps = new Set<string>();
  /** The drawn node of each task's state. */
  readonly states = new Map<string, string>();
  readonly visited = new Set<string>();
  /** How many notes and human steps were told of: the page asks for them again. */
  notes = 0;
  questions = 0;
  version = 0;
  /** Of the last event, to go on after it; null before the first. */
  cursor: string | null = null;
  /** How late an event came at the least, by the clock of this machine. */
  #delayMs = Number.POSITIVE_INFINITY;
  readonly #stateSince = new Map<string, number>();
  #silentSince = new Map<string, number>();

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
    this.cursor = event.cursor;
    this.raster.touch(at);
    this.raster.tell({ at, kind: event.kind, name: event.name, value: valueText(event.value) });
    if (event.source === 'RUN') this.#ofRun(event, at);
    else this.#ofDevice(event, event.deviceId ?? '', at);
  }

  #ofRun({ kind, name, node, value }: FeedEvent, at: number): void {
    const { raster } = this;
    switch (kind) {
      case 'step_started':
        this.steps.delete(node);
        this.steps.add(node);
        this.visited.add(node);
        this.#session(at);
        break;
      case 'step_done':
      case 'step_failed':
      case 'step_cancelled':
        this.steps.delete(node);
        this.visited.add(node);
        this.#session(at);
        break;
      case 'variable':
        this.variables.set(name, { node: '', name, value: valueText(value) });
        break;
      case 'set_parameter':
        if (typeof value === 'object' && value !== null && 'new' in value) {
          this.parameters.set(name, value.new);
        }
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

  #session(at: number): void {
    const { raster } = this;
    const last = [...this.steps].at(-1);
    const { bars } = raster.lane('session', 'session', this.names.document.name);
    if (last === undefined) bars.close(at);
    else bars.open(at, raster.name(this.names.label(last)));
  }

  #ofDevice({ kind, name, node, value }: FeedEvent, device: string, at: number): void {
    const { raster, names } = this;
    const task = `${device}/${node}`;
    this.#silentSince.set(device, at);
    switch (kind) {
      case 'state': {
        const { bars } = raster.lane(`state/${task}`, 'state', names.label(node));
        bars.open(at, raster.name(name));
        const drawn = names.nodeOfState(node, name);
        if (drawn === undefined) this.states.delete(task);
        else {
          this.states.set(task, drawn);
          this.visited.add(drawn);
        }
        this.#stateSince.set(task, at);
        break;
      }
      case 'trial': {
        const number = Number(value);
        raster.lane(`trial/${task}`, 'trial', names.label(node)).bars.open(at, raster.name(''));
        this.trials.begin(task, number, at);
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
        raster.find(`state/${task}`)?.bars.close(at);
        raster.find(`trial/${task}`)?.bars.close(at);
        this.states.delete(task);
        for (const { id, bars } of raster.lanes) {
          if (id.startsWith(`in/${device}/`)) bars.close(at);
        }
        break;
    }
  }

  #gap(kind: 'lost' | 'paused', about: string, at: number): void {
    if (
      this.raster.gaps.some((g) => g.kind === kind && g.about === about && !Number.isFinite(g.to))
    ) {
      return;
    }
    this.raster.gaps.push({ kind, about, from: at, to: Number.POSITIVE_INFINITY });
  }

  #endGap(kind: 'lost' | 'paused', about: string, at: number): void {
    for (const gap of this.raster.gaps) {
      if (gap.kind === kind && gap.about === about && !Number.isFinite(gap.to)) gap.to = at;
    }
  }

  /** The run is over: nothing is open any more. */
  finish(): void {
    for (const { bars } of this.raster.lanes) bars.close(this.raster.to);
    for (const gap of this.raster.gaps) gap.to = Math.min(gap.to, this.raster.to);
    this.steps.clear();
    this.states.clear();
    this.version += 1;
    this.raster.version += 1;
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
