import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { ToastRegion } from '../design/index.js';
import { Announcer } from '../shared/announce/Announcer.js';
import { TextProvider } from '../shared/i18n/TextProvider.js';
import { useText } from '../shared/i18n/text.js';
import { queryClient } from './queryClient.js';
import { router } from './router.js';

export function App() {
  return (
    <TextProvider>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Announcer />
        <Toasts />
      </QueryClientProvider>
    </TextProvider>
  );
}

function Toasts() {
  const text = useText();
  return <ToastRegion label={text('toast.region')} dismissLabel={text('toast.dismiss')} />;
}
