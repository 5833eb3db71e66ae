import { Input, Segmented } from 'antd';
import { RemoteArea } from '#kernel/web/form/pickers.tsx';
import { say, t } from '#kernel/web/words/words.ts';
import { side as sideSchema, sides } from '../schema.ts';
import { useDutiesSearch } from './use-duties-search.ts';
import { words } from './words.ts';

/** The filters of the three lists; each list shows those its query knows. */
export function DutyFilters({ text = false, side = false }: { text?: boolean; side?: boolean }) {
  const { search, change } = useDutiesSearch();
  return (
    <>
      {text && (
        <Input.Search
          className="filter-text"
          allowClear
          defaultValue={search.text ?? ''}
          placeholder={say(words.find)}
          aria-label={say(words.find)}
          onSearch={(typed) => change({ text: typed.trim() || undefined })}
        />
      )}
      <div className="filter-area">
        <RemoteArea id="duties-area" label={say(words.area)} value={search.org} onChange={(org) => change({ org })} />
      </div>
      {side && (
        <Segmented
          aria-label={say(words.side)}
          value={search.side ?? ''}
          onChange={(next) => change({ side: sideSchema.options.find((one) => one === next) })}
          options={[{ value: '', label: t('say.all') }, ...sideSchema.options.map((one) => ({ value: one, label: say(sides[one]) }))]}
        />
      )}
    </>
  );
}
