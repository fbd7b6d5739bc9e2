import { devices } from './en/devices';
import { dryrun } from './en/dryrun';
import { editor } from './en/editor';
import { experiments } from './en/experiments';
import { home } from './en/home';
import { inbox } from './en/inbox';
import { plot } from './en/plot';
import { protocols } from './en/protocols';
import { runs } from './en/runs';
import { shell } from './en/shell';
import { subjects } from './en/subjects';
import { templates } from './en/templates';
import { ui } from './en/ui';

/** The catalogue: one section per feature. */
export const en = {
  devices,
  dryrun,
  editor,
  experiments,
  home,
  inbox,
  plot,
  protocols,
  runs,
  shell,
  subjects,
  templates,
  ui,
} as const;
