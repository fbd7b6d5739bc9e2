import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';
import { i18n } from '../i18n/i18n';

/** The ink that everything is written in: buttons, links, what is chosen. */
const ink: MantineColorsTuple = [
  '#f1f4f9',
  '#dfe5ef',
  '#bdc9dd',
  '#98abca',
  '#798fb6',
  '#5f77a2',
  '#4a618c',
  '#374c73',
  '#22304a',
  '#151f33',
];

/** The session level, which Temporal runs. */
const session: MantineColorsTuple = [
  '#f5f1ff',
  '#e8e0fd',
  '#d0c0f9',
  '#b69df4',
  '#9f7fee',
  '#8a64e4',
  '#7850d3',
  '#653fb8',
  '#503194',
  '#3c2570',
];

/** A device, and the tasks that run on it. */
const device: MantineColorsTuple = [
  '#e9faf7',
  '#d0f2ec',
  '#a0e3d9',
  '#6dd1c4',
  '#41bcae',
  '#25a597',
  '#178a7e',
  '#0f7268',
  '#0c5a53',
  '#08433e',
];

const gray: MantineColorsTuple = [
  '#f9f9f7',
  '#f2f2ef',
  '#e6e6e1',
  '#d8d8d2',
  '#c4c4bd',
  '#a3a39c',
  '#7d7d77',
  '#5d5d58',
  '#3b3b38',
  '#22221f',
];

const dark: MantineColorsTuple = [
  '#dcdfe6',
  '#b9bfca',
  '#959dab',
  '#6b7484',
  '#434c5b',
  '#323a48',
  '#252c38',
  '#1a202a',
  '#141921',
  '#0e1218',
];

/** Names of the two colours that say who runs something, everywhere. */
export const sessionColor = 'session';
export const deviceColor = 'device';

const close = { 'aria-label': i18n.t('ui.close') };

export const theme: MantineThemeOverride = createTheme({
  colors: { ink, session, device, gray, dark },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 5 },
  white: '#ffffff',
  black: '#1a1d23',
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '18px' },
  cursorType: 'pointer',
  fontFamily:
    'ui-sans-serif, "Inter", "Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "JetBrains Mono", "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  components: {
    Drawer: { defaultProps: { closeButtonProps: close } },
    Notification: { defaultProps: { closeButtonProps: close } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: close,
      },
    },
    Table: { defaultProps: { verticalSpacing: 'sm', highlightOnHover: true } },
    Anchor: { defaultProps: { underline: 'hover', inherit: true } },
  },
});

/** What stylesheets need beside Mantine's own variables. */
export const variables: CSSVariablesResolver = (t) => ({
  variables: {},
  light: {
    ...strongWords(Object.keys(t.colors)),
    '--mantine-color-body': '#f7f7f4',
    '--lics-surface': '#ffffff',
    '--lics-line': t.colors.gray?.[2] ?? '',
    '--lics-session': session[6],
    '--lics-session-soft': session[0],
    '--lics-device': device[7],
    '--lics-device-soft': device[0],
    '--mantine-color-dimmed': '#62625c',
    '--mantine-color-placeholder': '#6b6b65',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
  },
  dark: {
    '--mantine-color-body': dark[8],
    '--lics-surface': dark[7],
    '--lics-line': dark[5],
    '--lics-session': session[3],
    '--lics-session-soft': '#2a2340',
    '--lics-device': device[4],
    '--lics-device-soft': '#14302f',
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': 'var(--mantine-color-red-5)',
  },
});

/** Words on a light shade of their own colour, in badges and alerts, dark enough to be read. */
function strongWords(colors: string[]): Record<string, string> {
  return Object.fromEntries(
    colors.map((c) => [
      `--mantine-color-${c}-light-color`,
      `color-mix(in srgb, var(--mantine-color-${c}-9) 60%, black)`,
    ]),
  );
}
