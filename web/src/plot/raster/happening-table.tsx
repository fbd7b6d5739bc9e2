import { Box, Button, Loader, Table, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../ui/use-now';
import classes from './happening-table.module.css';
import type { RasterModel } from './model';
import { clockText } from './window';

const rowHeight = 29;
const boxHeight = 420;
const overscan = 10;

/**
 * The picture for those who read: everything that is loaded, latest first; older
 * ones are loaded as one scrolls there. What comes moves nothing away from under
 * the eyes of a person who has scrolled.
 */
export function HappeningTable({ model }: { model: RasterModel }) {
  const { t } = useTranslation();
  useNow();
  const box = useRef<HTMLElement>(null);
  const [heldAt, setHeldAt] = useState<number | null>(null);
  const { happenings } = model;
  const end = heldAt ?? happenings.end;
  const count = Math.max(0, end - happenings.first);
  const [top, setTop] = useState(0);
  // All rows are equally high: which ones are in sight is known without a look at the others.
  const firstShown = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const afterShown = Math.min(count, Math.ceil((top + boxHeight) / rowHeight) + overscan);
  const shown = Array.from(
    { length: Math.max(0, afterShown - firstShown) },
    (_, i) => firstShown + i,
  );
  const before = firstShown * rowHeight;
  const after = (count - afterShown) * rowHeight;
  const atEnd = afterShown >= count;
  useEffect(() => {
    if (atEnd) model.loadOlder();
  });
  if (count === 0) {
    return (
      <Text size="sm" c="dimmed" p="sm">
        {model.older ? t('ui.loading') : t('plot.nothing')}
      </Text>
    );
  }
  const news = happenings.end - end;
  return (
    <div className={classes.frame}>
      <section
        ref={box}
        className={classes.box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: so that it can be scrolled by key
        tabIndex={0}
        aria-label={t('plot.events')}
        onScroll={(event) => {
          setTop(event.currentTarget.scrollTop);
          const scrolled = event.currentTarget.scrollTop > 0;
          if (scrolled !== (heldAt !== null)) setHeldAt(scrolled ? happenings.end : null);
        }}
      >
        <Table
          stickyHeader
          aria-label={t('plot.events')}
          aria-rowcount={model.older ? -1 : count + 1}
          className={classes.table}
        >
          <Table.Thead>
            <Table.Tr aria-rowindex={1}>
              <Table.Th w="8em">{t('plot.time')}</Table.Th>
              <Table.Th w="8em">{t('plot.from')}</Table.Th>
              <Table.Th w="9em">{t('plot.kind')}</Table.Th>
              <Table.Th>{t('plot.name')}</Table.Th>
              <Table.Th>{t('plot.value')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {before > 0 ? <Space height={before} /> : null}
            {shown.map((index) => {
              const place = end - 1 - index;
              const happening = happenings.at(place);
              if (!happening) return null;
              const { at, kind, name, value, from } = happening;
              return (
                <Table.Tr key={place} h={rowHeight} data-place={place} aria-rowindex={index + 2}>
                  <Table.Td>{clockText(at, 1)}</Table.Td>
                  <Table.Td>{from ?? ''}</Table.Td>
                  <Table.Td>{kind}</Table.Td>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>{value}</Table.Td>
                </Table.Tr>
              );
            })}
            {after > 0 ? <Space height={after} /> : null}
          </Table.Tbody>
        </Table>
        {model.older ? (
          <Box ta="center" p={4}>
            {model.older === 'too much' ? (
              <Text size="xs" c="dimmed">
                {t('plot.tooMuch')}
              </Text>
            ) : (
              <Loader size="xs" type="dots" aria-label={t('ui.loading')} />
            )}
          </Box>
        ) : null}
      </section>
      {news > 0 ? (
        <Button
          className={classes.news}
          size="compact-sm"
          onClick={() => box.current?.scrollTo({ top: 0 })}
        >
          {t('plot.news', { count: news })}
        </Button>
      ) : null}
    </div>
  );
}

function Space({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={5} className={classes.space} />
    </tr>
  );
}
