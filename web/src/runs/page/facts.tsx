import { Anchor, Badge } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunPageQuery } from '../../api/gql/graphql';
import { CopyButton } from '../../ui/copy-button';
import { Duration } from '../../ui/duration';
import { AnchorLink } from '../../ui/router-link';
import { Time } from '../../ui/time';
import classes from './run-page.module.css';

type Run = NonNullable<RunPageQuery['run']>;

/** Who, where, what and since when. */
export function Facts({ run }: { run: Run }) {
  const { t } = useTranslation();
  const version = run.protocolVersion;
  return (
    <dl className={classes.facts}>
      {run.subject ? (
        <Fact name={t('runs.subject')}>
          <AnchorLink to="/subjects/$subjectId" params={{ subjectId: run.subject.id }}>
            {run.subject.name}
          </AnchorLink>
        </Fact>
      ) : null}
      <Fact name={t('runs.protocol')}>
        <AnchorLink to="/editor/$protocolId" params={{ protocolId: version.protocol.id }}>
          {t('runs.version', { number: version.number })}
        </AnchorLink>
        {version.number < version.protocol.latestNumber ? ` ${t('runs.notLatest')}` : ''}
      </Fact>
      {run.devices.map(({ role, deviceId, device }) => (
        <Fact key={role} name={role}>
          <AnchorLink to="/devices/$deviceId" params={{ deviceId }}>
            {device?.name || deviceId}
          </AnchorLink>
          {device && !device.online ? (
            <Badge color="red" variant="light" size="sm" ml={6}>
              {t('runs.offline')}
            </Badge>
          ) : null}
        </Fact>
      ))}
      {run.experiment ? (
        <Fact name={t('runs.experiment')}>
          <AnchorLink to="/experiments/$experimentId" params={{ experimentId: run.experiment.id }}>
            {run.experiment.name}
          </AnchorLink>
        </Fact>
      ) : null}
      <Fact name={t('runs.started')}>
        <Time at={run.startedAt ?? run.createdAt} />
      </Fact>
      <Fact name={t('runs.duration')}>
        <Duration from={run.startedAt ?? run.createdAt} to={run.endedAt} />
      </Fact>
      <Fact name={t('runs.startedBy')}>{run.startedBy}</Fact>
      <Fact name={t('runs.seed')}>
        {run.seed}
        <CopyButton text={String(run.seed)} label={t('runs.copySeed')} />
      </Fact>
      {run.outcome ? <Fact name={t('runs.outcome')}>{run.outcome}</Fact> : null}
      {run.temporalUrl ? (
        <Fact name={t('runs.workflow')}>
          <Anchor href={run.temporalUrl} target="_blank" rel="noreferrer">
            {t('runs.temporal')} <IconExternalLink size={13} aria-hidden />
          </Anchor>
        </Fact>
      ) : null}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
