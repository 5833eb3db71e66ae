import { useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { type AccountLine, session } from '../../session-contract.ts';
import { BookPage } from '../book/book-page.tsx';
import { CallButton } from '../call-button.tsx';
import { clockText, useNow } from '../clock.tsx';
import { rememberNames } from '../form/picked-names.ts';
import type { PageSearch } from '../search-params.ts';
import { useSessionOptions } from '../session.ts';
import { usePage } from '../shell/page-title.ts';
import { useApi } from '../use-api.ts';
import { say, t } from '../words/words.ts';
import { AccountDetail } from './account-detail.tsx';
import { OneTimeButton } from './one-time.tsx';

const size = 50;
const states = ['active', 'locked', 'disabled'] as const;

/** The security administrator's page: who may sign in, and how. */
export function AccountsPage() {
  usePage({ title: say(session.accounts.label) });
  const search = useSearch({ from: '/signed-in/accounts' });
  const navigate = useNavigate();
  const page = search.page ?? 1;
  const state = states.find((one) => one === search.tab);
  const found = useApi(session.accounts, { text: search.text, state, limit: size, offset: (page - 1) * size }, { keep: true });
  const change = (part: Partial<PageSearch>) =>
    void navigate({ to: '/accounts', search: { ...search, page: undefined, ...part }, replace: true });
  const open = found.data?.items.find((row) => row.person === search.id);
  rememberNames(Object.fromEntries((found.data?.items ?? []).map((row) => [row.person, row.name])));
  return (
    <BookPage<AccountLine>
      title={say(session.accounts.label)}
      tools={
        <>
          <Policy />
          <OneTimeButton contract={session.accountOpen} initial={{}} refresh={['session.accounts']} />
        </>
      }
      filters={
        <>
          <Input.Search
            className="filter-text"
            allowClear
            defaultValue={search.text ?? ''}
            placeholder={t('account.find')}
            aria-label={t('account.find')}
            onSearch={(text) => change({ text: text.trim() || undefined })}
          />
          <Segmented
            aria-label={t('matter.state')}
            value={state ?? ''}
            onChange={(next) => change({ tab: next || undefined })}
            options={[{ value: '', label: t('say.all') }, ...states.map((one) => ({ value: one, label: t(`account.${one}`) }))]}
          />
        </>
      }
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      busy={found.isPlaceholderData}
      rowKey={(row) => row.person}
      columns={[
        {
          key: 'name',
          title: t('account.name'),
          width: 120,
          render: (_, row) => <Open row={row} onOpen={() => change({ id: row.person, page: search.page })} />,
        },
        { key: 'title', title: t('account.title'), dataIndex: 'title' },
        { key: 'login', title: t('signin.login'), width: 170, render: (_, row) => <span className="code">{row.login}</span> },
        { key: 'state', title: t('matter.state'), width: 100, render: (_, row) => t(`account.${row.state}`) },
        { key: 'totp', title: t('signin.code'), width: 100, render: (_, row) => t(row.totp ? 'say.yes' : 'say.no') },
        { key: 'last', title: t('account.last'), width: 150, render: (_, row) => <Last at={row.lastAt} /> },
      ]}
      card={(row) => <Open row={row} onOpen={() => change({ id: row.person, page: search.page })} />}
      empty={t('account.none')}
      paging={{ page, size, total: found.data?.total ?? 0, onPage: (next) => change({ page: next === 1 ? undefined : next }) }}
      detail={open ? <AccountDetail account={open} /> : undefined}
      onCloseDetail={() => change({ id: undefined, page: search.page })}
    />
  );
}

function Open({ row, onOpen }: { row: AccountLine; onOpen: () => void }) {
  return (
    <button type="button" className="link-button" onClick={onOpen}>
      {row.name}
    </button>
  );
}

function Last({ at }: { at: string | null }) {
  const now = useNow();
  return at === null ? '—' : clockText(at, now);
}

function Policy() {
  const policy = useSessionOptions().data?.policy;
  return (
    <CallButton contract={session.policyChange} initial={{ ...policy }} refresh={['session.options']} done={t('account.policy_done')} />
  );
}
