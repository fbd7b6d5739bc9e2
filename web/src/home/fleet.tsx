import { Group, Stack, Text, Tooltip } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import type { FleetDeviceFragment } from '../api/gql/graphql';
import classes from './home.module.css';

const FleetDevice = graphql(`
  fragment FleetDevice on Device { id name online run { id protocolName } }
`);

const BoxLink = createLink(
  (props: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }) => (
    <a {...props} />
  ),
);

/** Every device as a small field that says what it does. */
export function Fleet({ devices }: { devices: readonly FragmentType<typeof FleetDevice>[] }) {
  const { t } = useTranslation();
  const all = readFragment(FleetDevice, devices);
  if (all.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('home.devices.none')}
      </Text>
    );
  }
  const busy = all.filter((device) => device.run).length;
  const offline = all.filter((device) => !device.online && !device.run).length;
  return (
    <Stack gap="sm">
      <Group gap="md">
        <Text size="sm">{t('home.devices.free', { count: all.length - busy - offline })}</Text>
        <Text size="sm">{t('home.devices.busy', { count: busy })}</Text>
        {offline > 0 ? (
          <Text size="sm">{t('home.devices.offline', { count: offline })}</Text>
        ) : null}
      </Group>
      <div className={classes.fleet}>
        {all.map((device) => (
          <Field key={device.id} device={device} />
        ))}
      </div>
    </Stack>
  );
}

function Field({ device }: { device: FleetDeviceFragment }) {
  const { t } = useTranslation();
  const { id, name, online, run } = device;
  let state: string = t('home.devices.isFree', { name });
  if (run) state = t('home.devices.isBusy', { name, protocol: run.protocolName });
  if (!online) state = t('home.devices.isOffline', { name });
  const look = online ? (run ? classes.busy : '') : classes.offline;
  return (
    <Tooltip label={state}>
      <BoxLink
        to="/devices/$deviceId"
        params={{ deviceId: id }}
        className={`${classes.box} ${look}`}
        aria-label={state}
      >
        {name}
      </BoxLink>
    </Tooltip>
  );
}
