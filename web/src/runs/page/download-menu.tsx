import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StoredFiles } from './stored-files';

const files = [
  { name: 'csv', query: 'format=csv' },
  { name: 'trials', query: 'format=csv&table=trials' },
  { name: 'tsv', query: 'format=tsv' },
  { name: 'json', query: 'format=json' },
  { name: 'parquet', query: 'format=parquet' },
  { name: 'folder', query: 'format=folder' },
  { name: 'nwb', query: 'format=nwb' },
] as const;

/** The record of a run as a file: made now, or those that its protocol wants. */
export function DownloadMenu({ id }: { id: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Menu position="bottom-end" withinPortal opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('runs.download.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {files.map(({ name, query }) => (
          <Menu.Item
            key={name}
            component="a"
            href={`/api/v1/runs/${encodeURIComponent(id)}/export?${query}`}
            download
          >
            {t(`runs.download.${name}`)}
          </Menu.Item>
        ))}
        {opened ? <StoredFiles id={id} /> : null}
      </Menu.Dropdown>
    </Menu>
  );
}
