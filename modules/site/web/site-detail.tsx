import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#kernel/contract.ts';
import { formatNumber } from '#kernel/text.ts';
import { query } from '#kernel/web/api.ts';
import { Fact } from '#kernel/web/book/book-page.tsx';
import { CallDialog } from '#kernel/web/call-dialog.tsx';
import { LevelTag } from '#kernel/web/level.tsx';
import { lineWord } from '#kernel/web/lines.ts';
import { Bones, Failed } from '#kernel/web/page-state.tsx';
import { toast } from '#kernel/web/parts/toast.tsx';
import { queryClient } from '#kernel/web/query-client.ts';
import { mayUse, useMe } from '#kernel/web/session.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say, t } from '#kernel/web/words/words.ts';
import { close, contact, get, save } from '../module.ts';
import { siteKinds } from '../schema.ts';
import { words } from './words.ts';

type Site = OutputOf<typeof get>;

export function SiteDetail({ id }: { id: string }) {
  const { data: site, error, refetch } = useApi(get, { id });
  if (site === undefined) return error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={4} />;
  return (
    <>
      <h2>{site.name}</h2>
      <dl className="details">
        <Fact label={say(words.kind)}>{say(siteKinds[site.kind])}</Fact>
        <Fact label={say(words.level)}>
          <LevelTag level={site.level} />
        </Fact>
        <Fact label={say(words.line)}>{lineWord(site.line)}</Fact>
        <Fact label={say(words.area)}>{site.orgName}</Fact>
        <Fact label={say(words.address)} wide>
          {site.address}
        </Fact>
        {site.creditCode && (
          <Fact label={say(words.code)} wide>
            <span className="code">{site.creditCode}</span>
          </Fact>
        )}
        {site.headcount !== null && <Fact label={say(words.headcount)}>{formatNumber(site.headcount)}</Fact>}
        <Contact site={site} />
      </dl>
      <p className="book-buttons">
        <Link to="/m/$kind" params={{ kind: 'inspection.hazard' }} search={{ party: site.id, open: 'all' }}>
          {say(words.records)}
        </Link>
        {site.lng !== null && site.lat !== null && (
          <Link to="/map" search={{ at: `${site.lng},${site.lat}` }}>
            {say(words.map)}
          </Link>
        )}
      </p>
      {site.mayEdit && <Edit site={site} />}
    </>
  );
}

/** Masked until it is asked for; asking writes a row in the ledger (个人信息保护法 §51). */
function Contact({ site }: { site: Site }) {
  const me = useMe();
  const [full, setFull] = useState<OutputOf<typeof contact>>();
  const show = async () => {
    try {
      setFull(await query(contact, { id: site.id }));
      toast.info(say(words.shown));
    } catch (error) {
      toast.failed(error);
    }
  };
  const nothing = t('record.empty_value');
  return (
    <>
      <Fact label={say(words.principal)}>{full?.principal ?? site.principal ?? nothing}</Fact>
      <Fact label={say(words.phone)}>
        {full?.phone ?? site.phoneMasked ?? nothing}
        {!full && site.phoneMasked && mayUse(me, contact.by) && (
          <Button type="link" size="small" onClick={() => void show()}>
            {say(words.show)}
          </Button>
        )}
      </Fact>
    </>
  );
}

const again = () =>
  Promise.all(['site.list', 'site.get', 'map.features'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })));

function Edit({ site }: { site: Site }) {
  const [open, setOpen] = useState<'save' | 'close'>();
  const { id, name, kind, creditCode, industry, line, org, address, level, headcount, principal, lng, lat } = site;
  const known = { id, name, kind, line, org, address, level };
  const optional = { creditCode, industry, headcount, principal, point: lng !== null && lat !== null ? { lng, lat } : null };
  const filled = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null));
  return (
    <p className="book-buttons">
      <Button onClick={() => setOpen('save')}>{say(words.edit)}</Button>
      {site.status === 'active' && (
        <Button danger onClick={() => setOpen('close')}>
          {say(close.label)}
        </Button>
      )}
      {open && (
        <CallDialog
          contract={open === 'save' ? save : close}
          title={open === 'save' ? say(words.edit) : say(close.label)}
          initial={open === 'save' ? { ...known, ...filled } : { id }}
          onClose={() => setOpen(undefined)}
          onDone={async () => {
            await again();
            return say(open === 'save' ? words.changed : words.closed);
          }}
        />
      )}
    </p>
  );
}
