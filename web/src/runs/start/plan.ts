import type { RoleBindingInput, StartCheckCode, StartRunInput } from '../../api/gql/graphql';

/** What is to be run: a saved version, or a document that becomes one. */
export type Source = { protocolVersion: string } | { document: unknown };

/** A device for a role, with the channels that go by another name. */
export interface Binding {
  device: string;
  /** Channel of the rig by the name in the protocol. */
  channels: Record<string, string>;
}

/** One run of several that are started together. */
export interface PlannedRun {
  /** Makes a retry of its start safe. */
  key: string;
  subject: string | null;
  bindings: Record<string, Binding>;
  overrides: StartCheckCode[];
}

export const newRun = (): PlannedRun => ({
  key: crypto.randomUUID(),
  subject: null,
  bindings: {},
  overrides: [],
});

/** What all of them have in common. */
export interface Shared {
  source: Source;
  /** Only those that were changed; others take their defaults. */
  parameters: Record<string, unknown>;
  /** Made up for each when absent. */
  seed: number | null;
  experiment: string | null;
}

export function inputOf(
  run: PlannedRun,
  { source, parameters, seed, experiment }: Shared,
): StartRunInput {
  return {
    ...source,
    key: run.key,
    devices: Object.entries(run.bindings).map(([role, binding]) => bindingOf(role, binding)),
    ...(run.subject === null ? {} : { subject: run.subject }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(seed === null ? {} : { seed }),
    ...(experiment === null ? {} : { experiment }),
    ...(run.overrides.length === 0 ? {} : { overrides: run.overrides }),
  };
}

function bindingOf(role: string, { device, channels }: Binding): RoleBindingInput {
  const renamed = Object.entries(channels).filter(([protocol, rig]) => rig !== protocol);
  return {
    role,
    device,
    ...(renamed.length === 0
      ? {}
      : { channels: renamed.map(([protocol, rig]) => ({ protocol, rig })) }),
  };
}

/** Who else of the runs wants the device. */
export function takenBy(runs: readonly PlannedRun[], except: string): Set<string> {
  return new Set(
    runs
      .filter(({ key }) => key !== except)
      .flatMap(({ bindings }) => Object.values(bindings).map(({ device }) => device)),
  );
}
