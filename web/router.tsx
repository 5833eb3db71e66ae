import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { isCode } from '#kernel/web/api-fault.ts';
import { Bones, Failed, NotFound } from '#kernel/web/page-state.tsx';
import { queryClient, whenSignedOut } from '#kernel/web/query-client.ts';
import {
  checkSearch,
  dutiesSearch,
  editFormSearch,
  effectSearch,
  fillSearch,
  inboxSearch,
  kindOf,
  kindSlug,
  listSearch,
  mapSearch,
  pageSearch,
  recordSearch,
  riskSearch,
  rotaSearch,
  signInSearch,
  startSearch,
  statsSearch,
} from '#kernel/web/search-params.ts';
import { meQuery } from '#kernel/web/session.ts';

const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <Failed error={error} retry={reset} />,
});

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('#kernel/web/pages/sign-in-page.tsx'), 'SignInPage'),
});

/** Everything behind the sign-in. Whoever must first change a password sees nothing else. */
const signedIn = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    const to = location.href === '/' ? undefined : location.href;
    try {
      const me = await queryClient.ensureQueryData(meQuery);
      if (me.limited) throw redirect({ to: '/sign-in', search: { to } });
    } catch (error) {
      if (isCode(error, 'auth.required')) throw redirect({ to: '/sign-in', search: { to } });
      if (isCode(error, 'auth.expired')) throw redirect({ to: '/sign-in', search: { to, why: 'expired' } });
      throw error;
    }
  },
  component: lazyRouteComponent(() => import('#kernel/web/shell/shell.tsx'), 'Shell'),
});

const under = () => signedIn;
const inbox = createRoute({
  getParentRoute: under,
  path: '/',
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import('#kernel/web/inbox/inbox-page.tsx'), 'InboxPage'),
});
const list = createRoute({
  getParentRoute: under,
  path: '/m/$kind',
  params: { parse: ({ kind }) => ({ kind: kindOf(kind) }), stringify: ({ kind }) => ({ kind: kindSlug(kind) }) },
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('#kernel/web/matter/list-page.tsx'), 'ListPage'),
});
const record = createRoute({
  getParentRoute: under,
  path: '/m/$kind/$id',
  params: { parse: ({ kind, id }) => ({ kind: kindOf(kind), id }), stringify: ({ kind, id }) => ({ kind: kindSlug(kind), id }) },
  validateSearch: recordSearch,
  component: lazyRouteComponent(() => import('#kernel/web/matter/record-page.tsx'), 'RecordPage'),
});
const start = createRoute({
  getParentRoute: under,
  path: '/new/$kind/$start',
  params: {
    parse: ({ kind, start }) => ({ kind: kindOf(kind), start }),
    stringify: ({ kind, start }) => ({ kind: kindSlug(kind), start }),
  },
  validateSearch: startSearch,
  component: lazyRouteComponent(() => import('#kernel/web/matter/new-page.tsx'), 'NewPage'),
});
const map = createRoute({
  getParentRoute: under,
  path: '/map',
  validateSearch: mapSearch,
  component: lazyRouteComponent(() => import('#kernel/web/map/map-page.tsx'), 'MapPage'),
});
const stats = createRoute({
  getParentRoute: under,
  path: '/stats/$kind',
  params: { parse: ({ kind }) => ({ kind: kindOf(kind) }), stringify: ({ kind }) => ({ kind: kindSlug(kind) }) },
  validateSearch: statsSearch,
  component: lazyRouteComponent(() => import('#kernel/web/matter/stats-page.tsx'), 'StatsPage'),
});
const notices = createRoute({
  getParentRoute: under,
  path: '/notices',
  component: lazyRouteComponent(() => import('#kernel/web/pages/notices-page.tsx'), 'NoticesPage'),
});
const me = createRoute({
  getParentRoute: under,
  path: '/me',
  component: lazyRouteComponent(() => import('#kernel/web/pages/me-page.tsx'), 'MePage'),
});
const sites = createRoute({
  getParentRoute: under,
  path: '/sites',
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import('#modules/site/web/sites-page.tsx'), 'SitesPage'),
});

const page = { getParentRoute: under, validateSearch: pageSearch } as const;
const risks = createRoute({
  getParentRoute: under,
  path: '/risks',
  validateSearch: riskSearch,
  component: lazyRouteComponent(() => import('#modules/risk/web/risks-page.tsx'), 'RisksPage'),
});
const checks = createRoute({
  getParentRoute: under,
  path: '/checks',
  validateSearch: checkSearch,
  component: lazyRouteComponent(() => import('#modules/risk/web/checks-page.tsx'), 'ChecksPage'),
});
const effects = createRoute({
  getParentRoute: under,
  path: '/effects',
  validateSearch: effectSearch,
  component: lazyRouteComponent(() => import('#modules/risk/web/effects-page.tsx'), 'EffectsPage'),
});
const installations = createRoute({
  ...page,
  path: '/installations',
  component: lazyRouteComponent(() => import('#modules/risk/web/installations-page.tsx'), 'InstallationsPage'),
});
const duties = createRoute({
  getParentRoute: under,
  path: '/duties',
  validateSearch: dutiesSearch,
  component: lazyRouteComponent(() => import('#modules/duty/web/duties-page.tsx'), 'DutiesPage'),
});
const units = createRoute({
  ...page,
  path: '/units',
  component: lazyRouteComponent(() => import('#modules/org/web/units-page.tsx'), 'UnitsPage'),
});
const people = createRoute({
  ...page,
  path: '/people',
  component: lazyRouteComponent(() => import('#modules/org/web/people-page.tsx'), 'PeoplePage'),
});
const committees = createRoute({
  ...page,
  path: '/committees',
  component: lazyRouteComponent(() => import('#modules/org/web/committees-page.tsx'), 'CommitteesPage'),
});
const rota = createRoute({
  getParentRoute: under,
  path: '/rota',
  validateSearch: rotaSearch,
  component: lazyRouteComponent(() => import('#modules/org/web/rota-page.tsx'), 'RotaPage'),
});
const accounts = createRoute({
  ...page,
  path: '/accounts',
  component: lazyRouteComponent(() => import('#kernel/web/admin/accounts-page.tsx'), 'AccountsPage'),
});
const audit = createRoute({
  getParentRoute: under,
  path: '/audit',
  component: lazyRouteComponent(() => import('#kernel/web/admin/audit-page.tsx'), 'AuditPage'),
});
const forms = createRoute({
  ...page,
  path: '/forms',
  component: lazyRouteComponent(() => import('#kernel/web/admin/forms-page.tsx'), 'FormsPage'),
});
const fillForm = createRoute({
  getParentRoute: under,
  path: '/forms/$form/fill',
  validateSearch: fillSearch,
  component: lazyRouteComponent(() => import('#kernel/web/answering/fill-page.tsx'), 'FillPage'),
});
const editForm = createRoute({
  getParentRoute: under,
  path: '/forms/edit',
  validateSearch: editFormSearch,
  component: lazyRouteComponent(() => import('#kernel/web/admin/form-editor/edit-page.tsx'), 'EditFormPage'),
});

const matters = [inbox, list, record, start, map, stats] as const;
const own = [notices, me, accounts, audit, forms, fillForm, editForm] as const;
const registers = [risks, checks, effects, installations, sites, duties, units, people, committees, rota] as const;

export const router = createRouter({
  routeTree: rootRoute.addChildren([signIn, signedIn.addChildren([...matters, ...own, ...registers])]),
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultPreloadDelay: 60,
  defaultPendingComponent: () => <Bones />,
  defaultErrorComponent: ({ error, reset }) => <Failed error={error} retry={reset} />,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** A read that says the session is over leads to the sign-in, and back here afterwards; drafts stay on the device. */
whenSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') return;
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
  void router.navigate({ to: '/sign-in', search: { to: href === '/' ? undefined : href, why: 'expired' } });
});
