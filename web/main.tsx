import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { AntdFrame } from '#kernel/web/antd-frame.tsx';
import { loadFontWhenIdle } from '#kernel/web/font.ts';
import { startLook } from '#kernel/web/look.ts';
import { watchLine } from '#kernel/web/network.ts';
import { queryClient } from '#kernel/web/query-client.ts';
import { setContracts } from '#kernel/web/registry.ts';
import { contracts } from '#modules/registry.ts';
import { declareModules } from './modules.ts';
import { reloadOnNewVersion } from './new-version.ts';
import { router } from './router.tsx';
import '#kernel/web/styles/base.css';
import '#kernel/web/styles/parts.css';

reloadOnNewVersion();
setContracts(contracts);
declareModules();
watchLine();
await startLook();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <QueryClientProvider client={queryClient}>
    <AntdFrame>
      <RouterProvider router={router} />
    </AntdFrame>
  </QueryClientProvider>,
);
loadFontWhenIdle();
